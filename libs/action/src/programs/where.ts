/** Picks words of a call by the little language of `Where`. */
import type { Call, Where, Word } from './program.ts';

type Picker = (call: Call, into: Word[]) => void;

const INDEX = /^-?\d+$/;
const RANGE = /^(-?\d+)?\.\.(-?\d+)?$/;

/** Compiles a `Where`; the same text is compiled again for each table that says it, once a program. */
export function compileWhere(where: Where): (call: Call) => readonly Word[] {
  const pickers = where.trim().split(/\s+/).map(pickerOf);
  const [only] = pickers;
  if (where.trim() === '*') return (call) => call.operands;
  return (call) => {
    const words: Word[] = [];
    if (pickers.length === 1) only?.(call, words);
    else for (const pick of pickers) pick(call, words);
    return words;
  };
}

function pickerOf(token: string): Picker {
  if (token === '*') return (call, into) => void into.push(...call.operands);
  if (INDEX.test(token)) {
    const index = Number(token);
    return (call, into) => {
      const word = call.operands.at(index);
      if (word !== undefined) into.push(word);
    };
  }
  const range = RANGE.exec(token);
  if (range !== null) {
    const from = range[1] === undefined ? 0 : Number(range[1]);
    const to = range[2] === undefined ? undefined : Number(range[2]);
    return (call, into) => void into.push(...call.operands.slice(from, to));
  }
  return (call, into) => {
    for (const value of call.options.get(token) ?? []) if (value !== undefined) into.push(value);
  };
}
