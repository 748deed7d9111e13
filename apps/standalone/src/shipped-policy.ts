/** The shipped policy as the build compiled it, brought into an installation's own cache. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '@countersign/kernel';

export const SHIPPED_CACHE = fileURLToPath(new URL('../dist/policy-cache', import.meta.url));

/** Copies what is missing. A cache entry is checked by digest when it is used, so a damaged copy only costs a compilation. */
export function seedPolicyCache(cacheDir: string, onWarning: (message: string) => void): void {
  if (!existsSync(SHIPPED_CACHE)) return;
  try {
    mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(SHIPPED_CACHE)) {
      const target = join(cacheDir, name);
      if (!existsSync(target)) copyFileSync(join(SHIPPED_CACHE, name), target);
    }
  } catch (error) {
    // It only saves time: without it the policy is compiled.
    onWarning(`the compiled policy could not be copied to ${cacheDir}: ${messageOf(error)}`);
  }
}
