/** SET, PRAGMA, USE: what changing a variable or a setting amounts to. */
import type { EffectKind } from '@countersign/kernel';
import { type Cx, emit } from '../context.ts';
import type { Token } from '../lexer.ts';
import { readAfter } from '../rest.ts';
import { readExpression } from '../statement.ts';
import { actAs } from './access.ts';
import { type Words, accept, ended, find, has, name, skip, stringAt, targets, word, wordsOf } from './words.ts';

type Judged = readonly [kind: EffectKind, why: string];

const TUNES: Judged = ['session', ''];
const UNKNOWN: Judged = ['config_change', 'changes how the server behaves'];

/** Settings that only tune the session that sets them, by dialect; in lower case. */
const TUNING =
  /^(names|character_set_\w+|charset|collation_\w+|time_zone|timezone|timestamp|sql_mode|sql_select_limit|sql_big_result|sql_notes|sql_warnings|sql_quote_show_create|group_concat_max_len|max_execution_time|max_statement_time|net_\w+_timeout|wait_timeout|interactive_timeout|lock_wait_timeout|innodb_lock_wait_timeout|optimizer_\w+|join_buffer_size|sort_buffer_size|tmp_table_size|max_heap_table_size|read_buffer_size|lc_\w+|div_precision_increment|cte_max_recursion_depth|tx_isolation|transaction_isolation|autocommit|last_insert_id|insert_id|rand_seed\d|profiling|session_track_\w+|tidb_(mem_quota|opt|distsql|index|isolation|executor|hash|max_chunk|allow_mpp|enforce_mpp|snapshot_read_ts|enable_\w+paral)\w*|nocount|ansi_\w+|arithabort|arithignore|concat_null_yields_null|cursor_close_on_commit|datefirst|dateformat|deadlock_priority|fmtonly|implicit_transactions|language|lock_timeout|noexec|numeric_roundabort|parseonly|quoted_identifier|query_governor_cost_limit|rowcount|showplan_\w+|statistics|textsize|xact_abort|forceplan|query_group|statement_timeout|enable_\w+|application_name|client_encoding|datestyle|extra_float_digits|intervalstyle|timeout|query_tag|search_optimization|max_\w+|min_\w+|use_\w+|join_\w+|distributed_\w+|group_by_\w+|output_format_\w+|input_format_\w+|format_\w+|date_time_\w+|send_\w+_timeout|receive_timeout|threads|memory_limit|preserve_insertion_order|spark\.sql\.(shuffle|adaptive|session|ansi|autobroadcast)\S*|hive\.exec\.(parallel|dynamic|max)\S*|hive\.\S*(join|vectorized|cbo|stats)\S*|mapred\S*|tez\S*|ansi_mode|feedback|echo|linesize|pagesize|heading|serveroutput|timing|verify|define|termout|trimspool|wrap|long|autotrace|sqlformat|colsep|null|\.?headers|mode)$/;

/** Guards of the data and of the trail, which somebody wants off. */
const LIFTS: readonly (readonly [RegExp, Judged])[] = [
  [
    /^(sql_log_bin|sql_log_off|general_log\w*|slow_query_log\w*|log_\w+|audit_\w+|server_audit\w*|binlog_\w+|log_queries|log_query_\w+|log_profile_events)$/,
    ['log_tamper', 'decides what is logged'],
  ],
  [/^(role|session_authorization|secondary_roles)$/, ['identity_change', 'acts with the rights of another role']],
  [
    /^(password|default_role|global_privileges|require_secure_transport|validate_password\S*|skip_grant_tables|old_passwords)$/,
    ['privilege_change', 'changes who may log in or do what'],
  ],
  [
    /^(foreign_key_checks|unique_checks|check_constraint_checks|identity_insert|innodb_strict_mode)$/,
    ['config_change', 'switches a check of the data off or on'],
  ],
  [
    /^(enable_external_access|allow_unsigned_extensions|allow_community_extensions|autoinstall_\w+|autoload_\w+|enable_profiling|sql_safe_updates|read_only|super_read_only|transaction_read_only|tx_read_only|default_transaction_read_only|offline_mode|readonly|allow_ddl|innodb_read_only)$/,
    ['config_change', 'lifts or sets a guard'],
  ],
  [
    /^(init_connect|init_file|plugin_dir|secure_file_priv|local_infile|log_bin_trust_function_creators|event_scheduler|general_log_file)$/,
    ['config_change', 'may let code or files in'],
  ],
];

export function set(words: Words, cx: Cx): void {
  if (accept(words, 'STATEMENT')) return forStatement(words, cx);
  if (accept(words, 'ROLE')) return actAs(words, cx);
  if (accept(words, 'SESSION', 'AUTHORIZATION')) return actAs(words, cx);
  if (accept(words, 'DEFAULT', 'ROLE') || accept(words, 'PASSWORD')) {
    return emit(cx, {
      kind: 'privilege_change',
      targets: targets('role', roleOf(words)),
      why: 'changes how or as what a role logs in',
    });
  }
  if (accept(words, 'RESOURCE', 'GROUP') || word(words) === 'CONSTRAINTS')
    return emit(cx, { kind: 'session', reversible: 'yes' });
  if (accept(words, 'TIME', 'ZONE') || accept(words, 'CHARACTER', 'SET')) return emit(cx, { kind: 'session', reversible: 'yes' });
  if (has(words, 'TRANSACTION')) return setTransaction(words, cx);
  if (accept(words, 'IDENTITY_INSERT')) {
    return emit(cx, {
      kind: 'config_change',
      reversible: 'yes',
      targets: targets('table', [name(words)]),
      why: 'keys may be given by hand',
    });
  }
  for (const tokens of assignments(words)) assign(wordsOf(tokens, words.text), cx);
}

function roleOf(words: Words): string[] {
  skip(words, 'FOR =');
  return [name(words)];
}

/** MariaDB: SET STATEMENT name = value, … FOR statement. */
function forStatement(words: Words, cx: Cx): void {
  const at = find(words, 'FOR');
  const end = at < 0 ? words.tokens.length : at;
  for (const tokens of assignments({ ...words, tokens: words.tokens.slice(0, end) })) assign(wordsOf(tokens, words.text), cx);
  readAfter(words, 'FOR', cx);
}

function setTransaction(words: Words, cx: Cx): void {
  if (has(words, 'READ', 'WRITE')) {
    return emit(cx, {
      kind: 'config_change',
      reversible: 'yes',
      targets: targets('parameter', ['transaction_read_only']),
      why: 'lifts a read-only guard',
    });
  }
  emit(cx, { kind: has(words, 'GLOBAL') ? 'config_change' : 'session', reversible: 'yes' });
}

function assignments(words: Words): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of words.tokens.slice(words.at)) {
    if (token.kind === 'symbol') depth += token.word === '(' ? 1 : token.word === ')' ? -1 : 0;
    if (depth === 0 && token.kind === 'symbol' && token.word === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function assign(words: Words, cx: Cx): void {
  let lasting = false;
  for (;;) {
    const scope = word(words).replace(/^@@/, '');
    if (/^(GLOBAL|PERSIST|PERSIST_ONLY)$/.test(scope)) lasting = true;
    else if (!/^(SESSION|LOCAL)$/.test(scope) || word(words, 1) === '=') break;
    words.at++;
    if (word(words) === '.') words.at++;
  }
  const parameter = name(words).replace(/^@@/, '').toLowerCase();
  skip(words, '= : TO ON OFF');
  readValue(words, cx);
  // A variable of the session or of a block is nobody else's.
  if (parameter.startsWith('@') || parameter.startsWith('new.') || isVariable(parameter, cx)) {
    return emit(cx, { kind: 'session', reversible: 'yes', targets: targets('variable', [parameter]) });
  }
  judge(parameter, lasting, cx);
}

function isVariable(parameter: string, cx: Cx): boolean {
  return cx.prepared.has(`variable ${parameter}`);
}

function readValue(words: Words, cx: Cx): void {
  if (!ended(words) && has(words, '(')) readExpression(words.tokens.slice(words.at), cx);
}

export function judge(parameter: string, lasting: boolean, cx: Cx): void {
  const plain = parameter.split('.').at(-1) ?? '';
  const lifted = LIFTS.find(([pattern]) => pattern.test(plain))?.[1];
  const tunes = TUNING.test(plain) || TUNING.test(parameter);
  const [kind, why] = lifted ?? (tunes ? TUNES : UNKNOWN);
  const found = targets('parameter', [parameter]);
  emit(cx, {
    kind: kind === 'session' && lasting ? 'config_change' : kind,
    scope: lasting ? 'unbounded' : 'one',
    reversible: 'yes',
    targets: found,
    why: lasting ? 'outlives the session' : why,
  });
  if (lasting && kind !== 'session' && kind !== 'config_change')
    emit(cx, { kind: 'config_change', scope: 'unbounded', targets: found, why });
}

/** For a setting of a single query: only guards of the data and of the trail are worth telling. */
export function judgeGuard(parameter: string, cx: Cx): void {
  if (LIFTS.some(([pattern]) => pattern.test(parameter))) judge(parameter, false, cx);
}

/** Pragmas that only tell, whatever is in their parentheses. */
const TELLS: ReadonlySet<string> = new Set(
  `table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list foreign_key_check database_list collation_list
   function_list module_list pragma_list compile_options integrity_check quick_check freelist_count page_count data_version show_tables
   show_tables_expanded database_size storage_info version metadata_info user_agent platform functions`.split(/\s+/),
);

/** Pragmas that, set, only tune the connection. */
const TUNES_CONNECTION: ReadonlySet<string> = new Set(
  `cache_size cache_spill busy_timeout temp_store mmap_size threads analysis_limit case_sensitive_like automatic_index soft_heap_limit
   hard_heap_limit read_uncommitted wal_autocheckpoint encoding full_column_names short_column_names count_changes empty_result_callbacks
   reverse_unordered_selects vdbe_trace parser_trace vdbe_debug vdbe_listing enable_progress_bar disable_progress_bar memory_limit
   shrink_memory stats default_cache_size`.split(/\s+/),
);

/** SQLite and DuckDB: reading one is everyday, setting one changes the file or a guard. */
export function pragma(words: Words, cx: Cx): void {
  const setting = (name(words).split('.').at(-1) ?? '').toLowerCase();
  const found = targets('pragma', [setting]);
  if (TELLS.has(setting)) return emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets: found });
  if (
    setting === 'optimize' ||
    setting === 'incremental_vacuum' ||
    setting === 'wal_checkpoint' ||
    setting === 'foreign_keys_check'
  ) {
    return emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: found, why: 'tidies the file up' });
  }
  if (ended(words)) return emit(cx, { kind: 'read', scope: 'one', reversible: 'yes', targets: found });
  if (setting === 'key' || setting === 'rekey' || setting === 'hexkey' || setting === 'textkey')
    return emit(cx, { kind: 'privilege_change', targets: found, why: 'gives or changes the key of the file' });
  if (TUNES_CONNECTION.has(setting)) return emit(cx, { kind: 'session', reversible: 'yes', targets: found });
  const queryOnlyOn =
    setting === 'query_only' &&
    (has(words, 'ON|TRUE|YES') || words.tokens.some((token) => words.text.slice(token.start, token.end) === '1'));
  if (queryOnlyOn) return emit(cx, { kind: 'session', reversible: 'yes', targets: found, why: 'sets a guard' });
  emit(cx, { kind: 'config_change', reversible: 'unknown', targets: found, why: 'changes the file or lifts a guard' });
}

/** USE: another database is only where names are looked up; another role is other rights. */
export function use(words: Words, cx: Cx): void {
  if (accept(words, 'ROLE') || accept(words, 'SECONDARY', 'ROLES')) return actAs(words, cx);
  skip(words, 'DATABASE SCHEMA WAREHOUSE CATALOG NAMESPACE');
  emit(cx, { kind: 'session', reversible: 'yes', targets: targets('database', [stringAt(words) ?? name(words)]) });
}
