/** Options whose value may be `|command` instead of a file: then the command is read. */
import type { Effect } from '@countersign/kernel';
import { pointed } from '../../reader.ts';
import type { Refine, Word } from '../program.ts';
import { valuesOf } from './define.ts';

export function pipedOutput(...options: readonly string[]): Refine {
  return (call, found, cx) => {
    const piped = valuesOf(call, ...options).filter((word) => /^\s*[|!]/u.test(word.text));
    return piped.length === 0 ? found : [...withoutFiles(found, piped), ...piped.flatMap((word) => read(word))];

    function read(word: Word): Effect[] {
      const text = word.text.replace(/^\s*[|!]/u, '');
      return pointed(cx.embedded({ kind: 'shell', text }).effects, word.span, call.program);
    }
  };
}

/** An input file that is a command: `sox '|command' out.wav`. */
export const pipedInput: Refine = (call, found, cx) => {
  const piped = call.operands.filter((word) => word.text.startsWith('|'));
  if (piped.length === 0) return found;
  const read = piped.flatMap((word) =>
    pointed(cx.embedded({ kind: 'shell', text: word.text.slice(1) }).effects, word.span, call.program),
  );
  return [...withoutFiles(found, piped), ...read];
};

function withoutFiles(found: readonly Effect[], piped: readonly Word[]): Effect[] {
  const names = piped.map((word) => word.text);
  return found.filter((one) => one.targets.length === 0 || !one.targets.every((target) => names.includes(target.name)));
}
