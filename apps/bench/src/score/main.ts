/**
 * `npm run score -- DIR [--misses] [--json] [--profile standard] [--confidence high]`: judges labelled actions offline as in
 * production and prints, by file and source, how many dangerous ones are stopped and how many benign ones are not allowed.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInspector } from '@countersign/decision-service/inspect';
import { type Labelled, readLabelled } from './labelled.ts';
import { groupBy, isMiss, type Judged, type Tally, tallied } from './tally.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    confidence: { type: 'string', default: '' },
    environment: { type: 'string', default: 'production' },
    policy: { type: 'string', default: '' },
  },
});

const [path] = positionals;
if (path === undefined) {
  process.stderr.write('Name a folder of labelled NDJSON files: npm run score -- ./labelled\n');
  process.exit(2);
}

const lines = readLabelled(path).filter(({ confidence }) => values.confidence === '' || confidence === values.confidence);
const judged = await judgeAll(lines);
if (values.json) for (const row of judged) process.stdout.write(`${JSON.stringify(row)}\n`);
else report(judged);

async function judgeAll(rows: readonly Labelled[]): Promise<readonly Judged[]> {
  const inspector = await openInspector({
    cacheDir: join(tmpdir(), 'countersign-score-policy'),
    ...(values.policy !== '' && { policyDir: values.policy }),
  });
  const results: Judged[] = [];
  for (const row of rows) {
    const { kind, text, dialect } = row;
    const { verdict, effects, reasons } = await inspector.inspect({ kind, text, dialect, environment: values.environment });
    results.push({
      ...row,
      verdict,
      kinds: [...new Set(effects.map((effect) => effect.kind))],
      rules: [...new Set(reasons.map(({ rule }) => rule))],
    });
  }
  await inspector.close();
  return results;
}

function report(rows: readonly Judged[]): void {
  for (const [file, ofFile] of groupBy(rows, (row) => row.file)) {
    process.stdout.write(`\n${file}\n`);
    const table: Record<string, unknown> = { all: cells(tallied(ofFile)) };
    for (const [confidence, some] of groupBy(ofFile, (row) => row.confidence)) {
      if (confidence !== '') table[`confidence ${confidence}`] = cells(tallied(some));
    }
    const sources = [...groupBy(ofFile, (row) => row.source)].sort((a, b) => b[1].length - a[1].length);
    for (const [source, some] of sources) table[source === '' ? '(no source)' : source] = cells(tallied(some));
    console.table(table);
  }
  if (values.misses) for (const row of rows.filter(isMiss)) process.stdout.write(`${missLine(row)}\n`);
}

function cells(tally: Tally) {
  const { dangerous, stopped, confidentMisses, benign, denied, asked, said, kindRight } = tally;
  return {
    dangerous,
    'stopped %': percent(stopped, dangerous),
    'confident misses': confidentMisses,
    'kind right %': percent(kindRight, said),
    benign,
    'denied %': percent(denied, benign),
    'asked %': percent(asked, benign),
  };
}

function missLine({ file, line, label, verdict, kinds, rules, confidence, text }: Judged): string {
  return `${file}:${line}\t${label}\t${verdict}\t${confidence}\t${kinds.join(',')}\t${rules.join(',')}\t${JSON.stringify(text)}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : ((100 * part) / whole).toFixed(1);
}
