/** Files that `find` lists, as far as its tests name them: so that what is done to them afterwards is known to have bounds. */
import type { ReadCall } from '../programs/call-reader.ts';
import type { Input } from './reading.ts';
import type { ShellWord } from './scope.ts';

/** Programs that pass some of their lines on. */
const FILTERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'sort', 'head', 'tail', 'uniq', 'tac', 'shuf']);

/** Let through what the other tests do not. */
const WIDENING = ['-o', '-or', '-not', '-printf', '-fprintf', '-exec', '-execdir', '-ok', '-prune'];

/** Words that stand for the lines that a command prints; undefined where they may be anything. */
export function listedBy(name: string, call: ReadCall, io: Input): readonly ShellWord[] | undefined {
  if (name !== 'find') return FILTERS.has(name) && call.operands.length < 2 ? io.names : undefined;
  const pattern = (call.options.get('-name') ?? call.options.get('-iname'))?.at(-1);
  if (pattern === undefined || !pattern.known || !/[\w]/.test(pattern.text)) return undefined;
  if (WIDENING.some((option) => call.options.has(option)) || call.unread.length > 0) return undefined;
  if (call.operands.some(({ text, known }) => !known || /^[!(),]$/.test(text))) return undefined;
  const roots = call.operands.length === 0 ? ['.'] : call.operands.map(({ text }) => text);
  return roots.map((root) => ({
    text: `${root.replace(/\/$/, '')}/${pattern.text}`,
    span: call.span,
    known: true,
    glob: true,
    base: -1,
  }));
}
