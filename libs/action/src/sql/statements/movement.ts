/** Data on the move: COPY, EXPLAIN, subscriptions and publications, foreign servers and tables. */
import type { EffectTarget } from '@countersign/kernel';
import type { AlterPublicationStmt, CopyStmt, CreateForeignTableStmt, CreatePublicationStmt, Node } from 'libpg-query';
import { selectFilters } from '../conditions.ts';
import { type Cx, type Handlers, emit, within } from '../context.ts';
import { joinVia } from '../../reader.ts';
import { change } from '../data.ts';
import { readTable } from '../expressions.ts';
import { stringOf, strings, table } from '../names.ts';
import { visit } from '../walk.ts';
import { isOn } from './operation.ts';
import { createTable } from './structure.ts';

export const MOVEMENT = {
  CopyStmt: copy,
  ExplainStmt: (stmt, cx) => {
    const analyse = (stmt.options ?? []).some(
      (node) => 'DefElem' in node && node.DefElem.defname === 'analyze' && isOn(node.DefElem),
    );
    // It runs what it seems only to explain.
    if (analyse) within(cx, { via: joinVia(cx.via, 'EXPLAIN ANALYZE') }, () => visit(stmt.query, cx));
    else plan(stmt.query, cx);
  },
  CreatePublicationStmt: publish,
  AlterPublicationStmt: publish,
  CreateSubscriptionStmt: (stmt, cx) => subscribe(stmt.subname, 'takes rows from another server', cx),
  AlterSubscriptionStmt: (stmt, cx) => subscribe(stmt.subname, 'changes what is taken from another server', cx),
  CreateFdwStmt: (stmt, cx) => {
    const targets = [{ type: 'foreign data wrapper', name: stmt.fdwname ?? '' }];
    emit(cx, { kind: 'schema_change', reversible: 'yes', targets });
    emit(cx, { kind: 'code_execution', targets, why: 'its handler is code in the server' });
  },
  AlterFdwStmt: (stmt, cx) => {
    const targets = [{ type: 'foreign data wrapper', name: stmt.fdwname ?? '' }];
    emit(cx, { kind: 'schema_change', targets });
    if (stmt.func_options !== undefined) emit(cx, { kind: 'code_execution', targets, why: 'its handler is code in the server' });
  },
  CreateForeignServerStmt: (stmt, cx) => server(stmt.servername, stmt.options, cx),
  AlterForeignServerStmt: (stmt, cx) => server(stmt.servername, stmt.options, cx),
  CreateForeignTableStmt: foreignTable,
  ImportForeignSchemaStmt: (stmt, cx) => {
    const targets = [{ type: 'server', name: stmt.server_name ?? '' }];
    emit(cx, { kind: 'schema_change', scope: 'unbounded', targets, why: 'makes tables for those of another server' });
    emit(cx, { kind: 'network', targets, why: 'asks another server' });
  },
} satisfies Handlers;

/** The server's files are beyond what the database guards: whoever reads one reads with the server's own rights. */
export function fileRead(path: string, via: string, cx: Cx): void {
  emit(cx, {
    kind: 'secret_read',
    targets: [{ type: 'file', name: path }],
    reversible: 'no',
    via,
    why: 'reads a file of the server',
  });
}

/** Rows in bulk: TO takes them out of the database, to the client too (a dump is made of nothing else); FROM a file reads the server's. */
function copy(stmt: CopyStmt, cx: Cx): void {
  const from = stmt.is_from === true;
  const targets = stmt.relation === undefined ? [] : [table(stmt.relation)];
  if (stmt.is_program === true) {
    emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: [{ type: 'program', name: stmt.filename ?? '' }],
      via: 'PROGRAM',
      why: 'runs a shell command on the server',
    });
  }
  if (from) {
    if (stmt.is_program !== true && stmt.filename !== undefined) fileRead(stmt.filename, 'COPY FROM', cx);
    change(stmt.relation, { kind: 'write', scope: 'bounded', reversible: 'yes', why: '', via: 'COPY FROM' }, cx);
    visit(stmt.whereClause, cx);
    return;
  }
  if (stmt.relation !== undefined) {
    readTable(stmt.relation, cx);
    cx.readScope = 'unbounded';
  }
  visit(stmt.query, cx);
  const bounded = stmt.query !== undefined && (!('SelectStmt' in stmt.query) || selectFilters(stmt.query.SelectStmt, cx));
  const file: EffectTarget[] =
    stmt.filename === undefined ? [] : [{ type: stmt.is_program === true ? 'program' : 'file', name: stmt.filename }];
  const where =
    stmt.is_program === true ? 'to a program of the server' : file.length > 0 ? 'to a file of the server' : 'to the client';
  emit(cx, {
    kind: 'export',
    scope: bounded ? 'bounded' : 'unbounded',
    reversible: 'no',
    targets: [...(targets.length > 0 ? targets : [...cx.reads.values()]), ...file],
    via: 'COPY TO',
    why: `copies rows ${where}`,
  });
}

/** EXPLAIN without ANALYZE plans only; what a plan may run are functions that nobody knows. */
function plan(query: Node | undefined, cx: Cx): void {
  const start = cx.out.length;
  visit(query, cx);
  const unknown = cx.out.splice(start).filter((effect) => effect.kind === 'opaque');
  cx.out.push(...unknown);
  const targets = [...cx.reads.values()];
  cx.reads.clear();
  cx.credentials.length = 0;
  emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets, via: 'EXPLAIN', why: 'plans without running' });
}

function publish(stmt: CreatePublicationStmt | AlterPublicationStmt, cx: Cx): void {
  const targets: EffectTarget[] = [{ type: 'publication', name: stmt.pubname ?? '' }];
  let everything = stmt.for_all_tables === true;
  for (const node of stmt.pubobjects ?? []) {
    if (!('PublicationObjSpec' in node)) continue;
    const { pubtable, name } = node.PublicationObjSpec;
    visit(pubtable?.whereClause, cx);
    if (pubtable !== undefined) targets.push(table(pubtable.relation));
    else {
      targets.push({ type: 'schema', name: name ?? 'current_schema' });
      everything = true;
    }
  }
  emit(cx, { kind: 'schema_change', reversible: 'yes', targets });
  if ('action' in stmt && stmt.action === 'AP_DropObjects') return;
  emit(cx, {
    kind: 'export',
    scope: everything ? 'unbounded' : 'bounded',
    reversible: 'no',
    targets,
    why: 'offers changes of tables to subscribers',
  });
}

function subscribe(name: string | undefined, why: string, cx: Cx): void {
  const targets = [{ type: 'subscription', name: name ?? '' }];
  emit(cx, { kind: 'schema_change', reversible: 'yes', targets });
  emit(cx, { kind: 'network', targets, why: 'connects to another server' });
  emit(cx, { kind: 'write', scope: 'unbounded', targets, why });
}

function server(name: string | undefined, options: readonly Node[] | undefined, cx: Cx): void {
  const host = optionOf(options, 'host') ?? optionOf(options, 'hostaddr');
  const targets = [{ type: 'server', name: name ?? '' }, ...(host === undefined ? [] : [{ type: 'host', name: host }])];
  emit(cx, { kind: 'schema_change', reversible: 'yes', targets });
  emit(cx, { kind: 'network', targets, why: 'opens a way to another server' });
}

/** file_fdw reads a file or the output of a program each time its table is read. */
function foreignTable(stmt: CreateForeignTableStmt, cx: Cx): void {
  if (stmt.base !== undefined) createTable(stmt.base, 'foreign table', cx);
  const program = optionOf(stmt.options, 'program');
  const file = optionOf(stmt.options, 'filename');
  if (program !== undefined)
    emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: [{ type: 'program', name: program }],
      via: 'OPTIONS program',
      why: 'runs a shell command on the server',
    });
  if (file !== undefined) fileRead(file, 'OPTIONS filename', cx);
  emit(cx, {
    kind: 'network',
    targets: [{ type: 'server', name: stmt.servername ?? '' }],
    why: 'its rows are on another server',
  });
}

function optionOf(options: readonly Node[] | undefined, name: string): string | undefined {
  for (const node of options ?? []) {
    if ('DefElem' in node && node.DefElem.defname === name)
      return stringOf(node.DefElem.arg) ?? strings([node.DefElem.arg ?? node])[0];
  }
  return undefined;
}
