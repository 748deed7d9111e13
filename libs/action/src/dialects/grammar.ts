/** The grammar of the dialects (sqlparser-rs compiled to WebAssembly) as one plain function: text in, syntax tree or refusal out. */
import { messageOf } from '@countersign/kernel';
import { init, parse, ParserError } from '@guanmingchiu/sqlparser-ts';

/** A syntax tree: structs are objects in snake_case, variants of enums objects of one key in PascalCase, or strings. */
export type Tree = { readonly [field: string]: unknown };

export type Parsed =
  { readonly ok: true; readonly statements: readonly unknown[] } | { readonly ok: false; readonly why: string };

/** The module has trapped: its memory is not to be trusted any more in this thread. */
export class GrammarBroken extends Error {
  override readonly name = 'GrammarBroken';
}

const PREFIX = 'sql parser error: ';
const REFUSAL = /^sql parser error: |at Line: \d+, Column: \d+$|recursion limit/;

let state: 'absent' | 'ready' | 'broken' = 'absent';

/** The first parses are ten times slower than later ones. */
const WARMING = [
  'SELECT a, count(*) FROM t JOIN u ON t.id = u.id WHERE b > 1 GROUP BY a ORDER BY 2 LIMIT 3',
  'UPDATE t SET a = 1 WHERE id IN (SELECT id FROM u)',
  "INSERT INTO t (a, b) VALUES (1, 'x')",
];

/** Loads the module, 15 ms; once a thread. */
export async function prepareGrammar(): Promise<void> {
  if (state !== 'absent') return;
  await init();
  state = 'ready';
  for (const text of WARMING) for (const grammar of ['mysql', 'mssql']) parse(text, grammar as 'generic');
}

export function grammarState(): typeof state {
  return state;
}

/**
 * The grammar keeps its own recursion limit; what it does not bound are chains of operators, which it builds and gives back
 * recursively (it traps beyond some 700), so callers bound them first. Throws GrammarBroken.
 */
export function parseStatement(text: string, grammar: string): Parsed {
  if (state === 'broken') throw new GrammarBroken('the grammar has failed before');
  try {
    return { ok: true, statements: parse(text, grammar as 'generic') as readonly unknown[] };
  } catch (error) {
    // The package dresses a trap up as its own error too: only the grammar's own words are a refusal.
    const message = messageOf(error);
    if (error instanceof ParserError && REFUSAL.test(message))
      return { ok: false, why: message.replace(PREFIX, '').slice(0, 200) };
    state = 'broken';
    throw new GrammarBroken(message, { cause: error });
  }
}
