/** Runs the cases of a contract; an adapter's known gaps run too and must still fail. */
import { describe, it } from 'vitest';

export type Cases<Context> = Readonly<Record<string, (context: Context) => Promise<void>>>;

/** The reason, by the name of the case, for which an adapter cannot keep that promise. */
export type Gaps<Names extends string> = Readonly<Partial<Record<Names, string>>>;

/** One test a case, each with a context of its own. A gap that no longer fails turns the run red: delete it then. */
export function runContract<Context extends { destroy(): Promise<void> }, Names extends string>(
  name: string,
  cases: Readonly<Record<Names, (context: Context) => Promise<void>>>,
  open: () => Promise<Context>,
  gaps: Gaps<Names>,
): void {
  describe(name, () => {
    for (const promise of Object.keys(cases) as Names[]) {
      const reason = gaps[promise];
      const run = async () => {
        const context = await open();
        try {
          await cases[promise](context);
        } finally {
          await context.destroy();
        }
      };
      if (reason === undefined) it(promise, run);
      else it.fails(`${promise} (gap: ${reason})`, run);
    }
  });
}
