/**
 * `input.session`: what came before this decision, as policy sees it and as `session_json` records it, in one place for rule writers.
 *
 * Three histories of one shape: of the session, of the acting subject ("agent") and of the natural person behind it ("owner": the
 * subject's owner, or the subject itself where it is a person). `owner` counts what *all* agents of that person did, in any session.
 * Session ids are the caller's own words, so a rule that must hold against a hostile caller reads `agent` or `owner`.
 *
 * Everything that is zero or empty is absent: read with a fallback, `object.get(input.session, ["owner", "m30", "export"], 0)`.
 * Below 64 decisions a minute every count is exact. Above, what is handed over may be up to a second old, and lack up to 1/64 of this
 * minute's decisions of sorts that it already tells of: anything of a new sort shows at once.
 *
 * The decision that is being made is not in it. Decisions of this process that were decided but are not yet durable are counted
 * too, and `pending` says how many; so two requests sent at once see one another in the order in which they are decided.
 *
 * For instance, "an export within 30 minutes after any agent of the same owner read something labelled pii":
 *
 *     some effect in input.effects
 *     effect.kind == "export"
 *     input.session.owner.labels.pii.read <= 1800
 */
import type { EffectKind } from '@countersign/kernel';

export interface SessionInput {
  /** The request's session_id; empty for none, and then there is no `session` below. */
  readonly id: string;
  readonly session?: HistoryInput;
  readonly agent?: HistoryInput;
  readonly owner?: HistoryInput;
}

/**
 * Windows reach back from the decision's own time. Each covers at least its length and at most one slot more (5 s, 30 s, 3 min, 1 h),
 * so a count is never too small. "Seconds ago" are whole seconds, rounded down, at least 0, as of the start of the decision's second:
 * what was 1,800.0 to 1,801.9 seconds ago may be shown as 1800.
 */
export interface HistoryInput {
  /** How many of the counted decisions are not durable yet. */
  readonly pending?: number;
  /** One minute. */
  readonly m1?: WindowInput;
  readonly m5?: WindowInput;
  readonly m30?: WindowInput;
  readonly h24?: WindowInput;
  /** Seconds ago of the newest decision of each sort, however long ago: `last.deny`, `last.export` (allowed ones). */
  readonly last?: Readonly<Partial<Record<Exclude<HistoryCounter, 'rows' | 'labelled_rows'>, number>>>;
  /**
   * By resource label as recorded, and in it by effect kind: seconds ago of the newest allowed decision, `labels.pii.read`. Labels,
   * tables and hosts are those of the last 24 hours, the newest 16 of each, and at most 16 that are under way.
   */
  readonly labels?: Readonly<Record<string, Readonly<Partial<Record<TouchingKind, number>>>>>;
  /** Tables, views and collections that allowed decisions touched, as the analyser names them: seconds ago. */
  readonly tables?: Readonly<Record<string, number>>;
  /** Hosts that allowed decisions spoke to: seconds ago. */
  readonly hosts?: Readonly<Record<string, number>>;
  /** Where more than 16 were touched: seconds since an older one was last pushed out; then the list above is not all. */
  readonly forgotten?: Readonly<Partial<Record<'labels' | 'tables' | 'hosts', number>>>;
}

/** Counts in one window, all in one object: `m5.deny`, `m30.export`, `h24.rows`. */
export type WindowInput = Readonly<
  Partial<Record<HistoryCounter, number>> & { stopped?: Readonly<Partial<Record<TouchingKind, number>>> }
>;

/**
 * Decisions by verdict (`allow`, `deny`, `require_approval`), and beside them:
 * - `approved`: those of `allow` that a valid approval let through;
 * - `failed`: denied because a step failed, not because policy said so; not in `deny`;
 * - `locked_out`: denied with no other reasons than ones with the code `locked_out`; not in `deny`, so that a lockout for too many
 *   denials ends by itself;
 * - `labelled`: those of `allow` on a resource with at least one label;
 * - `rows`: rows_affected as reported by outcomes, `labelled_rows` those of decisions on labelled resources;
 * - each effect kind: allowed decisions with such an effect, once a decision. `stopped` holds the same of decisions that were
 *   denied or asked about (`locked_out` and `failed` ones not).
 */
export type HistoryCounter = (typeof DECISION_COUNTERS)[number] | TouchingKind;

export const DECISION_COUNTERS = [
  'allow',
  'deny',
  'require_approval',
  'approved',
  'failed',
  'locked_out',
  'labelled',
  'rows',
  'labelled_rows',
] as const;

/** `none` and `session` touch nothing and are not counted by kind. */
export type TouchingKind = Exclude<EffectKind, 'none' | 'session'>;

/** The reason code by which a policy says that a denial follows from earlier denials alone. */
export const LOCKED_OUT_CODE = 'locked_out';
