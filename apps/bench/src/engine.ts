/** The engine alone: analyse and evaluate, for texts seen before and for new ones. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnalyser } from '@countersign/action';
import { type InputMember, inputMember } from '@countersign/decision';
import { loadPolicy } from '@countersign/decision-service';
import { packCases, inputOf } from '@countersign/guardrails';
import { createPolicyHost } from '@countersign/policy-wasm';
import { SEEN_SQL } from './requests.ts';

export interface EngineFigures {
  /** Analysis and evaluation together, as the pipeline does them. */
  readonly seen: Percentiles;
  readonly fresh: Percentiles;
  /** Analysis alone. */
  readonly analysis: { readonly seen: Percentiles; readonly newSql: Percentiles; readonly newShell: Percentiles };
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
  const kept = Object.entries(frame).map(([member, value]) => inputMember(member, JSON.stringify(value), true));
  const analyse = (kind: 'sql' | 'shell', text: string) =>
    analyser.analyseNow({ kind, name: '', text, dialect: kind === 'sql' ? 'postgres' : '' });
  const known = new Map<string, InputMember>();
  const once = (text: string) => {
    const analysis = analyse('sql', text);
    let effects = known.get(text);
    if (!effects) {
      effects = inputMember('effects', JSON.stringify(analysis?.effects ?? []), true);
      if (text === SEEN_SQL) known.set(text, effects);
    }
    policy.evaluateParts([...kept, effects]);
  };
  const measure = (textOf: (n: number) => string, work: (text: string) => unknown = once): Percentiles => {
    const times = new Float64Array(CALLS);
    for (let n = 0; n < CALLS; n++) {
      const text = textOf(n);
      const start = performance.now();
      work(text);
      times[n] = (performance.now() - start) * 1_000;
    }
    times.sort();
    return { p50Us: times[CALLS / 2] ?? 0, p99Us: times[Math.floor(CALLS * 0.99)] ?? 0 };
  };
  try {
    const sql = (text: string) => analyse('sql', text);
    const shell = (text: string) => analyse('shell', text);
    measure(() => SEEN_SQL);
    measure((n) => newShell(n + CALLS), shell);
    return {
      seen: measure(() => SEEN_SQL),
      fresh: measure((n) => newSql(n)),
      analysis: {
        seen: measure(() => SEEN_SQL, sql),
        newSql: measure((n) => newSql(n + CALLS), sql),
        newShell: measure(newShell, shell),
      },
    };
  } finally {
    await analyser.close();
  }
}

function newSql(n: number): string {
  return SEEN_SQL.replace('4711', String(10_000 + n));
}

/** What agents type all day, none of it twice. */
const COMMANDS: readonly string[] = [
  'git log --oneline -n 20 -- src/orders/@.ts',
  "grep -rn 'order @' src | head -n 20",
  'kubectl get pods -n shop-@ -o wide',
  'sed -n 1,80p services/@/main.py',
  'find . -name "*.test.ts" -newer build/@.txt | xargs wc -l',
  'curl -s https://api.example.com/v1/orders/@ | jq .total',
  'cd services/@ && npm test -- --watch=false',
  'rm -rf build/@ && mkdir -p build/@',
];

function newShell(n: number): string {
  return (COMMANDS[n % COMMANDS.length] ?? '').replaceAll('@', String(10_000 + n));
}
