/** Variables that change which code later commands run. */
import type { TextSpan } from '@countersign/kernel';
import { type Reading, say } from './reading.ts';
import { readText } from './inside.ts';
import type { Value } from './scope.ts';

/** Places from which programs or libraries are loaded. */
const LOADING =
  /^(?:LD_(?:PRELOAD|LIBRARY_PATH|AUDIT|DEBUG_OUTPUT|PROFILE_OUTPUT)|DYLD_\w+|BASH_ENV|ENV|ZDOTDIR|PYTHON(?:PATH|STARTUP|HOME|INSPECT|BREAKPOINT|WARNINGS|USERBASE|EXECUTABLE)|PERL5(?:LIB|OPT|DB)|PERLLIB|RUBY(?:OPT|LIB)|NODE_(?:PATH|OPTIONS)|(?:_|JDK_)?JAVA_(?:TOOL_)?OPTIONS|CLASSPATH|GCONV_PATH|GIT_(?:EXEC_PATH|TEMPLATE_DIR|CONFIG(?:_\w+)?|DIR|SSL_NO_VERIFY)|LUA_(?:PATH|CPATH|INIT)|PHPRC|PHP_INI_SCAN_DIR|R_PROFILE(?:_USER)?|R_HOME|OPENSSL_(?:CONF|ENGINES|MODULES)|GLIBC_TUNABLES|TERMINFO|HOSTALIASES|RES_OPTIONS|BASHOPTS|SHELLOPTS|PS4|IFS|CDPATH|GLOBIGNORE|BASH_FUNC_\w+.*|MAKEFLAGS|GNUMAKEFLAGS|CARGO_(?:HOME|BUILD_RUSTC(?:_WRAPPER)?)|RUSTC(?:_WRAPPER)?|npm_config_(?:script_shell|node_options|prefix)|NPM_CONFIG_\w+|PIP_(?:INDEX_URL|EXTRA_INDEX_URL|CONFIG_FILE|TRUSTED_HOST)|DOCKER_HOST|DOCKER_CONFIG)$/;

/** Folders of modules that a language looks through. */
const MODULES = /^(?:PYTHONPATH|NODE_PATH|RUBYLIB|PERL5LIB|LUA_PATH)$/;

/** Commands that other programs run. */
const COMMANDS =
  /^(?:(?:GIT_|MAN|SYSTEMD_|PSQL_|BAT_|AWS_|GH_|DELTA_)?PAGER|(?:GIT_(?:SEQUENCE_)?|SUDO_|SYSTEMD_|KUBE_|HG|SVN_|FC)?EDITOR|VISUAL|FCEDIT|BROWSER|GIT_SSH(?:_COMMAND)?|GIT_EXTERNAL_DIFF|GIT_PROXY_COMMAND|(?:GIT_|SSH_|SUDO_)ASKPASS|LESSOPEN|LESSCLOSE|PROMPT_COMMAND|RSYNC_RSH|CVS_RSH|TAR_(?:OPTIONS)|SHELL|PGPSSWDCMD|KUBECTL_EXTERNAL_DIFF|DIFFPROG|XZ_OPT|ANSIBLE_\w*(?:COMMAND|EXECUTABLE))$/;

/** Where programs of the system are. */
const SYSTEM_PATH =
  /^(?:\/(?:usr\/)?(?:local\/)?s?bin|\/usr\/local\/go\/bin|\/opt\/homebrew\/s?bin|\/snap\/bin|\/usr\/games|\$\{?PATH\}?|)$/;

/** Node's options that only bound or tell. */
const QUIET_NODE =
  /^(?:\s*--(?:max-old-space-size=\d+|max-semi-space-size=\d+|no-warnings|enable-source-maps|trace-warnings|no-deprecation|unhandled-rejections=\w+|openssl-legacy-provider|experimental-[\w-]+(?<!loader)))*\s*$/;

export function effectOfVariable(name: string, value: Value, span: TextSpan, r: Reading): void {
  if (name === 'PATH' || name === 'path') return searchPath(value, span, r);
  const via = name;
  if (value.known && forgetsHistory(name, value.text)) {
    return say(r, 'log_tamper', span, 'commands are no longer kept in the history', { targets: [{ type: 'variable', name }] });
  }
  if (COMMANDS.test(name)) {
    if (value.known && value.text.trim() === '') return;
    if (!value.known) {
      say(r, 'code_execution', span, 'other programs run what this variable holds', { scope: 'unknown', via });
      return;
    }
    const effects = readText({ text: value.text, span, known: true, glob: false, base: -1 }, r, { same: false, via });
    for (const effect of effects) if (!harmless(effect.kind)) r.out.push({ ...effect, span });
    return;
  }
  if (/^(?:https?|all|ftp)_proxy$/i.test(name) && value.text !== '' && !/^(?:\w+:\/\/)?(?:localhost|127\.)/.test(value.text)) {
    return say(r, 'network', span, 'later connections go through another machine', {
      targets: [{ type: 'host', name: value.text.replace(/\/\/[^@/]*@/, '//') }],
      via,
    });
  }
  if (!LOADING.test(name)) return;
  if (name === 'IFS' || (name === 'PS4' && value.known && !/[$`]/.test(value.text))) return;
  if (name === 'NODE_OPTIONS' && value.known && QUIET_NODE.test(value.text)) return;
  if (name === 'PYTHONWARNINGS' || name === 'MAKEFLAGS') {
    if (value.known && /^[\w\s:-]*$/.test(value.text)) return;
  }
  if (value.known && value.text === '') return;
  if (MODULES.test(name) && value.text.split(':').every((folder) => isOwnFolder(folder, name))) return;
  say(r, 'code_execution', span, 'changes which code later commands load', { scope: 'unknown', via });
}

function forgetsHistory(name: string, text: string): boolean {
  if (/^(?:HISTSIZE|HISTFILESIZE|SAVEHIST)$/.test(name)) return text === '0' || text === '';
  return /^(?:HISTFILE|LESSHISTFILE|MYSQL_HISTFILE|PSQL_HISTORY|SQLITE_HISTORY)$/.test(name) && /^(?:|-|\/dev\/null)$/.test(text);
}

/** The project's own modules, which its commands load anyway, or what was there before. */
function isOwnFolder(folder: string, name: string): boolean {
  if (folder === `$${name}` || folder === `\${${name}}`) return true;
  return /^(?:\$PWD\/|\.\/)?[\w-][\w./-]*$|^\.?$/.test(folder) && !folder.includes('..');
}

function harmless(kind: string): boolean {
  return kind === 'none' || kind === 'read' || kind === 'session' || kind === 'write';
}

/** Folders that are looked through after the old ones cannot take the place of their programs. */
function searchPath(value: Value, span: TextSpan, r: Reading): void {
  const folders = value.text.split(':');
  const after = folders.findIndex((folder) => /^\$\{?PATH\}?$/.test(folder));
  const decisive = after < 0 ? folders : folders.slice(0, after);
  if (value.text !== '' && decisive.every((folder) => folder !== '' && SYSTEM_PATH.test(folder))) return;
  say(r, 'code_execution', span, 'changes which programs later commands run', { scope: 'unknown', via: 'PATH' });
}
