/** What the words of a git command mean where a table cannot say it: paths or branches, forced refs, settings that run programs. */
import type { Effect } from '@countersign/kernel';
import type { ReadContext } from '../../reader.ts';
import type { Call, Word } from '../program.ts';
import { effect, given, opaque, valuesOf } from './define.ts';

const REPO = { type: 'repository', name: 'git' } as const;
const UNSAVED = 'throws away changes that were not committed';

/** Settings whose value is a command line that git runs. */
const COMMANDS =
  /^(?:core\.(?:sshcommand|fsmonitor|editor|pager|gitproxy|askpass|alternaterefscommand)|pager\..+|sequence\.editor|credential\.(?:.*\.)?helper|diff\.external|diff\..+\.(?:command|textconv)|difftool\..+\.(?:cmd|path)|mergetool\..+\.(?:cmd|path)|merge\..+\.driver|filter\..+\.(?:clean|smudge|process)|gpg\.(?:.*\.)?program|uploadpack\.packobjectshook|remote\..+\.(?:uploadpack|receivepack|vcs)|sendemail\..*(?:cmd|smtpserver)|browser\..+\.cmd|man\..+\.cmd|interactive\.difffilter|trailer\..+\.(?:command|cmd)|hook\..+\.command|guitool\..+\.cmd|submodule\..+\.update|tar\..+\.command|instaweb\.(?:httpd|browser)|web\.browser)$/u;
/** Settings that make git load hooks or further settings, or talk to other places than it seems. */
const STEERING =
  /^(?:core\.(?:hookspath|worktree|gitdir|attributesfile)|init\.templatedir|include\.path|includeif\..+|url\..+|https?\..*|protocol\..+|safe\..+|receive\..+|transfer\..+|credential\..+|remote\..+\.(?:url|pushurl|proxy)|submodule\..+\.url|gpg\..+|lfs\..+)$/u;

/** `git -c name=value` and `--config-env`: settings for this one call. */
export function gitConfigured(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  let effects: Effect[] | undefined;
  for (const word of valuesOf(call, '-c')) {
    const at = word.text.indexOf('=');
    const name = (at < 0 ? word.text : word.text.slice(0, at)).toLowerCase();
    if (!word.known && !/^[\w.]+=/u.test(word.text))
      effects = [...(effects ?? found), opaque(call, 'a setting of git that is only known at run time', word)];
    else if (at > 0) effects = [...(effects ?? found), ...setting(call, name, word.text.slice(at + 1), word, cx, 'here')];
  }
  for (const word of valuesOf(call, '--config-env'))
    effects = [...(effects ?? found), opaque(call, 'a setting of git from an environment variable', word)];
  return effects ?? found;
}

/** `git config …`, in its old and its new spelling. */
export function configured(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  if (call.path[0] === 'clone') return found;
  const words = call.operands;
  const verb = words[0]?.text ?? '';
  if (given(call, '-e') || verb === 'edit') return [opaque(call, 'settings are typed into an editor')];
  if (
    given(call, '-l', '--get', '--get-all', '--get-regexp', '--get-urlmatch', '--get-color', '--get-colorbool') ||
    verb === 'list' ||
    verb === 'get'
  )
    return [effect(call, 'read', REPO)];
  const target = given(call, '--global', '--system', '-f', '--file') ? 'git settings' : 'git settings of the repository';
  if (
    given(call, '--unset', '--unset-all', '--remove-section', '--rename-section') ||
    /^(?:unset|(?:remove|rename)-section)$/u.test(verb)
  )
    return [effect(call, 'write', { type: 'setting', name: target }), ...writesFile(call)];
  const rest = verb === 'set' ? words.slice(1) : words;
  const [key, value] = rest;
  if (key === undefined) return found;
  if (value === undefined && verb !== 'set') return [effect(call, 'read', REPO)];
  const name = key.text.toLowerCase();
  const changes = setting(call, name, value?.text ?? '', value ?? key, cx, 'later');
  if (!key.known) return [opaque(call, 'which setting is only known at run time', key)];
  return [effect(call, 'write', { type: 'setting', name: key.text }), ...writesFile(call), ...changes];
}

/** `git config --file F` edits any file at all. */
function writesFile(call: Call): Effect[] {
  const files = valuesOf(call, '-f');
  return files.length === 0 ? [] : [effect(call, 'write', { on: files })];
}

function setting(call: Call, name: string, value: string, word: Word, cx: ReadContext, when: 'here' | 'later'): Effect[] {
  const alias = /^alias\./u.test(name);
  if (alias && !value.startsWith('!')) return [];
  if (alias || COMMANDS.test(name)) {
    const command = value.startsWith('!') ? value.slice(1) : value;
    if (
      command === '' ||
      /^(?:cat|less|true|false|vim?|nano|emacs|code --wait|cache|store|manager(?:-core)?|osxkeychain|merge|rebase|checkout|none)$/u.test(
        command,
      )
    )
      return name.startsWith('credential.') && command !== ''
        ? [effect(call, 'config_change', { on: [word], type: 'setting', why: 'where git keeps passwords' })]
        : [];
    const kind = when === 'later' ? 'persistence' : 'code_execution';
    const inner = cx.embedded({ kind: 'shell', text: command });
    return [
      effect(call, kind, { on: [word], type: 'setting', via: name, why: 'git runs the value of this setting', scope: 'one' }),
      ...inner.effects
        .filter((one) => one.kind !== 'none')
        .map((one) => ({ ...one, span: word.span, via: one.via === '' ? name : `${name} › ${one.via}` })),
    ];
  }
  if (name === 'core.hookspath' || name === 'init.templatedir' || name.startsWith('include')) {
    return [
      effect(call, when === 'later' ? 'persistence' : 'code_execution', {
        on: [word],
        type: 'setting',
        via: name,
        why: 'git takes hooks or settings from there',
      }),
    ];
  }
  return STEERING.test(name)
    ? [effect(call, 'config_change', { on: [word], type: 'setting', via: name, why: 'changes whom git talks to or trusts' })]
    : [];
}

export function restored(call: Call): readonly Effect[] {
  if (given(call, '-S') && !given(call, '-W')) return [effect(call, 'write', { type: 'repository', name: 'index' })];
  const files = [...call.operands, ...valuesOf(call, '--pathspec-from-file')];
  return [effect(call, 'delete', { on: files, scope: 'unknown', why: UNSAVED })];
}

export function checkedOut(call: Call): readonly Effect[] {
  const words = call.operands;
  const lost = (on: readonly Word[]): Effect[] => [effect(call, 'delete', { on, scope: 'unknown', why: UNSAVED })];
  const dashes = call.words.findIndex((word, index) => word.text === '--' && index > 0);
  const sub = call.words.findIndex((word) => word.text.toLowerCase() === 'checkout');
  if (dashes > sub && dashes < call.words.length - 1) return lost(call.words.slice(dashes + 1));
  if (given(call, '--pathspec-from-file', '--ours', '--theirs', '-p'))
    return lost([...words, ...valuesOf(call, '--pathspec-from-file')]);
  if (given(call, '-f') && !given(call, '--no-force')) return lost(words);
  if (given(call, '-b', '-B', '--orphan'))
    return [effect(call, 'write', { type: 'branch', on: valuesOf(call, '-b', '-B', '--orphan') })];
  if (words.length > 1) return lost(words.slice(1));
  const [only] = words;
  if (only === undefined) return [effect(call, 'read', REPO)];
  if (!only.known)
    return [effect(call, 'delete', { on: [only], scope: 'unknown', why: 'a branch, or files whose changes it throws away' })];
  if (isPath(only)) return lost([only]);
  return [effect(call, 'write', { type: 'branch', on: [only], scope: 'one' })];
}

/** A single word after `git checkout` is a branch or a commit, unless it looks like a path. */
function isPath(word: Word): boolean {
  const { text } = word;
  if (word.glob || text === '.' || text === '..' || text.startsWith(':')) return true;
  if (/^\.{1,2}\//u.test(text) || text.endsWith('/')) return true;
  const last = text.slice(text.lastIndexOf('/') + 1);
  return /.\.[a-z][a-z0-9]{0,4}$/iu.test(last) || /^\.[a-z]/iu.test(last);
}

export function resetTo(call: Call): readonly Effect[] {
  if (given(call, '--hard')) {
    return [
      effect(call, 'history_rewrite', {
        ...REPO,
        on: [],
        scope: 'unknown',
        why: 'moves the branch and throws away changes that were not committed',
      }),
      effect(call, 'delete', { type: 'repository', name: 'changes not committed', scope: 'unknown', why: UNSAVED }),
    ];
  }
  if (given(call, '--merge'))
    return [effect(call, 'delete', { type: 'repository', name: 'changes not committed', scope: 'unknown', why: UNSAVED })];
  return [effect(call, 'write', { type: 'repository', name: 'index', reversible: 'yes', why: 'leaves the files as they are' })];
}

export function pushed(call: Call): readonly Effect[] {
  if (given(call, '-n')) return [effect(call, 'read', REPO)];
  const [remote, ...refs] = call.operands;
  const effects: Effect[] = [];
  const on = remote === undefined ? [] : [remote];
  const add = (kind: Effect['kind'], words: readonly Word[], type: string, why: string, wide = false): void => {
    effects.push(effect(call, kind, { on: words, type, why, ...(wide ? { scope: 'unbounded' as const } : {}) }));
  };
  if (given(call, '--mirror'))
    add('history_rewrite', on, 'remote', 'makes every ref of the other side like here, removing the rest', true);
  if (given(call, '--prune')) add('delete', on, 'remote', 'removes branches that are not here', true);
  const gone = refs.filter((ref) => ref.text.startsWith(':') && ref.text.length > 1);
  const removed = given(call, '-d') ? refs : gone;
  if (removed.length > 0 || given(call, '-d')) {
    effects.push(effect(call, 'delete', { on: removed, type: 'branch', scope: 'one' }));
    add('history_rewrite', removed, 'branch', 'takes the branch away for everybody');
  }
  const plus = refs.filter((ref) => ref.text.startsWith('+'));
  if ((given(call, '-f') && !given(call, '--no-force')) || plus.length > 0)
    add('history_rewrite', plus.length > 0 ? plus : call.operands, 'branch', 'overwrites the history that others have');
  const programs = valuesOf(call, '--receive-pack');
  if (programs.length > 0) add('code_execution', programs, 'program', 'git runs this program to talk to the other side');
  if (remote !== undefined && /^ext::/u.test(remote.text)) add('code_execution', [remote], 'program', 'the address is a command');
  if (remote !== undefined && /^(?:\w+:\/\/|[\w.-]+@[\w.-]+:|\/\/)/u.test(remote.text))
    add('export', [remote], 'url', 'to an address that is not a configured remote');
  if (effects.length === 0 || (!given(call, '-d', '-f', '--mirror') && plus.length + gone.length < refs.length)) {
    const lease = given(call, '--force-with-lease') ? { why: 'overwrites only what was seen here' } : {};
    effects.push(
      effect(call, 'write', {
        on: call.operands,
        type: 'remote',
        ...(call.operands.every((word) => word.known) ? { scope: 'one' as const } : {}),
        ...lease,
      }),
    );
  }
  return effects;
}
