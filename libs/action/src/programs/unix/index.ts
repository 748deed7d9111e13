/** Every program of Unix, of developers and of administrators that is known, by family. */
import type { Program } from '../program.ts';

export const UNIX_PROGRAMS: readonly Program[] = [];
