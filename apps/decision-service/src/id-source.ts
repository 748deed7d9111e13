/** Ids of first-hand facts: UUIDv7, with randomness drawn in bulk because one draw a decision would cost more than the id. */
import { randomFillSync } from 'node:crypto';
import { uuidV7 } from '@countersign/kernel';
import type { Clock } from '@countersign/ports';

const RANDOM_BYTES_PER_ID = 10;
const POOL_BYTES = 10_240;

export function createIdSource(clock: Clock): () => string {
  const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
  let at = POOL_BYTES;
  return () => {
    if (at >= POOL_BYTES) {
      randomFillSync(pool);
      at = 0;
    }
    const id = uuidV7(clock.nowMs(), pool.subarray(at, at + RANDOM_BYTES_PER_ID));
    at += RANDOM_BYTES_PER_ID;
    return id;
  };
}
