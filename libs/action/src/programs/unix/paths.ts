/** What a path given to a removing program covers: a scratch place, one thing, or a whole tree that others live in. */
import { placeOf } from '../../shell/place.ts';
import type { Word } from '../program.ts';

export type Reach = 'scratch' | 'plain' | 'vast';

const DRIVE = /^[a-z]:[\\/]?\*?$/iu;
const ALL_SCRATCH = /^\/(?:var\/|private\/)?tmp\/\*+$/u;
/** Where a system, its people and its services keep what they have, two levels deep. */
const KEPT = /^\/(?:home|users|usr|var|etc|boot|system|opt|srv|mnt|media)(?:\/[^/]+)?(?:\/\*+)?$/iu;

export function reachOf({ text, known }: Word): Reach {
  if (DRIVE.test(text)) return 'vast';
  const { name, path, everything } = placeOf(text, known);
  if (ALL_SCRATCH.test(path)) return 'scratch';
  switch (name) {
    case 'scratch':
      return 'scratch';
    case 'root':
    case 'home':
    case 'here':
    case 'device':
      return 'vast';
    case 'above':
      return everything || /^(?:\.\.\/?)+$/u.test(path) ? 'vast' : 'plain';
    case 'system':
    case 'elsewhere':
      return /^\/[^/]*$/u.test(path) || KEPT.test(path) ? 'vast' : 'plain';
    case 'at-home':
    case 'below':
    case 'computed':
      return 'plain';
  }
}
