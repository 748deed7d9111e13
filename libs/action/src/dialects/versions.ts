/**
 * MySQL's executable comments (`/*! … *\/`, `/*!50000 … *\/`, MariaDB's `/*M! … *\/`) and the client's DELIMITER. What a server runs of
 * them depends on its version, so a text has one reading for each version that matters: the effects of all of them count.
 */
import { blanked } from './lexer.ts';

/** More thresholds than these in one text, and nobody says what it does. */
const READINGS = 6;
const COMMENT = /\/\*(M?!)(\d{5,6})?/g;

interface Versioned {
  readonly start: number;
  readonly open: number;
  readonly close: number;
  readonly maria: boolean;
  readonly version: number;
}

/** The texts that servers of different versions would run, offsets unchanged; undefined when there are too many or one does not end. */
export function readingsOf(text: string): readonly string[] | undefined {
  if (!text.includes('/*!') && !text.includes('/*M!')) return [text];
  const comments = versionedIn(text);
  if (comments === undefined) return undefined;
  const thresholds = [...new Set(comments.map((comment) => comment.version))].sort((a, b) => a - b);
  const maria = comments.some((comment) => comment.maria);
  if (thresholds.length * (maria ? 2 : 1) > READINGS) return undefined;
  const readings: string[] = [];
  for (const runsMaria of maria ? [true, false] : [true])
    for (const limit of [-1, ...thresholds])
      readings.push(reading(text, comments, (comment) => comment.version <= limit && (runsMaria || !comment.maria)));
  return [...new Set(readings)];
}

function versionedIn(text: string): Versioned[] | undefined {
  const comments: Versioned[] = [];
  let end = 0;
  for (const match of text.matchAll(COMMENT)) {
    if (match.index < end) return undefined;
    const close = text.indexOf('*/', match.index + 2);
    // A comment within: where this one ends is then a matter of the version.
    if (close < 0 || text.slice(match.index + 2, close).includes('/*')) return undefined;
    const open = match.index + match[0].length;
    comments.push({
      start: match.index,
      open: Math.min(open, close),
      close,
      maria: match[1] === 'M!',
      version: Number(match[2] ?? 0),
    });
    end = close + 2;
  }
  return comments;
}

function reading(text: string, comments: readonly Versioned[], runs: (comment: Versioned) => boolean): string {
  const ranges = comments.flatMap((comment) =>
    runs(comment) ? [comment.start, comment.open, comment.close, comment.close + 2] : [comment.start, comment.close + 2],
  );
  return blanked(text, ranges);
}

/** The client's DELIMITER lines become spaces and its delimiter a `;`, so that every statement ends the same way. */
export function withoutDelimiters(text: string): string {
  if (!/^[ \t]*delimiter[ \t]/im.test(text)) return text;
  let delimiter = ';';
  return text
    .split('\n')
    .map((line) => {
      const set = /^[ \t]*delimiter[ \t]+(\S+)[ \t\r]*$/i.exec(line)?.[1];
      if (set !== undefined) {
        delimiter = set;
        return ' '.repeat(line.length);
      }
      return delimiter === ';' ? line : line.replaceAll(delimiter, ';'.padEnd(delimiter.length));
    })
    .join('\n');
}
