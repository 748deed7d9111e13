/** Code that the server is given to run now or later: DO, functions, CALL, triggers, rules, languages, extensions. */
import type { EffectTarget } from '@countersign/kernel';
import type { CallStmt, CreateFunctionStmt, CreateTrigStmt, DefElem, DoStmt, Node, RuleStmt } from 'libpg-query';
import { type Cx, type Handlers, emit, emitOpaque, within } from '../context.ts';
import { functionCall } from '../functions/call.ts';
import { dotted, stringOf, strings, table } from '../names.ts';
import { analyseNested } from '../nested.ts';
import { setParameter } from '../parameters.ts';
import { analysePlpgsql } from '../plpgsql.ts';
import { sourceAt, sourceWithin } from '../source.ts';
import { visit, visitAll } from '../walk.ts';
import { parameterChange } from './operation.ts';
import { changed } from './structure.ts';

export const CODE = {
  DoStmt: runBlock,
  CallStmt: call,
  CreateFunctionStmt: createFunction,
  AlterFunctionStmt: (stmt, cx) => {
    const targets = [{ type: 'function', name: dotted(strings(stmt.func?.objname)) }];
    changed(targets, cx);
    for (const option of options(stmt.actions)) functionOption(option, targets, cx);
  },
  CreateTrigStmt: createTrigger,
  CreateEventTrigStmt: (stmt, cx) =>
    later(
      [{ type: 'event trigger', name: stmt.trigname ?? '' }],
      `runs ${dotted(strings(stmt.funcname))} at each ${stmt.eventname ?? 'event'}`,
      cx,
    ),
  AlterEventTrigStmt: (stmt, cx) => {
    const targets = [{ type: 'event trigger', name: stmt.trigname ?? '' }];
    changed(targets, cx);
    if (stmt.tgenabled === 'D' || stmt.tgenabled === 'R')
      emit(cx, { kind: 'log_tamper', reversible: 'yes', targets, why: 'what it watched or recorded is no longer' });
  },
  RuleStmt: createRule,
  CreatePLangStmt: (stmt, cx) => language(stmt.plname ?? '', stmt.plhandler === undefined, cx),
  CreateExtensionStmt: (stmt, cx) => extension(stmt.extname ?? '', cx),
  AlterExtensionStmt: (stmt, cx) => extension(stmt.extname ?? '', cx),
  AlterExtensionContentsStmt: (stmt, cx) => changed([{ type: 'extension', name: stmt.extname ?? '' }], cx),
  CreateAmStmt: (stmt, cx) => {
    const targets = [{ type: 'access method', name: stmt.amname ?? '' }];
    changed(targets, cx);
    emit(cx, { kind: 'code_execution', targets, why: 'its handler is code in the server' });
  },
} satisfies Handlers;

function options(nodes: readonly Node[] | undefined): DefElem[] {
  return (nodes ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []));
}

function runBlock(stmt: DoStmt, cx: Cx): void {
  const given = options(stmt.args);
  const name = stringOf(given.find((option) => option.defname === 'language')?.arg) ?? 'plpgsql';
  const body = given.find((option) => option.defname === 'as');
  const text = stringOf(body?.arg) ?? '';
  const why = 'runs a program in the server; how long and how often, only the run decides';
  emit(cx, { kind: 'process_control', reversible: 'unknown', via: 'DO', why });
  readBody({ language: name, text, at: body?.location ?? 0, via: 'DO', whole: doBlock(text) }, cx);
}

/** As libpg-query wants it: the body in a quoting that the body itself cannot end. */
function doBlock(text: string): string {
  let tag = '$body$';
  for (let i = 0; text.includes(tag); i++) tag = `$body${i}$`;
  return `DO ${tag}${text}${tag}`;
}

interface CodeBody {
  readonly language: string;
  readonly text: string;
  /** Byte offset at or before the string constant that holds the body. */
  readonly at: number;
  readonly via: string;
  /** A whole statement around the body, for the PL/pgSQL parser. */
  readonly whole: string;
}

function readBody(body: CodeBody, cx: Cx): void {
  const languageName = body.language.toLowerCase();
  if (languageName === 'sql' || languageName === 'plpgsql') {
    const base = cx.source.content(body.at);
    const source = base < 0 ? sourceWithin(body.text, cx.statement) : sourceAt(body.text, base);
    if (languageName === 'sql') analyseNested(body.text, cx.statement, body.via, cx, source);
    else analysePlpgsql(body.whole, { text: body.text, base, via: body.via }, cx);
    return;
  }
  const targets = [{ type: 'language', name: languageName }];
  const trusted = ['plperl', 'pltcl', 'plv8', 'plrust', 'pllua'].includes(languageName);
  emit(cx, {
    kind: 'code_execution',
    reversible: 'no',
    targets,
    via: body.via,
    why: trusted ? 'code in another language' : 'code with the rights of the server',
  });
}

function call(stmt: CallStmt, cx: Cx): void {
  if (stmt.funccall === undefined) emitOpaque(cx, 'which procedure is called is not known', 'CALL');
  else within(cx, { via: cx.via === '' ? 'CALL' : `${cx.via} › CALL` }, () => functionCall(stmt.funccall ?? {}, cx));
}

function createFunction(stmt: CreateFunctionStmt, cx: Cx): void {
  const name = dotted(strings(stmt.funcname));
  const targets = [{ type: stmt.is_procedure === true ? 'procedure' : 'function', name }];
  const replaces = stmt.replace === true;
  emit(cx, {
    kind: 'schema_change',
    reversible: replaces ? 'unknown' : 'yes',
    targets,
    why: replaces ? 'may replace a function of that name' : '',
  });
  const given = options(stmt.options);
  for (const option of given) functionOption(option, targets, cx);
  visitAll(stmt.parameters, cx);
  if (stmt.sql_body !== undefined) {
    within(cx, { via: `body of ${name}` }, () => sqlBody(stmt.sql_body as Node, cx));
    return;
  }
  const body = given.find((option) => option.defname === 'as');
  const parts = body?.arg !== undefined && 'List' in body.arg ? strings(body.arg.List.items) : [stringOf(body?.arg) ?? ''];
  const languageName = stringOf(given.find((option) => option.defname === 'language')?.arg) ?? 'sql';
  readBody(
    {
      language: languageName,
      text: parts[0] ?? '',
      at: body?.location ?? 0,
      via: `body of ${name}`,
      whole: cx.source.slice(cx.statement),
    },
    cx,
  );
}

/** BEGIN ATOMIC … END comes as lists of statements, RETURN as one expression. */
function sqlBody(node: Node, cx: Cx): void {
  if ('List' in node) for (const item of node.List.items ?? []) sqlBody(item, cx);
  else visit(node, cx);
}

function functionOption(option: DefElem, targets: readonly EffectTarget[], cx: Cx): void {
  const { arg, defname } = option;
  if (defname === 'security' && arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true) {
    emit(cx, {
      kind: 'privilege_change',
      reversible: 'yes',
      targets,
      via: 'SECURITY DEFINER',
      why: "runs with its owner's rights, whoever calls it",
    });
  }
  if (defname === 'set' && arg !== undefined && 'VariableSetStmt' in arg && arg.VariableSetStmt.name !== 'search_path') {
    setParameter({ ...parameterChange(arg.VariableSetStmt), via: 'SET of the function' }, cx);
  }
  if (defname === 'leakproof' && arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true)
    emit(cx, {
      kind: 'privilege_change',
      targets,
      via: 'LEAKPROOF',
      why: 'row security lets it see rows before it filters them',
    });
  if (defname === 'support') emit(cx, { kind: 'code_execution', targets, via: 'SUPPORT', why: 'a C function helps to plan it' });
}

function createTrigger(stmt: CreateTrigStmt, cx: Cx): void {
  const name = dotted(strings(stmt.funcname));
  later([{ type: 'trigger', name: stmt.trigname ?? '' }, table(stmt.relation)], `runs ${name} when the table changes`, cx);
  visit(stmt.whenClause, cx);
}

function createRule(stmt: RuleStmt, cx: Cx): void {
  later(
    [{ type: 'rule', name: stmt.rulename ?? '' }, table(stmt.relation)],
    'runs in the place of or after other statements',
    cx,
  );
  visit(stmt.whereClause, cx);
  within(cx, { via: `rule ${stmt.rulename ?? ''}` }, () => visitAll(stmt.actions, cx));
}

function later(targets: readonly EffectTarget[], why: string, cx: Cx): void {
  changed(targets, cx);
  emit(cx, { kind: 'persistence', reversible: 'yes', targets, why });
}

function language(name: string, known: boolean, cx: Cx): void {
  const targets = [{ type: 'language', name }];
  changed(targets, cx);
  const trusted = ['plpgsql', 'plperl', 'pltcl', 'plv8', 'plrust'].includes(name);
  if (!trusted || !known)
    emit(cx, {
      kind: 'code_execution',
      reversible: 'unknown',
      targets,
      why: 'functions in it run with the rights of the server',
    });
}

/** Extensions that only add types, operators, functions and views. */
const PLAIN_EXTENSIONS: ReadonlySet<string> = new Set(
  `amcheck autoinc bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance fuzzystrmatch hll hstore hypopg insert_username
   intarray intagg ip4r isn jsquery lo ltree moddatetime orafce pg_bigm pg_buffercache pg_freespacemap pg_hint_plan pg_partman pg_prewarm
   pg_stat_kcache pg_stat_statements pg_trgm pg_uuidv7 pg_visibility pg_wait_sampling pgcrypto pgrouting pgrowlocks pgstattuple plpgsql
   plperl pltcl plv8 postgis postgis_raster postgis_sfcgal postgis_tiger_geocoder postgis_topology address_standardizer prefix rum seg
   semver sslinfo tablefunc tcn timescaledb tsm_system_rows tsm_system_time unaccent unit uuid-ossp vector vectorscale age pgmq
   pg_walinspect citus pg_ivm bool_plperl hstore_plperl jsonb_plperl pg_jsonschema pgaudit pg_repack temporal_tables`.split(
    /\s+/,
  ),
);

const NETWORK_EXTENSIONS =
  /^(dblink|postgres_fdw|mysql_fdw|oracle_fdw|tds_fdw|mongo_fdw|redis_fdw|multicorn|http|pg_net|aws_s3|aws_lambda|aws_commons|pglogical|wrappers|azure_storage)$/;

/** Untrusted languages, jobs, files and shells: whoever may create or use these runs code on the server. */
const CODE_EXTENSIONS =
  /^(pl.*u|plpython.*|plsh|plr|pljava|pllua|pldbgapi|pldebugger|pg_cron|pg_background|adminpack|file_fdw|pg_execute_server_program|pg_tle|pgagent|system_stats)$/;

function extension(name: string, cx: Cx): void {
  const targets = [{ type: 'extension', name }];
  changed(targets, cx);
  if (CODE_EXTENSIONS.test(name))
    emit(cx, { kind: 'code_execution', targets, via: name, why: 'gives a way to run code or reach files of the server' });
  else if (NETWORK_EXTENSIONS.test(name)) emit(cx, { kind: 'network', targets, via: name, why: 'gives a way to other servers' });
  else if (!PLAIN_EXTENSIONS.has(name)) emitOpaque(cx, `what the extension ${name} brings is not known`, name);
}
