/** The action's text with marks under the parts that effects point at. */
import { shownCharacter } from './escape.ts';

export interface Mark {
  /** `[start, end)` in UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** Safe text, printed after the mark. */
  readonly label: string;
}

/** A mark in the middle of a very long line is shown with this much around it. */
const CAP_LINE_COLUMNS = 120;
const LEAD_COLUMNS = 20;
/** People read the first lines; programs take --json. */
const CAP_LINES = 40;

interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly columns: number;
}

/** Lines of the text, each followed by a line of carets for every mark in it. */
export function underline(text: string, marks: readonly Mark[]): readonly string[] {
  const lines: string[] = [];
  let offset = 0;
  const parts = text.split('\n');
  for (const [index, part] of parts.entries()) {
    const end = offset + part.length;
    const from = offset;
    const here = marks
      .filter((mark) => mark.start < Math.max(end, from + 1) && mark.end > from)
      .map((mark) => (mark.start >= from ? mark : { ...mark, label: '' }));
    if (lines.length >= CAP_LINES && here.length === 0) {
      offset = end + 1;
      continue;
    }
    lines.push(...markedLine(part, offset, here));
    if (lines.length >= CAP_LINES && index < parts.length - 1) lines.push('…');
    offset = end + 1;
  }
  return lines;
}

function markedLine(part: string, offset: number, marks: readonly Mark[]): readonly string[] {
  const cells = cellsOf(part, offset);
  const width = cells.reduce((sum, cell) => sum + cell.columns, 0);
  if (width <= CAP_LINE_COLUMNS) return [textOf(cells), ...marks.map((mark) => caretLine(cells, 0, mark))];
  if (marks.length === 0) return [`${textOf(windowOf(cells, 0))}…`];
  return marks.flatMap((mark) => {
    const cut = Math.max(0, columnOf(cells, mark.start) - LEAD_COLUMNS);
    const window = windowOf(cells, cut);
    const left = cut > 0 ? '…' : '';
    return [`${left}${textOf(window)}…`, caretLine(window, left.length, mark)];
  });
}

function cellsOf(part: string, offset: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = offset;
  for (const character of part) {
    cells.push({ offset: at, ...shownCharacter(character) });
    at += character.length;
  }
  return cells;
}

function windowOf(cells: readonly Cell[], fromColumn: number): readonly Cell[] {
  let column = 0;
  return cells.filter((cell) => {
    const start = column;
    column += cell.columns;
    return start >= fromColumn && column <= fromColumn + CAP_LINE_COLUMNS;
  });
}

function columnOf(cells: readonly Cell[], offset: number): number {
  return cells.filter((cell) => cell.offset < offset).reduce((sum, cell) => sum + cell.columns, 0);
}

function caretLine(cells: readonly Cell[], indent: number, mark: Mark): string {
  const marked = cells.filter((cell) => cell.offset >= mark.start && cell.offset < mark.end);
  const columns = marked.reduce((sum, cell) => sum + cell.columns, 0);
  const before = indent + columnOf(cells, mark.start);
  return `${' '.repeat(before)}${'^'.repeat(Math.max(1, columns))}${mark.label === '' ? '' : ` ${mark.label}`}`;
}

function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join('');
}
