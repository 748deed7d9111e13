/** Gives each action to the reader of its language, and each text inside it to the reader of that one; bounded in depth and pieces. */
import { type ActionInput, type Analysis, unreadable } from './analysis.ts';
import type { Catalogue } from './catalogue.ts';
import type { Inner, ReadContext, Reader } from './reader.ts';

/** Throws NotHere where only the worker may read the action. */
export type Dispatch = (action: ActionInput, catalogue: Catalogue) => Analysis;

/** Languages inside languages: `ssh host "psql -c \"DO $$ … $$\""` has four. */
const DEPTH = 8;
/** Texts of other languages inside one action. */
const PIECES = 200;

export function createDispatch(readers: ReadonlyMap<string, Reader>, place: ReadContext['place']): Dispatch {
  return (action, catalogue) => {
    let pieces = PIECES;
    const contextAt = (depth: number): ReadContext => ({
      catalogue,
      target: action.target ?? '',
      place,
      depth,
      embedded: (inner) => {
        if (depth >= DEPTH) return unreadable(inner.text, `more than ${DEPTH} languages inside each other`);
        if (--pieces < 0) return unreadable(inner.text, `more than ${PIECES} texts of other languages inside`);
        return read(inner, contextAt(depth + 1));
      },
    });
    return read(action, contextAt(0));
  };

  function read(action: ActionInput | Inner, cx: ReadContext): Analysis {
    const reader = readers.get(action.kind);
    if (reader === undefined) return unreadable(action.text, `actions of the kind ${action.kind} cannot be read yet`);
    if (action.text.includes('\0')) {
      return unreadable(action.text, 'the text contains a NUL character, at which a parser may stop reading');
    }
    if (!action.text.isWellFormed()) return unreadable(action.text, 'the text is not valid Unicode');
    try {
      return reader(action, cx);
    } catch (error) {
      // A tree too deep for the stack is a text that cannot be read, not a bug.
      if (error instanceof RangeError) return unreadable(action.text, `nested too deeply: ${error.message}`);
      throw error;
    }
  }
}
