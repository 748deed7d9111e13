/** What is kept where: the paths that mean more than a file, as they are told apart for reading, writing and deleting. */

/** Keys, credentials and what else opens doors. Paths are normalised: a home folder is `~`. */
const SECRETS: readonly RegExp[] = [
  /^\/etc\/(?:g?shadow|master\.passwd|security\/opasswd|sudoers(?:\.d)?|krb5\.keytab|ssl\/private|ssh\/ssh_host_\w+_key|kubernetes|rancher|openvpn|wireguard|ipsec\.secrets|ppp\/(?:chap|pap)-secrets|NetworkManager\/system-connections)(?![\w.]*\.pub)(?:[-~]|\.bak)?(?:\/|$)/,
  /^\/(?:var\/)?run\/secrets(?:\/|$)/,
  /^\/proc\/(?:[^/]+\/(?:environ|mem|maps|auxv)|kcore|keys)$/,
  /^\/dev\/(?:mem|kmem|port)$/,
  /^\/var\/lib\/(?:kubelet\/pki|etcd|rancher|docker\/swarm)(?:\/|$)/,
  /^\/var\/(?:db\/shadow|db\/dslocal)/,
  /(?:^|\/)\.(?:aws(?:\/(?:credentials|sso|cli))?|azure|config\/gcloud|kube(?:\/(?:config|cache))?|docker\/config\.json|gnupg|password-store|netrc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|npmrc|pypirc|vault-token|terraform\.d\/credentials\.tfrc\.json|s3cfg|boto|config\/(?:gh\/hosts\.yml|hub|rclone\/rclone\.conf|op|doctl|helm\/registry|sops)|cargo\/credentials(?:\.toml)?|gem\/credentials|m2\/settings(?:-security)?\.xml|gradle\/gradle\.properties|databrickscfg|snowsql\/config|oci|bluemix|ibmcloud|fly\/config\.yml|circleci\/cli\.yml|htpasswd|pki\/nssdb|tsh|step|cloudflared|ngrok2|mc\/config\.json)(?:\/|$)/,
  /(?:^|\/)\.ssh(?:$|\/(?!(?:known_hosts(?:\.old)?|config|authorized_keys2?|[^/]*\.pub)$))/,
  /(?:^|\/)\.(?:bash|zsh|python|mysql|psql|sqlite|node_repl|rediscli|irb|php)_?(?:history|historyfile|sessions)$|(?:^|\/)\.histfile$|\/fish_history$/,
  /(?:^|\/)\.env(?:rc)?(?:\.(?!(?:example|sample|template|dist|defaults|schema|tpl)$)[\w.-]+)?$/,
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?|[^/]*\.(?:p12|pfx|jks|keystore|ppk|kdbx?|ovpn|keytab|asc\.key|pkcs12|key))$/i,
  /(?:^|\/)(?:credentials(?:\.(?:json|ya?ml|ini|toml|xml|csv|db))?|secrets?\.(?:json|ya?ml|ini|toml|env|txt|xml)|service[-_]?account[^/]*\.json|application_default_credentials\.json|client_secrets?[^/]*\.json|accessTokens\.json|msal_token_cache\.\w+|terraform\.tfstate(?:\.backup)?|wallet\.dat|kubeconfig(?:\.ya?ml)?|admin\.conf|master\.key|passwords?\.(?:txt|csv|json|ya?ml|xlsx?)|\.?htpasswd|ntds\.dit|shadow\.bak|vault\.ya?ml|token\.(?:json|txt))$/i,
  /(?:^|\/)(?:Login Data|Cookies|Web Data|Local State|key[34]\.db|logins\.json|cookies\.sqlite|signons\.sqlite|places\.sqlite)$/,
  /(?:^|\/)\.(?:mozilla|config\/(?:google-chrome|chromium|BraveSoftware|microsoft-edge)|electrum|bitcoin|ethereum|solana|monero|config\/Exodus|thunderbird)(?:\/|$)/,
  /\/Library\/(?:Keychains|Application Support\/(?:Google\/Chrome|Firefox|BraveSoftware)|Cookies)(?:\/|$)/,
  /(?:^|\/)\.?keychain(?:-db)?$|\.keychain(?:-db)?$|\/keyrings(?:\/|$)/,
];

/** Names of files with keys in the PEM format, which certificates have too. */
const KEY_NAME = /priv|server|client|tls|ssl|host|signing|ca/i;

/** What is run, loaded or trusted later without anybody asking for it. */
const PERSISTENCE: readonly RegExp[] = [
  /^~\/\.(?:bash(?:rc|_profile|_login|_logout|_aliases)|profile|zsh(?:rc|env)|zprofile|zlogin|zlogout|kshrc|cshrc|tcshrc|login|logout|inputrc|xinitrc|xprofile|xsession|xsessionrc|Xresources|vimrc|emacs|tmux\.conf|screenrc|pythonrc|gdbinit|lldbinit|irbrc|pryrc|Rprofile|psqlrc|sqliterc|curlrc|wgetrc|gitconfig|pam_environment|environment|direnvrc|mailrc|forward|procmailrc|rhosts|shosts|exrc|octaverc|perltidyrc|rpmmacros|condarc|sdkmanrc|envrc|oh-my-zsh|vim|emacs\.d|bashrc\.d|zshrc\.d|config\/(?:autostart|systemd|fish|nvim|git|environment\.d|upstart|openbox|i3|sway|hypr|direnv|pip|code|Code)|local\/share\/(?:systemd|applications|autostart)|kde\/Autostart|ssh|vscode|ipython)(?:\/|$)/,
  /(?:^|\/)\.ssh\/(?:authorized_keys2?|rc|config|environment)$|(?:^|\/)authorized_keys2?$/,
  /^\/etc\/(?:cron[^/]*|anacrontab|at\.(?:allow|deny)|rc\.local|rc\.d|rc\d\.d|rcS\.d|init\.d|init|inittab|systemd|profile(?:\.d)?|bash(?:rc|\.bashrc)|bash\.bash(?:rc|_logout)|zsh(?:rc|env)?|zprofile|environment(?:\.d)?|csh\.\w+|ld\.so\.(?:preload|conf(?:\.d)?)|xdg\/autostart|update-motd\.d|udev|modules(?:-load\.d)?|modprobe\.d|apt\/apt\.conf\.d|dpkg\/dpkg\.cfg\.d|yum(?:\.repos\.d|\/pluginconf\.d)?|NetworkManager\/dispatcher\.d|dhcp|network\/if-[\w-]+\.d|ppp\/ip-up\.d|pm\/sleep\.d|emond\.d|periodic|launchd\.conf|logrotate\.d|binfmt\.d|tmpfiles\.d|skel|X11|inetd\.conf|xinetd(?:\.d|\.conf)?|vim|git(?:config|\/hooks)?|gitconfig|rc\.common|StartupItems)(?:\/|$)/,
  /^\/(?:var\/spool\/(?:cron|at)|usr\/lib\/systemd|lib\/systemd|run\/systemd|usr\/lib\/udev|lib\/udev|usr\/lib\/tmpfiles\.d|usr\/share\/applications|usr\/local\/lib\/systemd|usr\/lib\/(?:update-motd|cron)|lib\/modules|usr\/lib\/modules)(?:\/|$)/,
  /(?:^|\/)Library\/(?:LaunchAgents|LaunchDaemons|StartupItems|Scripting Additions|Preferences\/com\.apple\.login)/,
  /^\/System\/Library\//,
  /(?:^|\/)\.git\/(?:hooks(?:\/|$)|config$)|(?:^|\/)\.husky\/|(?:^|\/)\.(?:envrc|autoenv\.zsh)$/,
  /(?:^|\/)(?:sitecustomize|usercustomize)\.py$|\/site-packages\/[^/]+\.pth$/,
];

/** Who may do what. */
const PRIVILEGES: readonly RegExp[] = [
  /^\/etc\/(?:sudoers(?:\.d)?|passwd|g?shadow|group|sub[ug]id|pam\.(?:d|conf)|security|polkit-1|doas\.conf|ssh\/sshd_config(?:\.d)?|login\.defs|securetty|shells|hosts\.(?:allow|deny|equiv)|krb5\.conf|nsswitch\.conf|ssl|pki|ca-certificates[^/]*|selinux|apparmor(?:\.d)?|capability\.conf|master\.passwd)[-~]?(?:\/|$)/,
  /^\/usr\/(?:local\/)?share\/(?:ca-certificates|polkit-1|dbus-1)(?:\/|$)/,
  /^\/sys\/fs\/selinux(?:\/|$)|^\/selinux(?:\/|$)/,
  /^~\/\.(?:aws\/(?:credentials|config)|kube\/config|docker\/config\.json|netrc|git-credentials|pgpass|k5login|gnupg)(?:\/|$)/,
];

/** Records of what happened. */
const LOGS: readonly RegExp[] = [
  /^\/var\/(?:log|audit|adm|account|run\/utmp|run\/faillock)(?:\/|$)|^\/run\/(?:utmp|log|faillock)(?:\/|$)|^\/etc\/(?:audit|rsyslog|syslog|logrotate)[^/]*(?:\/|$)/,
  /(?:^|\/)(?:[wbu]tmpx?|lastlog|faillog|auth\.log|secure\.log|audit\.log)$/,
  /(?:^|\/)\.(?:bash|zsh|sh|ksh|fish|python|mysql|psql|sqlite|rediscli|node_repl)_?hist(?:ory|file)$|(?:^|\/)\.(?:histfile|history|lesshst|viminfo)$|\/fish_history$|(?:^|\/)\.(?:bash|zsh)_sessions(?:\/|$)/,
];

/** Disks and memory as a whole. */
const RAW_DEVICE =
  /^\/dev\/(?:[shv]d[a-z*?]|xvd[a-z*?]|nvme\d|mmcblk\d|disk\d|rdisk\d|disk\/by-|mapper\/|dm-\d|md\d|loop\d|vg|lv|mem$|kmem$|port$|mtd|nbd\d|sr\d|zvol\/|root$|block\/)/;

/** Devices that only swallow or give bytes. */
const HARMLESS_DEVICE =
  /^\/dev\/(?:null|zero|full|u?random|tty\d*|console|pts\/\d+|std(?:in|out|err)|fd(?:\/\d+)?|shm\/.+|ptmx)$|^\/proc\/self\/fd(?:\/\d+)?$/;

/** Settings of the running kernel. */
const KERNEL = /^\/(?:proc\/(?:sys|sysrq-trigger|\d+\/|self\/|acpi|irq)|sys)(?:\/|$)/;

/** Made by tools, made again by them. */
const REBUILT =
  /(?:^|\/)\.cache\/|(?:^|\/)(?:node_modules|bower_components|dist|build|target|out|\.?coverage|__pycache__|\.(?:next|nuxt|cache|pytest_cache|mypy_cache|ruff_cache|tox|nox|venv|parcel-cache|turbo|nyc_output|gradle|terraform|sass-cache|eggs|svelte-kit|angular|vite|rollup\.cache|eslintcache|hypothesis)|venv|\.?tmp|temp|logs?|_build|cmake-build-[\w-]+|DerivedData|Pods|vendor|htmlcov|[^/]+\.egg-info|storybook-static|CMakeFiles|obj)(?:\/(?:\*+|[^/]+\/\*+))?$/;

export function isSecret(path: string): boolean {
  // In two steps, because one expression would try every place of every word.
  if (/\.(?:pem|key)$/i.test(path) && KEY_NAME.test(path.slice(path.lastIndexOf('/') + 1))) return true;
  return SECRETS.some((one) => one.test(path));
}

export function isPersistence(path: string): boolean {
  return PERSISTENCE.some((one) => one.test(path));
}

export function isPrivilege(path: string): boolean {
  return PRIVILEGES.some((one) => one.test(path));
}

export function isLog(path: string): boolean {
  return LOGS.some((one) => one.test(path));
}

export function isRawDevice(path: string): boolean {
  return RAW_DEVICE.test(path);
}

export function isHarmlessDevice(path: string): boolean {
  return HARMLESS_DEVICE.test(path);
}

export function isKernelSetting(path: string): boolean {
  return KERNEL.test(path);
}

export function isRebuilt(path: string): boolean {
  return REBUILT.test(path.replace(/\/+$/, ''));
}

/** `/dev/tcp/host/port` of bash: a connection. */
export function socketOf(path: string): string | undefined {
  const found = /^\/dev\/(?:tcp|udp)\/([^/]+)\/([^/]+)$/.exec(path);
  return found === null ? undefined : `${found[1]}:${found[2]}`;
}
