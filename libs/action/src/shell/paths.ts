/** What it means to read, write, delete or open up a path: effects beside the plain one, and how much a deletion reaches. */
import type { EffectKind, EffectScope } from '@countersign/kernel';
import {
  isHarmlessDevice,
  isKernelSetting,
  isLog,
  isPersistence,
  isPrivilege,
  isRawDevice,
  isRebuilt,
  isSecret,
  socketOf,
} from './path-classes.ts';
import { type Place, placeOf } from './place.ts';

/** `list` tells names and sizes only; `append` adds to the end of a file; `write` replaces what is in it. */
export type PathAccess = 'list' | 'read' | 'append' | 'write' | 'delete' | 'privilege';

export interface PathName {
  readonly text: string;
  /** False where a part is only known at run time. */
  readonly known: boolean;
  readonly glob: boolean;
  /** A directory is meant with all that is in it. */
  readonly deep?: boolean;
}

export interface PathEffect {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly why: string;
}

const NOTHING: readonly PathEffect[] = [];
const PLAIN: Readonly<Record<'read' | 'write' | 'privilege', readonly PathEffect[]>> = {
  read: [{ kind: 'read', scope: 'one', why: '' }],
  write: [{ kind: 'write', scope: 'one', why: '' }],
  privilege: [{ kind: 'privilege_change', scope: 'one', why: '' }],
};

/** Everything that the access does; nothing for devices that only swallow bytes. The first effect is the access itself. */
export function classifyPath(name: PathName, access: PathAccess): readonly PathEffect[] {
  const place = placeOf(name.text, name.known);
  if (place.name === 'device' || place.path.startsWith('/proc/')) {
    if (isHarmlessDevice(place.path)) return access === 'read' || access === 'list' ? PLAIN.read : NOTHING;
    const socket = socketOf(place.path);
    if (socket !== undefined) return [{ kind: 'network', scope: 'one', why: `opens a connection to ${socket}` }];
  }
  switch (access) {
    case 'list':
      return name.known && !name.glob ? PLAIN.read : [{ kind: 'read', scope: scopeOfWords(name), why: '' }];
    case 'read':
      return read(name, place);
    case 'append':
    case 'write':
      return written(name, place, access);
    case 'delete':
      return deleted(name, place);
    case 'privilege':
      return opened(name, place);
  }
}

function read(name: PathName, { name: place, path, everything }: Place): readonly PathEffect[] {
  const bare = everything ? path.slice(0, path.lastIndexOf('/')) : path;
  if (isSecret(bare) || isSecret(path))
    return [{ kind: 'secret_read', scope: scopeOfWords(name), why: 'keeps keys, credentials or histories' }];
  if (place === 'root' || place === 'home')
    return [{ kind: 'secret_read', scope: 'unbounded', why: 'keys and credentials are among what lies there' }];
  if (/^\/root\/./.test(name.text))
    return [{ kind: 'secret_read', scope: scopeOfWords(name), why: 'is a file of the administrator' }];
  if (isRawDevice(path)) return [{ kind: 'secret_read', scope: 'unbounded', why: 'reads a whole device' }];
  if (!name.known || name.glob) return [{ kind: 'read', scope: scopeOfWords(name), why: '' }];
  return PLAIN.read;
}

function written(name: PathName, place: Place, access: 'append' | 'write'): readonly PathEffect[] {
  const { path } = place;
  if (isRawDevice(path)) return [{ kind: 'delete', scope: 'unbounded', why: 'overwrites a whole device' }];
  if (place.name === 'below' && !path.includes('.'))
    return name.known && !name.glob ? PLAIN.write : [{ kind: 'write', scope: scopeOfWords(name), why: '' }];
  const effects: PathEffect[] = [{ kind: 'write', scope: scopeOfWords(name), why: '' }];
  if (isPersistence(path)) effects.push({ kind: 'persistence', scope: 'one', why: 'is run, loaded or trusted later' });
  if (isPrivilege(path)) effects.push({ kind: 'privilege_change', scope: 'one', why: 'says who may do what' });
  else if (isSecret(path) && place.name !== 'below')
    effects.push({ kind: 'config_change', scope: 'one', why: 'keeps keys or credentials' });
  if (isLog(path) && (access === 'write' || !path.startsWith('/var/log/')))
    effects.push({ kind: 'log_tamper', scope: 'one', why: 'is a record of what happened' });
  if (/(?:^|\/)\.git\/(?!hooks(?:\/|$)|config$|info\/|COMMIT_EDITMSG$|description$)/.test(path))
    effects.push({ kind: 'history_rewrite', scope: 'one', why: 'is a part of the version history' });
  if (path === '/proc/sysrq-trigger')
    effects.push({ kind: 'process_control', scope: 'unbounded', why: 'commands the kernel directly' });
  else if (isKernelSetting(path)) effects.push({ kind: 'config_change', scope: 'one', why: 'is a setting of the kernel' });
  else if ((place.name === 'system' || place.name === 'root') && effects.length === 1)
    effects.push({ kind: 'config_change', scope: 'one', why: 'belongs to the operating system' });
  return effects;
}

function deleted(name: PathName, place: Place): readonly PathEffect[] {
  const { path } = place;
  if (isRawDevice(path)) return [{ kind: 'delete', scope: 'unbounded', why: 'is a whole device' }];
  const { scope, why } = reach(name, place);
  const effects: PathEffect[] = [{ kind: 'delete', scope, why }];
  if (/(?:^|\/)\.(?:git|hg|svn|jj|bzr)(?:\/(?:objects|refs|logs|HEAD|\*).*)?$/.test(path))
    effects.push({ kind: 'history_rewrite', scope: 'unbounded', why: 'is the version history' });
  if (isLog(path))
    effects.push({ kind: 'log_tamper', scope: scope === 'one' ? 'one' : 'unbounded', why: 'is a record of what happened' });
  if (isPrivilege(path)) effects.push({ kind: 'privilege_change', scope: 'one', why: 'says who may do what' });
  else if (isPersistence(path) || place.name === 'system' || (isSecret(path) && !isLog(path) && place.name !== 'below'))
    effects.push({ kind: 'config_change', scope: 'one', why: 'others depend on it' });
  return effects;
}

function opened(name: PathName, place: Place): readonly PathEffect[] {
  if (isRawDevice(place.path)) return [{ kind: 'privilege_change', scope: 'unbounded', why: 'opens a whole device' }];
  if (!name.deep)
    return !name.known || name.glob ? [{ kind: 'privilege_change', scope: scopeOfWords(name), why: '' }] : PLAIN.privilege;
  const { scope, why } = reach(name, place);
  return [{ kind: 'privilege_change', scope, why }];
}

/** How much lies under a path that is taken as it is, or with everything in it. */
function reach(name: PathName, place: Place): { scope: EffectScope; why: string } {
  const { deep = false, glob } = name;
  const all = deep || place.everything;
  switch (place.name) {
    case 'computed':
      return { scope: 'unknown', why: 'the path is only known at run time' };
    case 'root':
      return { scope: 'unbounded', why: 'is the whole file system' };
    case 'home':
      return { scope: all || !glob ? 'unbounded' : 'bounded', why: 'is a whole home folder' };
    case 'above':
      return all ? { scope: 'unbounded', why: 'lies above the working folder' } : { scope: glob ? 'bounded' : 'one', why: '' };
    case 'here':
      return all || !glob ? { scope: 'unbounded', why: 'is everything in the working folder' } : { scope: 'bounded', why: '' };
    case 'scratch':
    case 'below':
      return { scope: all || glob ? 'bounded' : 'one', why: '' };
    case 'device':
      return { scope: 'unbounded', why: 'is a device' };
    case 'at-home':
    case 'elsewhere':
    case 'system':
      return outside(place, all, glob);
  }
}

function outside(place: Place, all: boolean, glob: boolean): { scope: EffectScope; why: string } {
  const top = place.name === 'system' && /^\/[^/]*$/.test(place.path);
  if (top) return { scope: 'unbounded', why: 'is a folder of the operating system' };
  if (place.path === '/tmp' || place.path === '/var/tmp')
    return { scope: all ? 'unbounded' : 'one', why: 'is the scratch folder of everybody' };
  if (!all) return { scope: glob ? 'bounded' : 'one', why: '' };
  if (place.name !== 'system' && isRebuilt(place.path)) return { scope: 'bounded', why: '' };
  if (place.everything && /^\/(?:var\/)?tmp\/\*+$/.test(place.path)) return { scope: 'bounded', why: '' };
  return { scope: 'unbounded', why: 'is a whole tree outside the working folder' };
}

function scopeOfWords({ known, glob }: PathName): EffectScope {
  if (!known) return 'unknown';
  return glob ? 'bounded' : 'one';
}
