/** Procedures of SQL Server by what they do; any other is somebody's own. */
import type { EffectKind } from '@countersign/kernel';
import { type Cx, emit, emitOpaque } from '../context.ts';
import { embedShell, embedSql } from '../embedded.ts';
import { type Words, accept, has, stringAt, targets, word } from './words.ts';

type Row = readonly [names: string, kind: EffectKind, why: string];

const ROWS: readonly Row[] = [
  [
    `sp_help sp_helptext sp_helpdb sp_helpindex sp_helpconstraint sp_helpfile sp_helpuser sp_helprole sp_helprolemember sp_helplogins
     sp_helpsrvrolemember sp_helptrigger sp_helprotect sp_helpstats sp_helplanguage sp_columns sp_tables sp_databases sp_pkeys sp_fkeys
     sp_statistics sp_stored_procedures sp_sproc_columns sp_special_columns sp_server_info sp_spaceused sp_depends sp_who sp_who2 sp_lock
     sp_monitor sp_describe_first_result_set sp_describe_undeclared_parameters sp_estimate_data_compression_savings sp_table_privileges
     sp_column_privileges sp_datatype_info sp_helpsort sp_helpserver sp_linkedservers sp_catalogs sp_readerrorlog xp_readerrorlog xp_msver
     xp_fixeddrives xp_loginconfig xp_enumgroups sp_whoisactive sp_blitz sp_help_job sp_help_jobhistory
     sp_helpextendedproc sp_invoke_external_rest_none`,
    'read',
    'tells about objects or the server',
  ],
  [
    'xp_cmdshell sp_oacreate sp_oamethod sp_oagetproperty sp_oasetproperty sp_oadestroy sp_execute_external_script xp_regenumkeys_none sp_start_job sp_addextendedproc xp_terminate_process_none',
    'code_execution',
    'runs code outside the database',
  ],
  [
    'sp_add_job sp_add_jobstep sp_add_jobschedule sp_add_schedule sp_attach_schedule sp_update_job sp_update_jobstep sp_procoption sp_add_alert sp_add_operator',
    'persistence',
    'arranges for code to run later',
  ],
  ['sp_delete_job sp_stop_job sp_delete_jobstep', 'process_control', 'stops jobs'],
  [
    'xp_regwrite xp_regdeletekey xp_regdeletevalue xp_instance_regwrite xp_regaddmultistring xp_regremovemultistring',
    'config_change',
    'changes the registry',
  ],
  ['xp_regread xp_instance_regread', 'secret_read', 'reads the registry'],
  [
    'sp_configure sp_dboption sp_serveroption sp_settriggerorder sp_db_vardecimal_storage_format sp_set_session_context sp_updatestats_none sp_fulltext_service sp_recompile sp_refreshview sp_tableoption sp_indexoption sp_invalidate_textptr sp_trace_setstatus',
    'config_change',
    'changes how the server behaves',
  ],
  ['xp_dirtree xp_fileexist xp_subdirs xp_getfiledetails', 'network', 'opens a path that may be on another host'],
  [
    'sp_addlinkedserver sp_addlinkedsrvlogin sp_addserver sp_dropserver sp_droplinkedsrvlogin',
    'network',
    'changes ways to other servers',
  ],
  [
    'sp_addlogin sp_droplogin sp_adduser sp_dropuser sp_grantdbaccess sp_revokedbaccess sp_addrole sp_droprole sp_addrolemember sp_droprolemember sp_addsrvrolemember sp_dropsrvrolemember sp_password sp_grantlogin sp_revokelogin sp_denylogin sp_changedbowner sp_changeobjectowner sp_defaultdb sp_change_users_login sp_addapprole sp_setapprole sp_control_dbmasterkey_password sp_xp_cmdshell_proxy_account',
    'privilege_change',
    'changes who may do what',
  ],
  ['sp_send_dbmail xp_sendmail sp_invoke_external_rest_endpoint', 'export', 'sends data out'],
  [
    'sp_cycle_errorlog sp_purge_jobhistory sp_delete_backuphistory sp_delete_database_backuphistory sp_trace_create xp_delete_file sp_audit_write',
    'log_tamper',
    'erases or replaces logs',
  ],
  [
    'sp_rename sp_addtype sp_droptype sp_addextendedproperty sp_updateextendedproperty sp_dropextendedproperty sp_bindrule sp_unbindrule sp_bindefault sp_unbindefault',
    'schema_change',
    'changes structure',
  ],
  ['sp_detach_db sp_attach_db sp_attach_single_file_db sp_renamedb', 'schema_drop', 'the database is gone under its name'],
  ['sp_updatestats sp_createstats sp_autostats', 'write', 'collects statistics'],
  ['sp_getapplock sp_releaseapplock', 'process_control', 'takes or gives a lock back'],
  ['sp_prepare sp_unprepare sp_reset_connection', 'session', ''],
];

const BY_NAME: ReadonlyMap<string, readonly [EffectKind, string]> = new Map(
  ROWS.flatMap(([names, kind, why]) => names.split(/\s+/).map((one) => [one, [kind, why]] as const)),
);

const RUNS_ARGUMENT: ReadonlySet<string> = new Set(['sp_executesql', 'sp_prepexec', 'sp_describe_first_result_set']);

export function procedure(called: string, words: Words, cx: Cx): void {
  const short = called.toLowerCase().split('.').at(-1) ?? '';
  const remote = called.split('.').length > 3;
  if (remote) emit(cx, { kind: 'network', targets: targets('server', [called]), why: 'runs on another server' });
  if (called === '') return emitOpaque(cx, 'which procedure runs is not in the text', 'EXEC');
  const text = firstText(words);
  if (short === 'xp_cmdshell') {
    emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: targets('program', [text ?? '']),
      via: short,
      why: 'runs a shell command on the server',
    });
    if (text !== undefined) embedShell(text, cx.statement, short, cx);
    return;
  }
  if (RUNS_ARGUMENT.has(short)) {
    if (text === undefined) emitOpaque(cx, 'the SQL that it runs is made when it runs', short);
    else embedSql(text, cx.statement, short, cx);
    return;
  }
  if (short === 'sp_msforeachtable' || short === 'sp_msforeachdb') {
    if (text !== undefined) embedSql(text.replaceAll('?', 'every_table'), cx.statement, short, cx);
    return emitOpaque(cx, 'runs SQL for every table', short);
  }
  const known = BY_NAME.get(short);
  if (known === undefined || (known[0] === 'read' && remote)) {
    if (!cx.prepared.has(`procedure ${called.toLowerCase()}`))
      emitOpaque(cx, `what the procedure ${called} does is not known`, `EXEC ${called}`);
    return;
  }
  const [kind, why] = known;
  // sp_configure with one argument only tells.
  const tells = short === 'sp_configure' && !has(words, ',');
  const scope = kind === 'read' ? 'bounded' : 'one';
  emit(cx, {
    kind: tells ? 'read' : kind,
    scope,
    reversible: kind === 'read' ? 'yes' : 'unknown',
    targets: targets('procedure', [called]),
    via: short,
    why,
  });
}

/** The first argument, when it is a constant: `N'…'`, `@stmt = N'…'`. */
function firstText(words: Words): string | undefined {
  const at = { ...words };
  if (word(at).startsWith('@') && word(at, 1) === '=') at.at += 2;
  accept(at, 'N');
  const text = stringAt(at);
  const next = word(at, 1);
  return next === '' || next === ',' || at.at + 1 >= at.tokens.length ? text : undefined;
}
