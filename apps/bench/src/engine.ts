/** The engine alone: analyse and evaluate, for texts seen before and for new ones. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnalyser } from '@countersign/action';
import { loadPolicy } from '@countersign/decision-service';
import { packCases, inputOf } from '@countersign/guardrails';
import { createPolicyHost } from '@countersign/policy-wasm';
import { SEEN_SQL } from './requests.ts';

export interface EngineFigures {
  readonly seen: Percentiles;
  readonly fresh: Percentiles;
}

export interface Percentiles {
  readonly p50Us: number;
  readonly p99Us: number;
}

const CALLS = 20_000;

export async function measureEngine(): Promise<EngineFigures> {
  const policy = createPolicyHost({ compileCacheDir: join(tmpdir(), 'countersign-bench-policy') });
  const source = await loadPolicy('');
  if (!source.ok || !(await policy.activate(source.value)).ok) throw new Error('the shipped policy does not load');
  const analyser = await openAnalyser();
  const { effects: _, ...frame } = inputOf(packCases()[0] as never);
  const once = (text: string) => {
    const analysis = analyser.analyseNow({ kind: 'sql', name: '', text, dialect: 'postgres' });
    policy.evaluate(Buffer.from(JSON.stringify({ ...frame, effects: analysis?.effects ?? [] })));
  };
  const measure = (textOf: (n: number) => string): Percentiles => {
    const times = new Float64Array(CALLS);
    for (let n = 0; n < CALLS; n++) {
      const text = textOf(n);
      const start = performance.now();
      once(text);
      times[n] = (performance.now() - start) * 1_000;
    }
    times.sort();
    return { p50Us: times[CALLS / 2] ?? 0, p99Us: times[Math.floor(CALLS * 0.99)] ?? 0 };
  };
  try {
    measure(() => SEEN_SQL);
    return { seen: measure(() => SEEN_SQL), fresh: measure((n) => `${SEEN_SQL.replace('4711', String(10_000 + n))}`) };
  } finally {
    await analyser.close();
  }
}
