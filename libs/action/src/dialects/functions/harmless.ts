/** Which functions only compute, by dialect. */
import type { DialectName } from '../dialects.ts';
import { CLICKHOUSE_AGGREGATES, CLICKHOUSE_FAMILIES, CLICKHOUSE_SUFFIXES, CLICKHOUSE_TABLES, SPARK, TRINO } from './analytic.ts';
import { COMMON } from './common.ts';
import { OWN } from './own.ts';

const COMMON_NAMES: ReadonlySet<string> = namesIn(COMMON);

const OWN_NAMES: ReadonlyMap<DialectName, ReadonlySet<string>> = new Map(
  (Object.keys(OWN) as DialectName[]).map((dialect) => [dialect, namesIn([OWN[dialect], more(dialect)])]),
);

const AGGREGATES: ReadonlySet<string> = namesIn([CLICKHOUSE_AGGREGATES]);

function more(dialect: DialectName): string {
  if (dialect === 'clickhouse') return CLICKHOUSE_TABLES;
  if (dialect === 'databricks') return `${SPARK} ${OWN.hive}`;
  return dialect === 'trino' ? TRINO : '';
}

function namesIn(blocks: readonly string[]): Set<string> {
  return new Set(blocks.flatMap((block) => block.split(/\s+/)).filter((name) => name !== ''));
}

/** Prefixes that say only how a built-in function is to be found or to fail. */
const BUILT_IN_PREFIXES: Readonly<Partial<Record<DialectName, ReadonlySet<string>>>> = {
  bigquery: new Set(['safe']),
  redshift: new Set(['pg_catalog']),
  databricks: new Set(['builtin']),
};

/** `names` are the parts of the name in lower case. A name with a schema is somebody's own function, whatever it is called. */
export function isHarmless(names: readonly string[], dialect: DialectName): boolean {
  const name = names.at(-1) ?? '';
  const own = OWN_NAMES.get(dialect);
  if (names.length > 1) {
    if (own?.has(names.slice(-2).join('.')) === true) return true;
    return names.length === 2 && BUILT_IN_PREFIXES[dialect]?.has(names[0] ?? '') === true && isHarmless([name], dialect);
  }
  if (COMMON_NAMES.has(name) || own?.has(name) === true) return true;
  return dialect === 'clickhouse' && isClickHouse(name);
}

function isClickHouse(name: string): boolean {
  if (CLICKHOUSE_FAMILIES.test(name) || AGGREGATES.has(name)) return true;
  const suffix = CLICKHOUSE_SUFFIXES.exec(name);
  return suffix !== null && [...stems(name)].some((stem) => AGGREGATES.has(stem));
}

const SUFFIXES = 'if array map state merge mergestate foreach distinct ordefault ornull resample simplestate argmin argmax'.split(
  ' ',
);

/** `sumArrayIf` → `sumArray`, `sum`. */
function* stems(name: string): Generator<string> {
  let rest = [name];
  for (let round = 0; round < 3; round++) {
    rest = rest.flatMap((one) => SUFFIXES.filter((suffix) => one.endsWith(suffix)).map((suffix) => one.slice(0, -suffix.length)));
    yield* rest;
  }
}
