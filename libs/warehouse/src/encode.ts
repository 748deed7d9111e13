/** Rows → the text of one insert, in slices, so that a large block does not hold the event loop. */
import type { LineageRow } from '@countersign/ports';

/** Under 1 ms of work; seven tables are encoded in turns. */
const SLICE_ROWS = 250;

export interface EncodedBlock {
  readonly columns: readonly string[];
  /** JSONCompactEachRow: one array a line, values in the order of the columns. */
  readonly chunks: readonly Buffer[];
  readonly bytes: number;
}

const encoded = new WeakMap<readonly LineageRow[], Promise<EncodedBlock>>();

/** The same array of rows (the two tables of edges share one) is encoded once. All rows must have the first one's columns, in its order. */
export function encodeBlock(rows: readonly LineageRow[]): Promise<EncodedBlock> {
  const known = encoded.get(rows);
  if (known) return known;
  const block = encodeSlices(rows);
  encoded.set(rows, block);
  return block;
}

async function encodeSlices(rows: readonly LineageRow[]): Promise<EncodedBlock> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (let from = 0; from < rows.length; from += SLICE_ROWS) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    const chunk = encodeSlice(rows, from, Math.min(from + SLICE_ROWS, rows.length));
    bytes += chunk.length;
    chunks.push(chunk);
  }
  return { columns: Object.keys(rows[0] ?? {}), chunks, bytes };
}

function encodeSlice(rows: readonly LineageRow[], from: number, to: number): Buffer {
  let text = '';
  for (let index = from; index < to; index++) text += `${JSON.stringify(Object.values(rows[index] as LineageRow))}\n`;
  return Buffer.from(text);
}
