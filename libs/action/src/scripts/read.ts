/** Programs of interpreters (`python -c`, `node -e`, awk …) → effects. */
import type { Effect } from '@countersign/kernel';
import { type Analysis, analysisOf, unreadable } from '../analysis.ts';
import { type ActionInput } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, type Reader } from '../reader.ts';
import type { Expression } from './expression.ts';
import { javascriptProgram } from './javascript/tree.ts';
import { JAVASCRIPT } from './javascript/names.ts';
import { judgeProgram } from './judge.ts';
import type { Language } from './language.ts';
import { phpProgram } from './php/tree.ts';
import { PHP } from './php/names.ts';
import { PYTHON } from './python/names.ts';
import { pythonProgram } from './python/tree.ts';
import { awkEffects } from './text/awk.ts';
import { perlEffects } from './text/perl.ts';
import { rubyEffects } from './text/ruby.ts';
import { sedEffects } from './text/sed.ts';

/** Longest program (UTF-16 units) that is read in the calling thread, and that is read at all. */
const HERE_UNITS = 2048;
const TEXT_UNITS = 128 * 1024;

interface Parsed {
  readonly language: Language;
  readonly parse: (text: string) => readonly Expression[] | undefined;
}

const PARSED: ReadonlyMap<string, Parsed> = new Map<string, Parsed>([
  ['python', { language: PYTHON, parse: pythonProgram }],
  ['javascript', { language: JAVASCRIPT, parse: javascriptProgram }],
  ['php', { language: PHP, parse: phpProgram }],
]);

type Scanned = (text: string, cx: ReadContext) => readonly Effect[];

const SCANNED: ReadonlyMap<string, Scanned> = new Map<string, Scanned>([
  ['awk', awkEffects],
  ['sed', sedEffects],
  ['perl', perlEffects],
  ['ruby', rubyEffects],
]);

const SYNONYMS: Readonly<Record<string, string>> = {
  python3: 'python',
  node: 'javascript',
  js: 'javascript',
  typescript: 'javascript',
  gawk: 'awk',
  mawk: 'awk',
};

export const readScript: Reader = (action: ActionInput | Inner, cx) => {
  const given = (action.dialect ?? '').toLowerCase();
  const dialect = SYNONYMS[given] ?? given;
  const { text } = action;
  if (text.length > TEXT_UNITS) return unreadable(text, `the program is longer than ${TEXT_UNITS} characters`);
  if (cx.place === 'here' && text.length > HERE_UNITS) throw new NotHere('a long program');
  const parsed = PARSED.get(dialect);
  if (parsed !== undefined) {
    const program = parsed.parse(text);
    return program === undefined
      ? unreadable(text, `not ${dialect} that can be read`)
      : told(judgeProgram(program, parsed.language, cx), text);
  }
  // Their patterns are big: compiling them at their first use takes longer than a caller's thread may be held.
  if (cx.place === 'here' && (dialect === 'perl' || dialect === 'ruby')) throw new NotHere(`a program in ${dialect}`);
  const scanned = SCANNED.get(dialect);
  return scanned === undefined
    ? unreadable(text, `programs in ${dialect.slice(0, 40)} cannot be read`)
    : told(scanned(text, cx), text);
};

function told(effects: readonly Effect[], text: string): Analysis {
  if (effects.length > 0) return analysisOf(effects);
  return analysisOf([
    {
      kind: 'none',
      scope: 'one',
      reversible: 'yes',
      targets: [],
      span: { start: 0, end: text.length },
      via: '',
      why: 'only computes',
    },
  ]);
}
