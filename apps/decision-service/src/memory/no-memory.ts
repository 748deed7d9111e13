/** A memory that knows nothing and keeps nothing, for a pipeline that only warms up. */
import type { Memory } from './memory.ts';

export const NO_MEMORY: Memory = {
  changes: 0,
  before: () => ({ members: '', position: 0 }),
  begin: () => undefined,
  durable: () => undefined,
  lost: () => undefined,
  reported: () => undefined,
};
