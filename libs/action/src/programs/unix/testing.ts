/** For tests: what a command line does in a few words, and which texts of other languages are found inside it. */
import { type Analysis, analysisOf } from '../../analysis.ts';
import type { Inner } from '../../reader.ts';
import { contextOfLine, effectsOfLine } from '../../shell/testing.ts';

/** Kinds and scopes in the order of the effects, each once: `read/one write/bounded`; `none` for a line that does nothing. */
export function deeds(line: string): string {
  const words = effectsOfLine(line)
    .filter(({ kind }) => kind !== 'none')
    .map(({ kind, scope }) => `${kind}/${scope}`);
  return words.length === 0 ? 'none' : [...new Set(words)].join(' ');
}

/** The texts that other readers get, each with its kind and dialect: `sql postgres: SELECT 1`. */
export function innerTexts(line: string): readonly string[] {
  const texts: string[] = [];
  const shell = contextOfLine().embedded;
  const embedded = (inner: Inner): Analysis => {
    if (inner.kind === 'shell') return shell(inner);
    texts.push(`${inner.kind} ${inner.dialect ?? ''}: ${inner.text}`.replace(' :', ':'));
    return analysisOf([]);
  };
  effectsOfLine(line, { embedded });
  return texts;
}

/** Rows of a table of cases: a command line, ` => `, what is expected. */
export function cases(table: string): (readonly [string, string])[] {
  return table
    .trim()
    .split('\n')
    .map((row): readonly [string, string] => {
      const at = row.lastIndexOf(' => ');
      return [row.slice(0, at).trim(), row.slice(at + ' => '.length).trim()];
    });
}
