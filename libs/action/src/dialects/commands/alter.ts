/** ALTER in all its forms. What an action of ALTER TABLE does is a table of its first words; one that is not there is opaque. */
import type { EffectTarget } from '@countersign/kernel';
import { type Cx, type Finding, emit, emitOpaque } from '../context.ts';
import type { Token } from '../lexer.ts';
import { readAfter, readMade } from '../rest.ts';
import { readType } from './drop.ts';
import { type Words, accept, ended, has, name, skip, skipExists, targets, word, wordsOf } from './words.ts';

type Change = Omit<Finding, 'targets'>;

const DROPS: Change = { kind: 'schema_drop', reversible: 'no' };
const CHANGES: Change = { kind: 'schema_change', reversible: 'yes' };
const EMPTIES: Change = { kind: 'delete', scope: 'unbounded', reversible: 'no', why: 'all rows of the partitions' };
const REWRITES: Change = {
  kind: 'schema_change',
  scope: 'unbounded',
  reversible: 'unknown',
  why: 'rewrites every value of the column',
};
const SILENCES: Change = { kind: 'log_tamper', reversible: 'yes', why: 'what it watched or recorded is no longer' };
const GUARDS: Change = { kind: 'privilege_change', reversible: 'yes', why: 'changes who may see which rows' };
const OWNER: Change = { kind: 'privilege_change', reversible: 'yes', why: 'changes the owner' };

/** By their first words, longest match first. */
const ACTIONS: readonly (readonly [string, Change])[] = (
  [
    ['TRUNCATE PARTITION|TRUNCATE SUBPARTITION', EMPTIES],
    [
      'DROP PARTITION|DROP SUBPARTITION|DROP DETACHED|DROP PART|DROP IF EXISTS PARTITION',
      { ...DROPS, why: 'the partition and its rows' },
    ],
    ['DROP UNUSED|DROP COLUMN|DROP IF EXISTS|DROP', { ...DROPS, why: 'the column or constraint and what is in it' }],
    [
      'DROP INDEX|DROP KEY|DROP PRIMARY KEY|DROP FOREIGN KEY|DROP CONSTRAINT|DROP CHECK|DROP PROJECTION|DROP STATISTICS|DROP CLUSTERING KEY',
      DROPS,
    ],
    ['DROP NOT NULL|DROP DEFAULT|DROP SEARCH OPTIMIZATION|DROP SYSTEM VERSIONING|DROP PERIOD', CHANGES],
    [
      'CLEAR COLUMN|CLEAR INDEX|CLEAR PROJECTION',
      { kind: 'delete', scope: 'unbounded', reversible: 'no', why: 'the values of the column' },
    ],
    [
      'DETACH PARTITION|DETACH PART',
      { kind: 'delete', scope: 'unbounded', reversible: 'yes', why: 'takes the rows of a partition out of the table' },
    ],
    [
      'EXCHANGE PARTITION|SWITCH|REPLACE PARTITION|MOVE PARTITION|COALESCE PARTITION|DISCARD TABLESPACE|DISCARD PARTITION',
      { kind: 'delete', scope: 'unbounded', reversible: 'unknown', why: 'rows of a partition leave the table' },
    ],
    ['SWAP WITH', { kind: 'schema_change', scope: 'unbounded', reversible: 'yes', why: 'two tables change places' }],
    ['APPEND FROM', { kind: 'write', scope: 'unbounded', reversible: 'no', why: 'moves the rows of another table here' }],
    ['MODIFY COLUMN|MODIFY|CHANGE COLUMN|CHANGE|ALTER COLUMN|ALTER|SET DATA TYPE|CONVERT TO', REWRITES],
    [
      'ALTER INDEX|ALTER CHECK|ALTER CONSTRAINT|MODIFY CONSTRAINT|MODIFY SETTING|MODIFY COMMENT|MODIFY ORDER BY|MODIFY QUERY|MODIFY PARTITION',
      CHANGES,
    ],
    [
      'MODIFY TTL|MATERIALIZE TTL|REMOVE TTL',
      { kind: 'delete', scope: 'unknown', reversible: 'no', why: 'rows beyond their time go' },
    ],
    [
      'ADD|RENAME|ATTACH|REORGANIZE|REBUILD|ANALYZE|CHECK PARTITION|CHECK CONSTRAINT|OPTIMIZE|REPAIR|REMOVE PARTITIONING|PARTITION BY|IMPORT|FORCE|ORDER BY|ALGORITHM|LOCK',
      CHANGES,
    ],
    [
      'ENGINE|COMMENT|COLLATE|CHARACTER SET|CHARSET|DEFAULT|AUTO_INCREMENT|ROW_FORMAT|KEY_BLOCK_SIZE|COMPRESSION|ENCRYPTION|STATS_PERSISTENT|MAX_ROWS|MIN_ROWS|TABLESPACE|STORAGE|CLUSTER BY|CLUSTERING|RESUME|SUSPEND|SET TAG|UNSET TAG|SET COMMENT|UNSET|WITH CHECK|WITH NOCHECK',
      CHANGES,
    ],
    [
      'ENABLE KEYS|DISABLE KEYS|ENABLE CONSTRAINT|DISABLE CONSTRAINT|ENABLE NOVALIDATE|ENABLE VALIDATE|NOCHECK|CHECK|VALIDATE|VALIDATION|WITHOUT VALIDATION|ENABLE ROW MOVEMENT|ENABLE CHANGE_TRACKING|INMEMORY|NO INMEMORY|CACHE|NOCACHE|PARALLEL|NOPARALLEL|COMPRESS|NOCOMPRESS|SHRINK|MOVE|READ|LOGGING|NOLOGGING|TTL|SET TIFLASH|SET HYPO|FREEZE|UNFREEZE|FETCH|MATERIALIZE|APPLY|ALTER DISTKEY|ALTER DISTSTYLE|ALTER SORTKEY|SPLIT|MERGE|COALESCE|EXCHANGE|SET STATISTICS|REFRESH|SET UNUSED',
      CHANGES,
    ],
    ['SET', CHANGES],
    ['ENABLE TRIGGER|ENABLE ALL TRIGGERS', CHANGES],
    ['DISABLE TRIGGER|DISABLE ALL TRIGGERS|DISABLE CHANGE_TRACKING|DROP ALL ROW ACCESS POLICIES', SILENCES],
    [
      'ENABLE ROW LEVEL SECURITY|DISABLE ROW LEVEL SECURITY|ROW LEVEL SECURITY|ADD ROW ACCESS POLICY|DROP ROW ACCESS POLICY|SET MASKING POLICY|UNSET MASKING POLICY',
      GUARDS,
    ],
    ['OWNER TO|SET OWNER|OWNER', OWNER],
  ] as const
)
  .flatMap(([names, change]) => names.split('|').map((one): readonly [string, Change] => [one, change]))
  .sort(([one], [two]) => two.split(' ').length - one.split(' ').length);

interface Action {
  readonly first: string;
  readonly parts: readonly string[];
  readonly change: Change;
}

const BY_FIRST: ReadonlyMap<string, readonly Action[]> = Map.groupBy(
  ACTIONS.map(([first, change]): Action => ({ first, parts: first.split(' '), change })),
  ({ parts }) => parts[0] ?? '',
);

/** Objects whose ALTER says who may do what. */
const ACCESS: ReadonlySet<string> = new Set(`USER ROLE LOGIN PROFILE GROUP CREDENTIAL POLICY AUTHORIZATION QUOTA`.split(' '));

const CONFIGURES: ReadonlySet<string> = new Set(
  'SYSTEM INSTANCE SERVER SESSION DATABASE WAREHOUSE ACCOUNT RESOURCE ORGANIZATION PLUGGABLE DISKGROUP ROLLBACK RESERVATION CAPACITY BI_CAPACITY PROJECT'.split(
    ' ',
  ),
);

export function alter(words: Words, cx: Cx): void {
  skip(words, 'ONLINE OFFLINE IGNORE PUBLIC DEFINER EXTERNAL FOREIGN');
  const start = words.at;
  const type = readType(words);
  if (type === 'TABLE' || type.endsWith(' TABLE')) return alterTable(words, cx);
  const first = type.split(' ')[0] ?? '';
  if (has({ ...words, at: start }, 'AUDIT')) return silenced(words, type, cx);
  if (ACCESS.has(first) || type.endsWith(' ROLE') || type.endsWith(' POLICY')) return access(words, type, cx);
  if (CONFIGURES.has(first)) return configure(words, first, cx);
  if (type === 'VIEW' || type === 'MATERIALIZED VIEW') return alterView(words, type, cx);
  skipExists(words);
  const found = targets(type.toLowerCase(), [name(words)]);
  if (has(words, 'OWNER|AUTHORIZATION')) return emit(cx, { ...OWNER, targets: found });
  if (type === 'TRIGGER' && has(words, 'DISABLE')) return emit(cx, { ...SILENCES, targets: found });
  emit(cx, { ...CHANGES, targets: found });
  if (['EVENT', 'TASK', 'JOB', 'PROCEDURE', 'FUNCTION', 'TRIGGER', 'PACKAGE', 'PIPE', 'ALERT'].includes(type))
    readAfter(words, 'AS DO BEGIN', cx);
}

function silenced(words: Words, type: string, cx: Cx): void {
  emit(cx, { ...SILENCES, targets: targets(type.toLowerCase(), [name(words)]) });
}

function access(words: Words, type: string, cx: Cx): void {
  skipExists(words);
  const found = targets(type.toLowerCase(), [name(words)]);
  emit(cx, { kind: 'privilege_change', reversible: 'yes', targets: found, why: 'changes what a role may do or how it logs in' });
}

const SESSION_PARAMETERS =
  /^(NLS_\w+|TIME_ZONE|TIMEZONE|QUERY_TAG|STATEMENT_\w+|TIMESTAMP_\w+|DATE_\w+|WEEK_START|OPTIMIZER_\w+|CURSOR_SHARING|ROWS_PER_RESULTSET|SQL_TRANSLATION_PROFILE|STATISTICS_LEVEL|USE_CACHED_RESULT|LOCK_TIMEOUT)$/;

function configure(words: Words, first: string, cx: Cx): void {
  if (first === 'SESSION') {
    skip(words, 'SET UNSET');
    const parameter = word(words);
    const wanted = targets('parameter', [parameter.toLowerCase()]);
    if (parameter === 'CURRENT_SCHEMA')
      return emit(cx, { kind: 'config_change', reversible: 'yes', targets: wanted, why: 'decides which objects the names mean' });
    if (SESSION_PARAMETERS.test(parameter)) return emit(cx, { kind: 'session', reversible: 'yes', targets: wanted });
    return emit(cx, { kind: 'config_change', reversible: 'yes', targets: wanted });
  }
  if (has(words, 'KILL|DISCONNECT', 'SESSION') || has(words, 'CANCEL', 'SQL') || has(words, 'SHUTDOWN|SUSPEND|ABORT|RESTRICTED'))
    emit(cx, { kind: 'process_control', reversible: 'unknown', why: 'ends sessions or stops what runs' });
  if (has(words, 'NOARCHIVELOG|AUDIT_TRAIL|ARCHIVELOG')) emit(cx, { ...SILENCES, targets: [] });
  const found: EffectTarget[] = first === 'SYSTEM' ? [] : targets(first.toLowerCase(), [name(words)]);
  if (has(words, 'DROP', 'LOGFILE|DATAFILE|TEMPFILE') || has(words, 'REMOVE', 'FILE'))
    emit(cx, { ...DROPS, targets: found, why: 'a file of the database' });
  emit(cx, { kind: 'config_change', scope: 'unbounded', reversible: 'unknown', targets: found });
}

function alterView(words: Words, type: string, cx: Cx): void {
  skipExists(words);
  const found = targets(type.toLowerCase(), [name(words)]);
  emit(cx, { kind: 'schema_change', reversible: 'unknown', targets: found });
  readAfter(words, 'AS', cx);
}

function alterTable(words: Words, cx: Cx): void {
  skipExists(words);
  skip(words, 'ONLY');
  const owner = targets('table', [name(words)]);
  if (accept(words, 'ON', 'CLUSTER')) name(words);
  for (const tokens of actionsOf(words)) action(wordsOf(tokens, words.text), owner, cx);
}

/** The actions, cut at commas outside parentheses. */
function actionsOf(words: Words): Token[][] {
  const actions: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  for (const token of words.tokens.slice(words.at)) {
    if (token.kind === 'symbol') depth += token.word === '(' ? 1 : token.word === ')' ? -1 : 0;
    if (token.kind === 'symbol' && token.word === ',' && depth === 0) {
      actions.push(current);
      current = [];
    } else current.push(token);
  }
  actions.push(current);
  return actions.filter((one) => one.length > 0);
}

function action(words: Words, owner: readonly EffectTarget[], cx: Cx): void {
  if (accept(words, 'DELETE')) return mutation('DELETE', words, owner, cx);
  if (accept(words, 'UPDATE')) return mutation('UPDATE', words, owner, cx);
  // `ALTER TABLE t MODIFY a INT, b INT`: the verb is not repeated.
  const found = BY_FIRST.get(word(words))?.find(({ parts }) => parts.every((one, i) => word(words, i) === one));
  if (found === undefined) {
    emit(cx, { ...CHANGES, targets: owner });
    if (!isPlain(words)) emitOpaque(cx, `a part of ALTER TABLE that is not known: ${word(words).toLowerCase()}`, 'ALTER TABLE');
    return;
  }
  const { first, parts, change } = found;
  words.at += parts.length;
  const cascade = change.kind === 'schema_drop' && has(words, 'CASCADE');
  const column = first === 'DROP COLUMN' && !ended(words) ? columnTarget(words, owner) : [];
  emit(cx, {
    ...change,
    targets: [...owner, ...column],
    ...(cascade && { scope: 'unbounded', why: 'CASCADE removes whatever depends on it' }),
  });
}

function columnTarget(words: Words, owner: readonly EffectTarget[]): EffectTarget[] {
  skipExists(words);
  return targets('column', [`${owner[0]?.name ?? ''}.${name(words)}`]);
}

/** A further column of a list, `a INT` or `(a INT)`, or an option `a = 1`. */
function isPlain(words: Words): boolean {
  return words.tokens[0]?.kind === 'name' || word(words, 1) === '=' || word(words) === '(' || words.tokens.length <= 6;
}

/** ClickHouse: `ALTER TABLE t DELETE WHERE …` and `UPDATE … WHERE …` change rows. */
function mutation(verb: 'DELETE' | 'UPDATE', words: Words, owner: readonly EffectTarget[], cx: Cx): void {
  const table = owner[0]?.name ?? '';
  const rest = words.tokens.slice(words.at);
  const from = rest[0]?.start ?? 0;
  const to = rest.at(-1)?.end ?? from;
  const body = words.text.slice(from, to).replace(/\bIN\s+PARTITION\s+\S+\s+(?=WHERE\b)/i, '');
  const text = verb === 'DELETE' ? `DELETE FROM ${table} ${body}` : `UPDATE ${table} SET ${body}`;
  readMade(text, cx);
}
