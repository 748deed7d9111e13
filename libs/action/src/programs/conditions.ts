/** Conditions of program tables, compiled; a word that is only known at run time makes the answer `maybe`. */
import type { Call, Condition, Word } from './program.ts';

/** A table that is not written in its language: a bug in a shipped one, a mistake in the operator's. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export type Answer = 'no' | 'maybe' | 'yes';

type Test = (call: Call) => Answer;

export const ALWAYS: Test = () => 'yes';

export function compileCondition(condition: Condition | undefined): Test {
  if (condition === undefined || condition.trim() === '') return ALWAYS;
  const all = condition
    .trim()
    .split(/\s+/)
    .map((token) => anyOf(alternatives(token)));
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  return (call) => {
    let answer: Answer = 'yes';
    for (const test of all) {
      const one = test(call);
      if (one === 'no') return 'no';
      if (one === 'maybe') answer = 'maybe';
    }
    return answer;
  };
}

/** `-o=json|yaml|-f` is two alternatives: what begins like a test is one, the rest are further values of the last one. */
function alternatives(token: string): Test[] {
  const tests: { head: string; values: string[] }[] = [];
  for (const part of token.split('|')) {
    const last = tests.at(-1);
    if (last === undefined || (part.length > 1 && /^[-!#@+]/.test(part))) tests.push({ head: part, values: [] });
    else last.values.push(part);
  }
  return tests.map(({ head, values }) => testOf(head, values));
}

function anyOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (call) => {
    let answer: Answer = 'no';
    for (const test of tests) {
      const one = test(call);
      if (one === 'yes') return 'yes';
      if (one === 'maybe') answer = 'maybe';
    }
    return answer;
  };
}

function testOf(head: string, more: readonly string[]): Test {
  if (head.startsWith('!')) {
    const test = testOf(head.slice(1), more);
    return (call) => {
      const answer = test(call);
      return answer === 'maybe' ? 'maybe' : answer === 'yes' ? 'no' : 'yes';
    };
  }
  if (head.startsWith('#')) return countTest(head);
  if (head.startsWith('@')) return operandTest(head, more);
  return optionTest(head, more);
}

function countTest(head: string): Test {
  const found = /^#(>=|<=|=|>|<)(\d+)$/.exec(head);
  if (found === null) throw new TableError(`not a condition: ${head}`);
  const [, sign, digits] = found;
  const count = Number(digits);
  return ({ operands: { length } }) => {
    if (sign === '=') return yesNo(length === count);
    if (sign === '>') return yesNo(length > count);
    if (sign === '<') return yesNo(length < count);
    return yesNo(sign === '>=' ? length >= count : length <= count);
  };
}

function operandTest(head: string, more: readonly string[]): Test {
  const found = /^@(\*|-?\d+)([=~^])([^]*)$/.exec(head);
  if (found === null) throw new TableError(`not a condition: ${head}`);
  const [, which = '*', sign = '=', value = ''] = found;
  const matches = matcher(sign, [value, ...more]);
  if (which === '*') return ({ operands }) => someWord(operands, matches);
  const index = Number(which);
  return ({ operands }) => {
    const word = operands.at(index);
    return word === undefined ? 'no' : onWord(word, matches);
  };
}

function optionTest(head: string, more: readonly string[]): Test {
  const found = /^([-+]{0,2}[^=~^]+)(?:([=~^])([^]*))?$/.exec(head);
  if (found === null) throw new TableError(`not a condition: ${head}`);
  const [, name = '', sign, value = ''] = found;
  if (sign === undefined) return ({ options }) => yesNo(options.has(name));
  const matches = matcher(sign, [value, ...more]);
  return ({ options }) => {
    const values = options.get(name);
    return values === undefined ? 'no' : someWord(values, matches);
  };
}

function matcher(sign: string, values: readonly string[]): (text: string) => boolean {
  if (sign === '=') return (text) => values.includes(text);
  if (sign === '~') return (text) => values.some((value) => text.includes(value));
  return (text) => values.some((value) => text.startsWith(value));
}

function someWord(words: readonly (Word | undefined)[], matches: (text: string) => boolean): Answer {
  let answer: Answer = 'no';
  for (const word of words) {
    const one = word === undefined ? yesNo(matches('')) : onWord(word, matches);
    if (one === 'yes') return 'yes';
    if (one === 'maybe') answer = 'maybe';
  }
  return answer;
}

function onWord(word: Word, matches: (text: string) => boolean): Answer {
  if (matches(word.text)) return 'yes';
  return word.known ? 'no' : 'maybe';
}

function yesNo(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}
