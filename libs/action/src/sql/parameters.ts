/** SET, RESET, ALTER SYSTEM and set_config: what changing a run-time parameter amounts to. */
import type { EffectKind, EffectTarget, TextSpan } from '@countersign/kernel';
import { type Cx, emit } from './context.ts';

export interface ParameterChange {
  readonly name: string;
  /** undefined for RESET, DEFAULT and anything computed. */
  readonly value: string | undefined;
  readonly span?: TextSpan;
  readonly via?: string;
  /** True where it outlives the session: ALTER SYSTEM, ALTER ROLE … SET, ALTER DATABASE … SET. */
  readonly lasting?: boolean;
  /** True for set_config: a setting that a query changes on the way is a change that nobody asked for by name. */
  readonly byQuery?: boolean;
}

/** Parameters that only tune the session that sets them. Time-outs and formats included, guards and logs not. */
const TUNING: ReadonlySet<string> = new Set(
  `application_name array_nulls backend_flush_after bytea_output client_connection_check_interval client_encoding names
   client_min_messages commit_siblings constraint_exclusion cpu_index_tuple_cost cpu_operator_cost cpu_tuple_cost
   cursor_tuple_fraction datestyle deadlock_timeout debug_pretty_print debug_print_parse debug_print_plan debug_print_rewritten
   default_statistics_target default_tablespace default_text_search_config default_toast_compression default_transaction_deferrable
   default_transaction_isolation effective_cache_size effective_io_concurrency escape_string_warning exit_on_error
   extra_float_digits force_parallel_mode debug_parallel_query from_collapse_limit geqo geqo_effort geqo_generations geqo_pool_size
   geqo_seed geqo_selection_bias geqo_threshold gin_fuzzy_search_limit gin_pending_list_limit hash_mem_multiplier
   idle_in_transaction_session_timeout idle_session_timeout transaction_timeout intervalstyle io_combine_limit jit jit_above_cost
   jit_expressions jit_inline_above_cost jit_optimize_above_cost jit_tuple_deforming join_collapse_limit lc_messages lc_monetary
   lc_numeric lc_time lock_timeout logical_decoding_work_mem maintenance_io_concurrency maintenance_work_mem
   max_parallel_maintenance_workers max_parallel_workers max_parallel_workers_per_gather min_parallel_index_scan_size
   min_parallel_table_scan_size parallel_leader_participation parallel_setup_cost parallel_tuple_cost plan_cache_mode
   quote_all_identifiers random_page_cost recursive_worktable_factor seed seq_page_cost statement_timeout stats_fetch_consistency
   synchronize_seqscans tcp_keepalives_count tcp_keepalives_idle tcp_keepalives_interval tcp_user_timeout temp_buffers
   temp_tablespaces timezone timezone_abbreviations trace_notify trace_sort transaction_deferrable transaction_isolation
   vacuum_cost_delay vacuum_cost_limit work_mem xmlbinary xmloption track_io_timing`.split(/\s+/),
);

/** Parameters that hold a command or a library which the server then runs or loads. */
const RUNS_CODE =
  /^(archive_command|archive_library|archive_cleanup_command|restore_command|recovery_end_command|ssl_passphrase_command|(shared|session|local)_preload_libraries|dynamic_library_path|jit_provider|extension_control_path)$/;

const LOGS = /^(log_|logging_collector$|pgaudit\.|auto_explain\.|track_activities$|event_source$|syslog_)/;

export function setParameter(change: ParameterChange, cx: Cx): void {
  const name = change.name.toLowerCase();
  const [kind, why] = classify(name, (change.value ?? '').toLowerCase());
  const lasting = change.lasting === true;
  const targets = [targetOf(name, change.value)];
  const place = { ...(change.span !== undefined && { span: change.span }), ...(change.via !== undefined && { via: change.via }) };
  // A lasting change is never only the session's.
  const actual = kind === 'session' && (lasting || change.byQuery === true) ? 'config_change' : kind;
  emit(cx, {
    kind: actual,
    scope: lasting ? 'unbounded' : 'one',
    reversible: 'yes',
    targets,
    why: lasting ? 'outlives the session' : why,
    ...place,
  });
  if (RUNS_CODE.test(name)) {
    emit(cx, {
      kind: 'code_execution',
      scope: 'unbounded',
      targets,
      why: 'the server runs or loads what the parameter names',
      ...place,
    });
  }
  if (lasting && kind !== 'config_change' && kind !== 'session')
    emit(cx, { kind: 'config_change', scope: 'unbounded', targets, why, ...place });
}

/** For SET ROLE the role is what matters, for everything else the parameter. */
function targetOf(name: string, value: string | undefined): EffectTarget {
  const role = (name === 'role' || name === 'session_authorization') && value !== undefined && value !== 'none';
  return role ? { type: 'role', name: value } : { type: 'parameter', name };
}

function classify(name: string, value: string): readonly [EffectKind, string] {
  if (name === 'role' || name === 'session_authorization') return ['identity_change', 'acts with the rights of another role'];
  if (name === 'session_replication_role') {
    const off = value === 'replica' || value === 'local';
    return off ? ['log_tamper', 'switches triggers and rules off'] : ['config_change', 'decides which triggers fire'];
  }
  if (name === 'row_security') return ['privilege_change', 'decides whether row security is enforced'];
  if (name === 'standard_conforming_strings' || name === 'backslash_quote')
    return ['config_change', 'decides where strings end, so later texts may mean something else'];
  if (name === 'search_path') return ['config_change', 'decides which objects the names mean'];
  if (name === 'transaction_read_only' || name === 'default_transaction_read_only') {
    return ['on', 'true', '1', 'yes'].includes(value) ? ['session', ''] : ['config_change', 'lifts a read-only guard'];
  }
  if (LOGS.test(name)) return ['log_tamper', 'decides what is logged'];
  if (TUNING.has(name) || name.startsWith('enable_')) return ['session', ''];
  if (name.includes('.')) return ['config_change', 'row security and functions may depend on it'];
  return ['config_change', 'changes how the server behaves'];
}
