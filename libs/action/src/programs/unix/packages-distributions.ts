/** Package managers of the distributions beside Debian, and of macOS. */
import type { Program } from '../program.ts';
import { each, subs } from './define.ts';
import { CLEAN, FETCH, INSTALL, REFRESH, REMOVE, SHOW, SOURCES, UPGRADE } from './system-package-commands.ts';

const PACKAGE_LOOKS =
  'info|search|list|show|which|query|audit|stats|help|outdated|status|version|check|describe|size|home|lists|identity|facts|orgs|repos';

export const PACKAGES_DISTRIBUTIONS: readonly Program[] = [
  ...each('yum dnf dnf5 microdnf tdnf zypper urpmi dnf-3', {
    otherOptions: 'harmless',
    options: '-y|--assumeyes -q -c= --setopt= --repo= --repoid= --enablerepo= --disablerepo= --installroot= -x|--exclude= -t',
    bare: SHOW,
    sub: {
      ...subs(
        'list info search provides whatprovides repolist repoquery history deplist check-update check updateinfo groupinfo grouplist group-list lr repos se if locks ll patches pch packages pa patterns pt products pd what-provides wp list-updates lu list-patches lp services ls help version alias leaves needs-restarting check-upgrade environment advisory changelog targetos licenses ps',
        SHOW,
      ),
      ...subs('makecache refresh ref', REFRESH),
      ...subs(
        'install in reinstall localinstall groupinstall group builddep si source-install swap debuginfo-install copr install-new-recommends',
        INSTALL,
      ),
      ...subs(
        'update upgrade up dup dist-upgrade distro-sync patch upgrade-minimal update-minimal downgrade system-upgrade',
        UPGRADE,
      ),
      ...subs('remove erase rm autoremove groupremove', REMOVE),
      ...subs('clean cc cleanlocks purge-kernels', CLEAN),
      ...subs('download reposync', FETCH),
      ...subs(
        'config-manager addrepo ar removerepo rr modifyrepo mr renamerepo nr addlock al removelock rl versionlock module mark addservice as modifyservice ms removeservice rs',
        SOURCES,
      ),
    },
  }),
  {
    names: ['rpm'],
    otherOptions: 'harmless',
    options:
      '-q|--query -V|--verify -K|--checksig --showrc --eval= --querytags -i|--install -U|--upgrade -F|--freshen -e|--erase --import --initdb --rebuilddb --setperms --setugids --reinstall --pipe= -a|--all -f|--file -l|--list -p|--package -h|--hash -v -E= --version -R -d -c -s --last --qf|--queryformat= --nodeps --force --test --scripts --changelog --requires --provides',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '-q|-V|-K|--showrc|--querytags' },
      {
        kind: 'code_execution',
        type: 'package',
        on: '*',
        when: '-i|-U|-F|--reinstall !-q !--test',
        why: 'a package brings code and runs its install scripts',
      },
      { kind: 'delete', type: 'package', on: '*', scope: 'unknown', when: '-e !--test', why: 'removes packages' },
      {
        kind: 'config_change',
        type: 'package source',
        on: '*',
        evenWithout: true,
        when: '--import|--initdb|--rebuilddb|--setperms|--setugids',
      },
      { kind: 'opaque', on: '--eval -E', why: 'macros of rpm may run commands' },
    ],
    runs: [{ as: 'shell', from: '--pipe' }],
  },
  ...each('pacman yay paru pamac-cli aurman trizen pikaur', {
    otherOptions: 'harmless',
    options:
      '-S|--sync -Q|--query -R|--remove -U|--upgrade -F|--files -D|--database -T|--deptest -V|--version -h|--help -s|--search -i|--info -l|--list -g|--groups -o|--owns= -k|--check -y|--refresh -u|--sysupgrade -c|--clean -n|--nosave -d|--nodeps -w|--downloadonly -p|--print -q|--quiet -e|--explicit -m|--foreign -t|--unneeded -a|--asdeps -x|--regex --noconfirm --needed --overwrite= --asdeps --asexplicit --hookdir= --config= --root= --ignore= -G -P -L',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '-Q|-F|-T|-V|-h|-P' },
      { kind: 'read', type: 'system', name: 'packages', when: '-S -s|-i|-l|-g|-p' },
      { kind: 'write', type: 'system', name: 'package cache', when: '-S -c' },
      {
        kind: 'config_change',
        type: 'system',
        name: 'package cache',
        when: '-S -c !-y',
        why: 'removes downloads and old versions',
      },
      {
        kind: 'code_execution',
        type: 'package',
        on: '*',
        evenWithout: true,
        when: '-S !-s !-i !-l !-g !-p !-c',
        why: 'a package brings code and runs its install scripts',
      },
      { kind: 'code_execution', type: 'package', on: '*', when: '-U', why: 'a package brings code and runs its install scripts' },
      { kind: 'delete', type: 'package', on: '*', scope: 'unknown', when: '-R', why: 'removes packages' },
      { kind: 'config_change', type: 'system', name: 'packages', when: '-D|-L' },
      { kind: 'opaque', when: '!-S !-Q !-R !-U !-F !-D !-T !-V !-h !-P !-L', why: 'no operation is named' },
    ],
  }),
  {
    names: ['apk'],
    otherOptions: 'harmless',
    sub: {
      ...subs('info search list policy stats audit verify dot version manifest', SHOW),
      update: REFRESH,
      ...subs('add', INSTALL),
      ...subs('upgrade fix', UPGRADE),
      del: REMOVE,
      cache: CLEAN,
      fetch: FETCH,
    },
  },
  {
    names: ['brew', 'port', 'fink'],
    otherOptions: 'harmless',
    bare: SHOW,
    sub: {
      ...subs(
        'list ls info search desc deps uses outdated doctor config home leaves formulae casks cat log commands help options --version --prefix --cellar --cache --repository missing analytics shellenv livecheck audit style which-formula installed variants contents provides echo',
        SHOW,
      ),
      ...subs('install reinstall bundle', INSTALL),
      ...subs('upgrade selfupdate', UPGRADE),
      ...subs('update fetch', REFRESH),
      ...subs('uninstall remove rm autoremove zap', REMOVE),
      ...subs('cleanup clean', CLEAN),
      ...subs(
        'tap untap pin unpin link unlink tap-new create edit extract select activate deactivate developer migrate',
        SOURCES,
      ),
      services: {
        otherOptions: 'harmless',
        sub: {
          ...subs('list info', SHOW),
          ...subs('start run stop restart kill cleanup', {
            otherOptions: 'harmless',
            does: [{ kind: 'process_control', type: 'service', on: '*', evenWithout: true }],
          }),
        },
        bare: SHOW,
      },
    },
  },
  {
    names: ['snap', 'flatpak', 'appimaged'],
    otherOptions: 'harmless',
    sub: {
      ...subs(
        'list find info version services changes tasks connections interfaces known warnings search remotes remote-ls remote-info ps history model logs whoami get',
        SHOW,
      ),
      ...subs('install download try', INSTALL),
      ...subs('refresh update revert upgrade', UPGRADE),
      ...subs('remove uninstall delete', REMOVE),
      ...subs(
        'connect disconnect set unset alias unalias remote-add remote-delete remote-modify override permissions permission-set permission-reset mask pin config login logout enable disable switch document-export make-current repair',
        SOURCES,
      ),
      ...subs('start stop restart kill abort', {
        otherOptions: 'harmless',
        does: [{ kind: 'process_control', type: 'service', on: '*' }],
      }),
      ...subs('run build enter', {
        otherOptions: 'harmless',
        does: [{ kind: 'code_execution', type: 'program', on: '*', why: 'runs a program of a package' }],
      }),
    },
  },
  ...each(
    'pkg pkg_add pkgin pkgng xbps-install xbps-remove xbps-reconfigure eopkg swupd slackpkg installpkg removepkg upgradepkg tazpkg opkg ipkg tce-load guix nix-channel pacstrap debootstrap dpkg-divert cave swaret pkgtool conary smart choco winget scoop chocolatey mas installer pkgutil hdiutil mhwd mhwd-kernel tasksel do-release-upgrade unattended-upgrade unattended-upgrades pacman-mirrors reflector rate-mirrors dnf-automatic subscription-manager alr nh',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'read', type: 'system', name: 'packages', when: `@0=${PACKAGE_LOOKS}` },
        {
          kind: 'code_execution',
          type: 'package',
          on: '*',
          evenWithout: true,
          when: `!@0=${PACKAGE_LOOKS}`,
          why: 'installs, removes or replaces packages',
        },
      ],
    },
  ),
  ...each('emerge softwareupdate pacman-key ubuntu-drivers', {
    otherOptions: 'harmless',
    options:
      '-p|--pretend -s|--search -S|--searchdesc -l|--list|--list-keys -V|--version --info --history --finger -h|--help -v -i|--install -a|--add -r -d|--delete --populate --refresh-keys --lsign-key --recv-keys --init -C --depclean',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '-p|-s|-S|-l|-V|--info|--history|--finger|-h' },
      { kind: 'read', type: 'system', name: 'packages', when: '@0=list|devices|debug' },
      {
        kind: 'code_execution',
        type: 'package',
        on: '*',
        evenWithout: true,
        when: '!-p !-s !-S !-l !-V !--info !--history !--finger !-h !@0=list|devices|debug',
        why: 'installs, removes or replaces packages',
      },
      {
        kind: 'code_execution',
        type: 'package',
        name: 'packages',
        when: '-i|-a|-d|--populate|--refresh-keys|--lsign-key|--recv-keys|--init|-C|--depclean',
        why: 'installs, removes or trusts',
      },
    ],
  }),
  { names: ['aurvote'], otherOptions: 'harmless', does: [{ kind: 'read', type: 'system', name: 'packages' }] },
  {
    names: ['nix'],
    otherOptions: 'harmless',
    sub: {
      ...subs('search eval path-info show-config config derivation log why-depends hash registry doctor help flake key', SHOW),
      ...subs('build develop shell run profile upgrade-nix bundle fmt repl env', INSTALL),
      ...subs('store copy', SOURCES),
    },
  },
  ...each('nix-shell nix-build nix-instantiate nix-collect-garbage nixos-rebuild home-manager darwin-rebuild', {
    otherOptions: 'harmless',
    options: '--run= --command=',
    does: [{ kind: 'code_execution', type: 'package', on: '*', evenWithout: true }],
    runs: [
      { as: 'shell', from: '--run' },
      { as: 'shell', from: '--command' },
    ],
  }),
  ...each('nix-env nix-store', {
    otherOptions: 'harmless',
    options:
      '-q|--query -i|--install -e|--uninstall -u|--upgrade --delete --gc -r|--realise --add --import --rollback -G|--switch-generation= --delete-generations --set --optimise --repair-path',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '-q' },
      {
        kind: 'code_execution',
        type: 'package',
        on: '*',
        evenWithout: true,
        when: '!-q|-i|-e|-u|--delete|--gc|-r|--add|--import|--rollback|-G|--delete-generations|--set|--optimise|--repair-path',
      },
    ],
  }),
];
