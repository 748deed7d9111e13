/** The answer of a query as rows: names and types first, then one array a line. */
import type { QueryResult } from '@countersign/ports';
import { QueryRefused } from '@countersign/ports';
import { queryFailure } from './errors.ts';

interface RawRow {
  readonly text: string;
}

/** Reads the two header lines, so that a refused statement rejects here and not at the first row. */
export async function readRows(batches: AsyncIterable<readonly RawRow[]>): Promise<QueryResult> {
  const lines = flatten(batches);
  const names = await nextLine(lines);
  const types = await nextLine(lines);
  if (!names || !types) return { columns: [], rows: noRows() };
  const columns = names.map((name, index) => ({ name: String(name), type: String(types[index]) }));
  return { columns, rows: parseAll(lines) };
}

async function* noRows(): AsyncGenerator<readonly unknown[]> {}

async function* flatten(batches: AsyncIterable<readonly RawRow[]>): AsyncGenerator<string> {
  try {
    for await (const batch of batches) for (const row of batch) yield row.text;
  } catch (thrown) {
    throw queryFailure(thrown);
  }
}

async function* parseAll(lines: AsyncGenerator<string>): AsyncGenerator<readonly unknown[]> {
  for await (const line of lines) yield parseLine(line);
}

async function nextLine(lines: AsyncGenerator<string>): Promise<readonly unknown[] | undefined> {
  const { value, done } = await lines.next();
  return done ? undefined : parseLine(value);
}

const MAYBE_TOO_LARGE = /\d{16}/;

/** Whole numbers that a double cannot hold come back as text, digit for digit. */
function parseLine(line: string): readonly unknown[] {
  try {
    return MAYBE_TOO_LARGE.test(line) ? JSON.parse(line, keepDigits) : JSON.parse(line);
  } catch (cause) {
    throw new QueryRefused('the answer is not in the expected format: leave the FORMAT clause out', { cause });
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? (context?.source ?? value)
    : value;
}
