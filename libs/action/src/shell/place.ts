/** Where a path of a command line points: normalised, then told apart by what a mistake there would cost. */

/**
 * `scratch`: temporary folders · `below`: under the working folder · `here`: the working folder itself or everything in it ·
 * `above`: a parent of it · `home`: a home folder itself · `at-home`: under one · `system`: the operating system's own ·
 * `elsewhere`: another absolute path · `root`: everything · `computed`: not known before it runs · `device`: in `/dev`.
 */
export type PlaceName =
  'scratch' | 'below' | 'here' | 'above' | 'home' | 'at-home' | 'system' | 'elsewhere' | 'root' | 'computed' | 'device';

export interface Place {
  readonly name: PlaceName;
  /** Normalised: no `.`, `..` in the middle, doubled or trailing slashes; homes as `~`. */
  readonly path: string;
  /** The last component stands for everything in its folder. */
  readonly everything: boolean;
}

const SYSTEM_ROOTS: ReadonlySet<string> = new Set(
  'bin boot dev etc lib lib32 lib64 libx32 opt proc root run sbin snap srv sys usr var mnt media home Users System Library Applications Volumes private lost+found data'.split(
    ' ',
  ),
);

/** Folders of the operating system: also what lies deep in them is not the user's own. */
const SYSTEM_DEEP =
  /^\/(?:bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|run|sbin|snap|sys|usr|var|System|Library|private\/(?:etc|var))(?:\/|$)/;

const SCRATCH = /^\/(?:tmp|var\/tmp|dev\/shm|private\/tmp|run\/shm)(?:\/|$)/;

/** Variables whose value is always such a place. */
const KNOWN_VARIABLE = /^\$(?:(HOME|PWD|TMPDIR|TMP|TEMP)\b|\{(HOME|PWD|TMPDIR|TMP|TEMP)(?::?-[^${}`]*)?\})/;

const STANDS_FOR: Readonly<Record<string, string>> = { HOME: '~', PWD: '.', TMPDIR: '/tmp', TMP: '/tmp', TEMP: '/tmp' };

/** Matches each name in a folder, alone or by several (`* .*`). */
const EVERYTHING = /^(?:\*+|\.\*|\*\.\*|\?\*|\*\?|\.\[!?[^\]]*\]\*|\.\?\?\*|\{\*,\.\*\}|\{,\.\}\*|\[!?[^\]]\]\*)$/;

/** Values of one plain component: they cannot climb out of a folder. */
const PLAIN_VARIABLE =
  /\$(?:\{(?:USER|LOGNAME|HOSTNAME|UID|EUID|PPID|RANDOM|HOME|PWD|TMPDIR|TMP|TEMP)\}|(?:USER|LOGNAME|HOSTNAME|UID|EUID|PPID|RANDOM|HOME|PWD|TMPDIR|TMP|TEMP)\b|[$?!#])/g;

/** True where a part of the word is only known at run time, and may be anything. */
export function isComputed(text: string): boolean {
  if (!/[$`]|\{\}|[<>]\(/.test(text)) return false;
  return /[$`]|\{\}|[<>]\(/.test(text.replace(/\$\{TMPDIR:?-\/(?:var\/)?tmp\}/g, '').replace(PLAIN_VARIABLE, ''));
}

export function placeOf(text: string, known: boolean): Place {
  let path = text;
  const variable = path.startsWith('$') ? KNOWN_VARIABLE.exec(path) : null;
  if (variable !== null) path = (STANDS_FOR[variable[1] ?? variable[2] ?? ''] ?? '') + path.slice(variable[0].length);
  // The folder before this one, or the one that the shell is in now.
  if (/^~[-+]/.test(path)) return { name: 'computed', path, everything: false };
  if (!known && (variable === null || isComputed(path))) return { name: 'computed', path, everything: false };
  path = normalised(path.startsWith('file:///') ? path.slice('file://'.length) : path);
  const slash = path.lastIndexOf('/');
  const last = path.slice(slash + 1);
  const everything = EVERYTHING.test(last);
  const folder = everything ? (slash > 0 ? path.slice(0, slash) : slash === 0 ? '/' : '.') : path;
  return { name: nameOf(folder), path, everything };
}

function nameOf(path: string): PlaceName {
  if (path === '/') return 'root';
  if (path === '.' || path === '') return 'here';
  if (path === '..' || path.startsWith('../')) return 'above';
  if (path === '~') return 'home';
  if (path.startsWith('~/')) return 'at-home';
  if (!path.startsWith('/')) return 'below';
  if (SCRATCH.test(path)) return SCRATCH.exec(`${path}/`)?.[0] === `${path}/` ? 'elsewhere' : 'scratch';
  if (/^\/dev\//.test(path)) return 'device';
  if (SYSTEM_DEEP.test(path)) return 'system';
  const [, first = '', second] = path.split('/');
  if (second === undefined && (SYSTEM_ROOTS.has(first) || /[*?[{]/.test(first))) return 'system';
  return 'elsewhere';
}

function normalised(path: string): string {
  if (!/(?:^|\/)\.{1,2}(?:\/|$)|\/\/|\/$|^\/(?:home|root|Users)(?:\/|$)|^~/.test(path)) return path === '' ? '' : path;
  const absolute = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..' && kept.at(-1) !== '~') kept.pop();
    else if (!absolute) {
      // Above a home folder are the other homes.
      if (kept[0] === '~') return `/home${path.endsWith('..') ? '' : '/*'}`;
      kept.push('..');
    }
  }
  const joined = (absolute ? '/' : '') + kept.join('/');
  return homeOf(joined === '' ? '.' : joined);
}

/** Every spelling of a home folder as `~`. */
function homeOf(path: string): string {
  if (path.startsWith('~')) {
    const slash = path.indexOf('/');
    return slash < 0 ? '~' : `~${path.slice(slash)}`;
  }
  const found = /^\/(?:root|(?:home|Users)\/[^/*?[{]+)(\/.*)?$/.exec(path);
  return found === null ? path : `~${found[1] ?? ''}`;
}
