/** Which reader reads which language. */
import { type ActionInput, type Analysis, unreadable } from './analysis.ts';
import { readDatastore } from './datastore/reader.ts';
import { prepareDialects, readDialect } from './dialects/read.ts';
import { UNSTATED, readUnstated } from './dialects/unstated.ts';
import { readHttp } from './http/reader.ts';
import type { Inner, ReadContext, Reader } from './reader.ts';
import { readKubernetes } from './kubernetes/reader.ts';
import { readScript } from './scripts/read.ts';
import { readShell } from './shell/read.ts';
import { readTerraform } from './terraform/reader.ts';
import { readJson, readTool } from './tools/reader.ts';

/** Names of PostgreSQL's dialect and of servers that take its grammar. */
const POSTGRES: ReadonlySet<string> = new Set(
  'postgres postgresql pg psql plpgsql cockroach cockroachdb yugabyte yugabytedb timescale timescaledb greenplum alloydb neon supabase'.split(
    ' ',
  ),
);

/** By kind of action (and `script` for the programs of interpreters). A kind without a row is opaque. */
export function readersOf(postgres: Reader): ReadonlyMap<string, Reader> {
  return new Map<string, Reader>([
    ['sql', (action, cx) => readSql(action, cx, postgres)],
    ['http', readHttp],
    ['datastore', readDatastore],
    ['mcp_tool', readTool],
    ['function_call', readTool],
    ['json', readJson],
    ['shell', readShell],
    ['script', readScript],
    ['kubernetes', readKubernetes],
    ['terraform', readTerraform],
  ]);
}

/** Loads what readers need before the first text: grammars that start asynchronously. Once a thread. */
export async function prepareReaders(_place: ReadContext['place']): Promise<void> {
  await prepareDialects();
}

function readSql(action: ActionInput | Inner, cx: ReadContext, postgres: Reader): Analysis {
  const dialect = (action.dialect ?? '').toLowerCase();
  if (action.text === '') return unreadable('', 'there is no SQL text');
  if (POSTGRES.has(dialect)) return postgres(action, cx);
  // CQL only looks like SQL; its reader is the datastores'.
  if (dialect === 'cassandra' || dialect === 'cql') return readDatastore(action, cx);
  if (UNSTATED.has(dialect)) return readUnstated(action.text, cx, postgres(action, cx));
  return readDialect(action, cx);
}
