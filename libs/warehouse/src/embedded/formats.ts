/** Output formats: their names in SQL and their content types over HTTP. */

/** ClickHouse's default over HTTP. */
export const DEFAULT_FORMAT = 'TabSeparated';

const CONTENT_TYPES: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^JSON.*EachRow/i, 'application/x-ndjson; charset=UTF-8'],
  [/^(JSON|XML$)/i, 'application/json; charset=UTF-8'],
  [/^CSV/i, 'text/csv; charset=UTF-8; header=absent'],
  [/^(TabSeparated|TSV)/i, 'text/tab-separated-values; charset=UTF-8'],
  [/^Parquet$/i, 'application/vnd.apache.parquet'],
  [/^ArrowStream$/i, 'application/vnd.apache.arrow.stream'],
  [/^(Native|RowBinary|Arrow|ORC|Avro|Npy|MsgPack|BSON|RawBLOB)/i, 'application/octet-stream'],
];

export function contentTypeOf(format: string): string {
  return CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'text/plain; charset=UTF-8';
}

/** A format is one word; the engine says whether it knows it. */
export function isFormatName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(text);
}
