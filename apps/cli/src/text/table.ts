/** Columns for people. Cells are made safe here; the last column takes what room is left. */
import { clip, columnsOf, shown } from './escape.ts';

const GAP = '  ';
const CAP_CELL_COLUMNS = 60;

/** Lines; the head first. `width` 0 does not cut the last column. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width = 0): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(shown));
  const last = head.length - 1;
  const widths = head.map((_, column) =>
    Math.min(CAP_CELL_COLUMNS, Math.max(...cells.map((row) => columnsOf(row[column] ?? '')))),
  );
  const before = widths.slice(0, last).reduce((sum, columns) => sum + columns + GAP.length, 0);
  const room = width === 0 ? Number.POSITIVE_INFINITY : Math.max(20, width - before);
  return cells.map((row) =>
    row
      .map((cell, column) => (column === last ? clip(cell, room) : pad(clip(cell, widths[column] ?? 0), widths[column] ?? 0)))
      .join(GAP)
      .trimEnd(),
  );
}

function pad(safe: string, columns: number): string {
  return safe + ' '.repeat(Math.max(0, columns - columnsOf(safe)));
}
