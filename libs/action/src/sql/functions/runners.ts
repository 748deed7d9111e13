/** Functions whose effect depends on an argument: those that run SQL given as text, and those that set a parameter. */
import type { TextSpan } from '@countersign/kernel';
import type { Node } from 'libpg-query';
import { constantOf } from '../constants.ts';
import { type Cx, emit, emitOpaque } from '../context.ts';
import { SECRET_COLUMNS } from '../credentials.ts';
import { analyseNested } from '../nested.ts';
import { setParameter } from '../parameters.ts';

type Runner = (name: string, args: readonly Node[], span: TextSpan, cx: Cx) => void;

/** Runs the SQL in argument `index` here. */
function runsText(index: number): Runner {
  return (name, args, span, cx) => {
    const sql = constantOf(args[index]);
    if (typeof sql === 'string') analyseNested(sql, span, name, cx);
    else emitOpaque(cx, `the SQL that ${name} runs is made when it runs`, name, span);
  };
}

/** `crosstab(sql, categories)` runs both; `crosstab(sql, 3)` only the first. */
const crosstab: Runner = (name, args, span, cx) => {
  runsText(0)(name, args, span, cx);
  if (args.length > 1 && typeof constantOf(args[1]) !== 'number') runsText(1)(name, args, span, cx);
};

/** `ts_rewrite(query, 'SELECT …')` runs text; with three arguments it only computes. */
const rewrites: Runner = (name, args, span, cx) => {
  if (args.length === 2) runsText(1)(name, args, span, cx);
};

/** SQL for another server is read too: its last text argument that parses says what it does there. */
const remote: Runner = (name, args, span, cx) => {
  const texts = args.map(constantOf).filter((value) => typeof value === 'string');
  const sql = texts.length > 1 ? texts.at(-1) : texts[0];
  if (sql === undefined) emitOpaque(cx, `the SQL that ${name} sends is made when it runs`, name, span);
  else if (!/^\s*(host|hostaddr|dbname|port|user|service)\s*=/i.test(sql)) analyseNested(sql, span, name, cx);
};

/** A table by name; a name that is made when it runs may be every table's in turn. */
const wholeTable: Runner = (name, args, span, cx) => {
  const table = constantOf(args[0]);
  const targets = [{ type: 'table', name: String(table ?? '') }];
  if (typeof table !== 'string')
    emit(cx, {
      kind: 'export',
      scope: 'unbounded',
      reversible: 'no',
      span,
      via: name,
      why: 'reads tables that are named when it runs',
    });
  else if (SECRET_COLUMNS.has(table.split('.').at(-1) ?? ''))
    emit(cx, { kind: 'secret_read', scope: 'bounded', targets, span, via: name, why: 'a catalog of credentials' });
};

/** What a job will run is read as if it ran now. */
const runsLater: Runner = (name, args, span, cx) => {
  const sql = constantOf(args.length > 2 || name.endsWith('database') ? args[2] : args[1]);
  if (typeof sql === 'string') analyseNested(sql, span, name, cx);
};

/** tablefunc's `connectby` puts its arguments into a query unquoted: only plain names leave it a plain read. */
const connects: Runner = (name, args, span, cx) => {
  const texts = args.slice(0, 4).map(constantOf);
  const plain = texts.every((text) => typeof text !== 'string' || /^[\w.]+$/.test(text)) && typeof texts[0] === 'string';
  if (plain)
    emit(cx, {
      kind: 'read',
      scope: 'bounded',
      reversible: 'yes',
      targets: [{ type: 'table', name: String(texts[0]) }],
      span,
      via: name,
    });
  else emitOpaque(cx, `the query that ${name} makes of its arguments is made when it runs`, name, span);
};

/** xml2's `xpath_table(key, document, relation, paths, criteria)` runs `SELECT key, document FROM relation WHERE criteria`. */
const xpathTable: Runner = (name, args, span, cx) => {
  const [key, document, relation, , criteria] = args.map(constantOf);
  const parts = [key, document, relation, criteria];
  if (parts.every((part) => typeof part === 'string'))
    analyseNested(`SELECT ${key}, ${document} FROM ${relation} WHERE ${criteria}`, span, name, cx);
  else emitOpaque(cx, `the query that ${name} makes of its arguments is made when it runs`, name, span);
};

const setsParameter: Runner = (name, args, span, cx) => {
  const parameter = constantOf(args[0]);
  if (typeof parameter !== 'string') {
    emit(cx, { kind: 'config_change', scope: 'unknown', span, via: name, why: 'which parameter it sets is not in the text' });
    emitOpaque(cx, `the parameter that ${name} sets is made when it runs`, name, span);
    return;
  }
  const value = constantOf(args[1]);
  setParameter(
    { byQuery: true, name: parameter, value: value === undefined || value === null ? undefined : String(value), span, via: name },
    cx,
  );
};

export const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ['query_to_xml', runsText(0)],
  ['query_to_xml_and_xmlschema', runsText(0)],
  ['query_to_xmlschema', runsText(0)],
  ['table_to_xml', wholeTable],
  ['table_to_xml_and_xmlschema', wholeTable],
  ['ts_stat', runsText(0)],
  ['ts_rewrite', rewrites],
  ['connectby', connects],
  ['xpath_table', xpathTable],
  ['pg_background_launch', runsText(0)],
  ['schedule', runsLater],
  ['schedule_in_database', runsLater],
  ['run_command_on_workers', runsText(0)],
  ['crosstab', crosstab],
  ['crosstab2', crosstab],
  ['crosstab3', crosstab],
  ['crosstab4', crosstab],
  ['query_export_to_s3', runsText(0)],
  ['dblink', remote],
  ['dblink_exec', remote],
  ['dblink_open', remote],
  ['dblink_send_query', remote],
  ['set_config', setsParameter],
]);
