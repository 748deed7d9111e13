/** The closed vocabulary of what an action would do. Shared by analysis, judgement, approval and lineage. */

export const EFFECT_KINDS = [
  'none',
  'session',
  'read',
  'secret_read',
  'export',
  'write',
  'delete',
  'schema_change',
  'schema_drop',
  'privilege_change',
  'identity_change',
  'config_change',
  'code_execution',
  'process_control',
  'infra_create',
  'infra_change',
  'infra_destroy',
  'network',
  'history_rewrite',
  'log_tamper',
  'persistence',
  'opaque',
] as const;

export type EffectKind = (typeof EFFECT_KINDS)[number];

/** How much is touched: a single thing, a filtered set, everything, or not knowable from the text. */
export type EffectScope = 'one' | 'bounded' | 'unbounded' | 'unknown';

export type Reversible = 'yes' | 'no' | 'unknown';

export interface EffectTarget {
  /** table, schema, file, host, role, function, … */
  readonly type: string;
  readonly name: string;
}

/** `[start, end)` in UTF-16 units of the action's text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface Effect {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly reversible: Reversible;
  readonly targets: readonly EffectTarget[];
  readonly span: TextSpan;
  /** The wrapper, function or option through which it happens; empty for the statement itself. */
  readonly via: string;
  /** One clause for a person: what stood in the way of reading it, or why the scope is what it is. */
  readonly why: string;
}

export const ACTION_KINDS = [
  'sql',
  'shell',
  'mcp_tool',
  'function_call',
  'http',
  'kubernetes',
  'terraform',
  'datastore',
  'json',
] as const;

export type ActionKind = (typeof ACTION_KINDS)[number];

export type VerdictName = 'allow' | 'deny' | 'require_approval';
