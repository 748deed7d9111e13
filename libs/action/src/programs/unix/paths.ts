/** What a path given to a removing program covers: a scratch place, one thing, or a whole tree that others live in. */
import type { Word } from '../program.ts';

export type Reach = 'scratch' | 'plain' | 'vast';

/** Directly under the root, where a system keeps everything. */
const TOP =
  /^\/(?:bin|boot|dev|etc|home|lib|lib32|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|usr|var|users|system|library|applications|volumes|private|windows|program files|data|nix)(?:\/\*|\/\.)?$/iu;
/** A second level that is as bad as the first. */
const SECOND =
  /^\/(?:(?:home|users)\/[^/]+|usr\/(?:bin|lib|lib64|local|sbin|share)|var\/(?:lib|log|spool|www|backups|mail|db|cache)|etc\/[^/]+|boot\/[^/]+|system\/[^/]+|root\/\*)(?:\/\*)?$/iu;
const HOME = /^(?:~[^/]*|\$\{?HOME\}?|\$\{?USERPROFILE\}?|%USERPROFILE%)(?:\/\*|\/\.)?$/u;
const SCRATCH = /^(?:\/tmp|\/var\/tmp|\/private\/tmp|\$TMPDIR|\$\{TMPDIR\}|\$\{TMPDIR:-\/(?:var\/)?tmp\})\/(?!\.{0,2}$)/u;
const DRIVE = /^[a-z]:[\\/]?\*?$/iu;
/** More of the path is computed than the scratch folder's own name. */
const COMPUTED = /[$`]/u;

export function reachOf(word: Word): Reach {
  const text = word.text;
  const path = normal(text);
  if (
    path === '/' ||
    path === '/*' ||
    path === '/.*' ||
    DRIVE.test(path) ||
    HOME.test(path) ||
    TOP.test(path) ||
    SECOND.test(path)
  )
    return 'vast';
  if (
    /^(?:\.\/)?(?:\*|\.\*|\.\[.*|\{,\.\}\*)$/u.test(path) ||
    path === '.' ||
    path === '..' ||
    /^(?:\.\.\/)+(?:\*|\.\.)?$/u.test(`${path}/`)
  )
    return 'vast';
  const scratch = SCRATCH.exec(path);
  if (scratch === null) return 'plain';
  return COMPUTED.test(path.slice(scratch[0].length)) || /(?:^|\/)\.\.(?:\/|$)/u.test(path) ? 'plain' : 'scratch';
}

/** Without doubled and trailing slashes and `.` segments, `..` folded where that is certain. */
function normal(text: string): string {
  const slashes = text.replaceAll(/\/{2,}/gu, '/').replaceAll(/(?:\/\.)+(?=\/|$)/gu, '');
  const parts: string[] = [];
  for (const part of slashes.split('/')) {
    const last = parts[parts.length - 1];
    if (part === '..' && last !== undefined && last !== '..' && last !== '' && !/[$~*?`]/u.test(last)) parts.pop();
    else if (part === '..' && parts.length === 1 && last === '') continue;
    else parts.push(part);
  }
  const path = parts.join('/');
  if (path === '' && text.startsWith('/')) return '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
