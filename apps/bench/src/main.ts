/** `npm run bench [-- --seconds 5 --only unary,engine,rules,memory,lineage]`: prints a table and writes bench.json into the current folder. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureEngine } from './engine.ts';
import { measureLineage } from './lineage.ts';
import { measureMemory } from './memory.ts';
import { measureRules } from './rules.ts';
import { measureUnary, median } from './unary.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, only: { type: 'string', default: 'unary,engine,rules,memory,lineage' } },
});
const parts = values.only.split(',');
const rows: { what: string; measured: string; first: string }[] = [];
const figures: Record<string, unknown> = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown' };

if (parts.includes('unary')) {
  const unary = await measureUnary(Number(values.seconds));
  figures['unary'] = unary;
  const { requestBytes, responseBytes } = unary;
  rows.push(
    row(`bare grpc-js echo, ${requestBytes} B in, ${responseBytes} B out`, `${rate(median(unary.echoPerS))} requests/s`, ''),
    row('unary Decide, SQL seen, durable', `${rate(median(unary.decidePerS))} decisions/s`, ''),
    row('  ratio to the echo', unary.ratio.toFixed(2), '≥ 0.55'),
    row('DecideBatch of 50, durable', `${rate(median(unary.batchDecisionsPerS))} decisions/s`, '≥ 20,000'),
    row('  each of another agent and text', `${rate(median(unary.mixedDecisionsPerS))} decisions/s`, ''),
  );
}
if (parts.includes('engine')) {
  const engine = await measureEngine();
  figures['engine'] = engine;
  rows.push(
    row('engine, text seen', micros(engine.seen), 'p50 ≤ 20 µs'),
    row('engine, new text', micros(engine.fresh), 'p50 ≤ 60 µs'),
    row('analysis alone, text seen', micros(engine.analysis.seen), 'p50 ≤ 5 µs'),
    row('analysis alone, new SQL', micros(engine.analysis.newSql), 'p50 ≤ 60, p99 ≤ 300 µs'),
    row('analysis alone, new shell', micros(engine.analysis.newShell), 'p50 ≤ 60, p99 ≤ 300 µs'),
  );
}
if (parts.includes('rules')) {
  const rules = await measureRules();
  figures['rules'] = rules;
  rows.push(row('evaluation, 1,000 rules against 10', `${rules.ratio.toFixed(2)}x`, '≤ 2x'));
}
if (parts.includes('memory')) {
  const memory = measureMemory();
  figures['memory'] = memory;
  rows.push(row(`memory, ${rate(memory.sessions)} live sessions`, micros(memory), 'p99 ≤ 50 µs'));
}
if (parts.includes('lineage')) {
  const lineage = await measureLineage();
  figures['lineage'] = lineage;
  rows.push(
    row('journal → ClickHouse', `${rate(lineage.eventsPerS)} events/s`, '≥ 20,000'),
    row(
      `  lag at ${rate(lineage.lagAtEventsPerS)} events/s`,
      `p50 ${lineage.lagP50Ms.toFixed(0)} ms, p99 ${lineage.lagP99Ms.toFixed(0)} ms`,
      'p99 ≤ 1 s',
    ),
  );
}
console.table(rows);
writeFileSync('bench.json', `${JSON.stringify(figures, null, 2)}\n`);

function row(what: string, measured: string, first: string) {
  return { what, measured, first };
}

function rate(perS: number): string {
  return Math.round(perS).toLocaleString('en');
}

function micros({ p50Us, p99Us }: { p50Us: number; p99Us: number }): string {
  return `p50 ${p50Us.toFixed(1)} µs, p99 ${p99Us.toFixed(1)} µs`;
}
