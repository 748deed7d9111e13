/** What an evaluation costs with ten, a hundred and a thousand rules of the operator's own: they are look-ups in data, not heads. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '@countersign/decision-service';
import { inputOf } from '@countersign/guardrails';
import type { Json } from '@countersign/kernel';
import { createPolicyHost, mergeSources, type PolicyHost } from '@countersign/policy-wasm';

export interface RuleFigures {
  /** Microseconds an evaluation, by the number of rules; medians of interleaved rounds. */
  readonly usByRules: Readonly<Record<number, number>>;
  readonly ratio: number;
}

const COUNTS = [10, 100, 1_000] as const;
const ROUNDS = 15;
const CALLS = 1_000;

export async function measureRules(): Promise<RuleFigures> {
  const hosts = await Promise.all(COUNTS.map(hostWith));
  // Every action touches a table that the last of the rules minds, and one that none does.
  const inputs = COUNTS.map((count) =>
    Buffer.from(
      JSON.stringify(inputOf({ case: '', effects: [`write one no shop.t${count - 1},shop.other`], verdict: 'deny', rules: [] })),
    ),
  );
  const times = COUNTS.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    hosts.forEach((host, at) => {
      const input = inputs[at] ?? Buffer.alloc(0);
      const start = performance.now();
      for (let call = 0; call < CALLS; call++) host.evaluate(input);
      times[at]?.push(((performance.now() - start) * 1_000) / CALLS);
    });
  }
  const medians = times.map((of) => of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0);
  return {
    usByRules: Object.fromEntries(COUNTS.map((count, at) => [count, medians[at] ?? 0])),
    ratio: (medians.at(-1) ?? 0) / (medians[0] ?? 1),
  };
}

async function hostWith(count: number): Promise<PolicyHost> {
  const source = await loadPolicy('');
  if (!source.ok) throw new Error(source.error.message);
  const host = createPolicyHost({ compileCacheDir: join(tmpdir(), 'countersign-bench-policy') });
  const activated = await host.activate(mergeSources(source.value, { data: rulesOfOwn(count) }));
  if (!activated.ok) throw new Error(activated.error.message);
  return host;
}

/** One rule a table, all of them behind one row, as an operator with many teams would have them. */
function rulesOfOwn(count: number): Json {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const verdicts = { strict: CLASSES, standard: CLASSES };
  const words = {
    severity: 'high',
    message: 'This changes a table of another team.',
    remedy: 'Ask the team that owns it.',
    verdicts,
  };
  const rules = Object.fromEntries(numbers.map((number) => [`team_${number}`, { id: `own.team_${number}`, ...words }]));
  const owned = Object.fromEntries(numbers.map((number) => [`shop.t${number}`, `team_${number}`]));
  return { own: { rules, owned }, rows: { table: { write: { 'own.other_team': { names: 'owned', spelt: 'table' } } } } };
}

const CLASSES = { protected: 'deny', staging: 'require_approval', open: 'allow' };
