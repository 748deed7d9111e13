/** Rows → the text of one insert. */
import type { LineageRow, RowCollector } from '@countersign/ports';

/** Small additions are kept together until they are worth a chunk. */
const CHUNK_UNITS = 256 << 10;

/** JSONCompactEachRow: one array a line, values in the order of the columns. */
export class EncodedRows implements RowCollector {
  size = 0;
  bytes = 0;
  columns: readonly string[] = [];
  readonly #chunks: Buffer[] = [];
  #text = '';

  add(rows: readonly LineageRow[]): void {
    const [first] = rows;
    if (first === undefined) return;
    if (this.size === 0) this.columns = Object.keys(first);
    this.size += rows.length;
    for (const row of rows) this.#text += `${JSON.stringify(Object.values(row))}\n`;
    if (this.#text.length >= CHUNK_UNITS) this.#flush();
  }

  /** Everything that was added, as UTF-8. */
  chunks(): readonly Buffer[] {
    this.#flush();
    return this.#chunks;
  }

  #flush(): void {
    if (this.#text === '') return;
    const chunk = Buffer.from(this.#text);
    this.#text = '';
    this.bytes += chunk.length;
    this.#chunks.push(chunk);
  }
}

/** Rows that were not collected are encoded now. */
export function encoded(rows: readonly LineageRow[] | RowCollector): EncodedRows {
  if (rows instanceof EncodedRows) return rows;
  if (!isRows(rows)) throw new TypeError('the rows were collected for another store');
  const own = new EncodedRows();
  own.add(rows);
  return own;
}

function isRows(rows: readonly LineageRow[] | RowCollector): rows is readonly LineageRow[] {
  return Array.isArray(rows);
}
