/** Which reader reads which language. */
import { type ActionInput, type Analysis, unreadable } from './analysis.ts';
import { readDatastore } from './datastore/reader.ts';
import { readHttp } from './http/reader.ts';
import type { Inner, ReadContext, Reader } from './reader.ts';
import { readShell } from './shell/read.ts';

/** Names of PostgreSQL's dialect; an empty one means it too. */
const POSTGRES: ReadonlySet<string> = new Set(['', 'postgres', 'postgresql', 'pg']);

/** By kind of action (and `script` for the programs of interpreters). A kind without a row is opaque. */
export function readersOf(postgres: Reader): ReadonlyMap<string, Reader> {
  return new Map<string, Reader>([
    ['sql', (action, cx) => readSql(action, cx, postgres)],
    ['http', readHttp],
    ['datastore', readDatastore],
    ['shell', readShell],
  ]);
}

/** Loads what readers need before the first text: grammars that start asynchronously. Once a thread. */
export async function prepareReaders(_place: ReadContext['place']): Promise<void> {
  await Promise.resolve();
}

function readSql(action: ActionInput | Inner, cx: ReadContext, postgres: Reader): Analysis {
  const dialect = (action.dialect ?? '').toLowerCase();
  if (action.text === '') return unreadable('', 'there is no SQL text');
  if (POSTGRES.has(dialect)) return postgres(action, cx);
  return unreadable(action.text, `SQL of the dialect ${dialect.slice(0, 40)} cannot be read yet`);
}
