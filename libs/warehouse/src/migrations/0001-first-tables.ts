/**
 * Version 1: the tables of the record. Released text is frozen: `migrations.spec.ts` holds its digest; changes are new files.
 *
 * No table is partitioned: one insert must stay one part, which is what makes a block all or nothing. Each part is synced
 * before the insert is answered, so that the position committed to the journal afterwards cannot outlive the rows in a power cut.
 * Sorted for the question that the table answers; `events` by journal position, the others by tenant and time or key.
 */
import type { Migration } from './migration.ts';

const PLACE = `
  topic LowCardinality(String),
  partition UInt32,
  journal_offset UInt64 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  occurred_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  correlation_id String CODEC(ZSTD(1))`;

/** New parts keep all columns in one file (256 MiB; the default is 10): a block is then a few files to write and sync, not a hundred. */
const DURABLE = 'SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_bytes_for_wide_part = 268435456';

const EVENTS = `CREATE TABLE IF NOT EXISTS events (${PLACE},
  id String CODEC(ZSTD(1)),
  type LowCardinality(String),
  stream String CODEC(ZSTD(1)),
  stream_version UInt64,
  key String CODEC(ZSTD(1)),
  causation_id String CODEC(ZSTD(1)),
  traceparent String CODEC(ZSTD(1)),
  actor String CODEC(ZSTD(1)),
  summary String CODEC(ZSTD(1)),
  quarantine_reason String,
  producer_service LowCardinality(String),
  producer_instance LowCardinality(String),
  producer_epoch UInt64,
  producer_seq UInt64 CODEC(Delta, ZSTD(1)),
  prev_hash String CODEC(ZSTD(1)),
  stored_base64 String CODEC(ZSTD(1)),
  INDEX by_correlation correlation_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_time occurred_at TYPE minmax GRANULARITY 1
) ENGINE = MergeTree ORDER BY (topic, partition, journal_offset) ${DURABLE}`;

const DECISIONS = `CREATE TABLE IF NOT EXISTS decisions (${PLACE},
  event_id String CODEC(ZSTD(1)),
  decision_id String CODEC(ZSTD(1)),
  request_id String CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  subject String CODEC(ZSTD(1)),
  owner String CODEC(ZSTD(1)),
  delegation Array(String),
  caller String CODEC(ZSTD(1)),
  caller_owner String CODEC(ZSTD(1)),
  token_id String CODEC(ZSTD(1)),
  kind LowCardinality(String),
  name String CODEC(ZSTD(1)),
  dialect LowCardinality(String),
  text String CODEC(ZSTD(1)),
  payload_json String CODEC(ZSTD(1)),
  resource_type LowCardinality(String),
  resource_id String CODEC(ZSTD(1)),
  environment LowCardinality(String),
  labels Array(LowCardinality(String)),
  purpose String CODEC(ZSTD(1)),
  model_provider LowCardinality(String),
  model LowCardinality(String),
  verdict LowCardinality(String),
  risk UInt8,
  effect_kinds Array(LowCardinality(String)),
  effect_scopes Array(LowCardinality(String)),
  reason_rules Array(LowCardinality(String)),
  reason_codes Array(LowCardinality(String)),
  reason_severities Array(LowCardinality(String)),
  obligations Array(LowCardinality(String)),
  approval_id String CODEC(ZSTD(1)),
  approval_quorum UInt32,
  presented_approval_id String CODEC(ZSTD(1)),
  presented_grant_id String CODEC(ZSTD(1)),
  presented_status LowCardinality(String),
  masked Array(LowCardinality(String)),
  failed_step LowCardinality(String),
  action_digest String CODEC(ZSTD(1)),
  policy_digest LowCardinality(String),
  input_digest String CODEC(ZSTD(1)),
  INDEX by_decision decision_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = MergeTree ORDER BY (tenant, occurred_at) ${DURABLE}`;

const APPROVALS = `CREATE TABLE IF NOT EXISTS approvals (${PLACE},
  event_id String,
  status LowCardinality(String),
  actor String,
  approval_id String,
  decision_id String,
  requester String,
  subject String,
  environment LowCardinality(String),
  text String CODEC(ZSTD(1)),
  risk UInt8,
  quorum UInt32,
  reviewers Array(String),
  involved Array(String),
  approvers Array(String),
  reason String,
  channel LowCardinality(String),
  command LowCardinality(String),
  code LowCardinality(String),
  grant_id String,
  redeemed_for String,
  uses UInt32,
  lapses_at Nullable(DateTime64(3, 'UTC')),
  expires_at Nullable(DateTime64(3, 'UTC')),
  action_digest String,
  policy_digest LowCardinality(String),
  INDEX by_time occurred_at TYPE minmax GRANULARITY 1
) ENGINE = MergeTree ORDER BY (tenant, approval_id, journal_offset) ${DURABLE}`;

const OUTCOMES = `CREATE TABLE IF NOT EXISTS outcomes (${PLACE},
  event_id String,
  decision_id String,
  outcome LowCardinality(String),
  detail String CODEC(ZSTD(1)),
  rows_affected UInt64,
  caller String,
  caller_owner String,
  INDEX by_decision decision_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = MergeTree ORDER BY (tenant, occurred_at) ${DURABLE}`;

const EDGE = `${PLACE},
  from_type LowCardinality(String),
  from_id String CODEC(ZSTD(1)),
  relation LowCardinality(String),
  to_type LowCardinality(String),
  to_id String CODEC(ZSTD(1))`;

const EDGES_FWD = `CREATE TABLE IF NOT EXISTS edges_fwd (${EDGE}
) ENGINE = MergeTree ORDER BY (tenant, from_type, from_id, occurred_at) ${DURABLE}`;

const EDGES_REV = `CREATE TABLE IF NOT EXISTS edges_rev (${EDGE}
) ENGINE = MergeTree ORDER BY (tenant, to_type, to_id, occurred_at) ${DURABLE}`;

const LINEAGE = `CREATE TABLE IF NOT EXISTS lineage (${PLACE},
  event_id String CODEC(ZSTD(1)),
  decision_id String CODEC(ZSTD(1)),
  request_id String CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  subject String CODEC(ZSTD(1)),
  owner String CODEC(ZSTD(1)),
  kind LowCardinality(String),
  text String CODEC(ZSTD(1)),
  environment LowCardinality(String),
  resource String CODEC(ZSTD(1)),
  purpose String CODEC(ZSTD(1)),
  verdict LowCardinality(String),
  risk UInt8,
  effects Array(LowCardinality(String)),
  targets Array(String),
  rules Array(LowCardinality(String)),
  messages Array(LowCardinality(String)),
  approval_id String CODEC(ZSTD(1)),
  who String ALIAS subject,
  what String ALIAS text,
  INDEX by_correlation correlation_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_verdict verdict TYPE set(8) GRANULARITY 1
) ENGINE = MergeTree ORDER BY (tenant, occurred_at) ${DURABLE}`;

export const firstTables: Migration = {
  version: 1,
  name: 'first tables',
  statements: [EVENTS, DECISIONS, APPROVALS, OUTCOMES, EDGES_FWD, EDGES_REV, LINEAGE],
};
