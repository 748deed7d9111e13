/**
 * Statements run on a real PostgreSQL, each in a transaction that is rolled back: whatever the server says has changed (rows,
 * catalogs, rights, settings, locks) must be among the effects that the analysis tells.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { type Socket, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Effect, EffectKind } from '@countersign/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseSql } from '../analyse.ts';
import { type SqlParser, createParser } from '../parser.ts';

/** Where the server's programs are (`initdb`, `postgres`), when they are not where Debian puts them. */
const SETTING = 'COUNTERSIGN_TEST_POSTGRES';
const INSTALLED = '/usr/lib/postgresql';
const START_MS = 30_000;

/** A user's machine may have no server: then this says loudly that nothing was compared. In CI that is a failure. */
const COMPARES: boolean = process.env['CI'] === 'true' || folderOfPrograms() !== undefined;
const MISSING = `no PostgreSQL server found: install Debian's "postgresql", or set ${SETTING} to the folder of initdb`;

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const STATEMENTS = file('statements.sql')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('--'));

interface Change {
  readonly kind: string;
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type State = ReadonlyMap<string, string>;

/** Tables that change or are read with the one that a statement names: foreign keys, triggers, partitions, views. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  'app.active_users': ['app.users', 'app.orders', 'app.tenants'],
  'app.users': ['app.orders', 'app.tenants'],
  'app.orders': ['app.users'],
  'app.tenants': ['app.users'],
  'app.audited': ['app.trail'],
  'app.metrics': ['app.metrics_2023', 'app.metrics_2024'],
  'app.totals': ['app.orders'],
  'app.orders_status': ['app.orders'],
  'app.mood': ['app.users'],
};

/** Written by triggers and by moving rows between partitions, whatever the statement does. */
const BESIDE: ReadonlySet<string> = new Set(['app.trail', 'app.metrics_2023', 'app.metrics_2024']);

const STRUCTURE: readonly EffectKind[] = ['schema_change', 'schema_drop'];
/** What only the session sees may be told as its own matter. */
const OWN: readonly EffectKind[] = ['session', 'write', 'schema_change', 'schema_drop'];
const MATTERS: readonly EffectKind[] = [...STRUCTURE, 'write', 'delete', 'privilege_change', 'log_tamper', 'process_control'];

/** Kinds of effect that account for a change; none for a change that says nothing. */
function accounts({ kind, name, before, after }: Change): readonly EffectKind[] {
  const added = before === undefined;
  const removed = after === undefined;
  switch (kind) {
    case 'scanned':
      return [...MATTERS, 'read', 'export', 'persistence', 'session'];
    case 'inserted':
    case 'updated':
      return BESIDE.has(name) ? ['write', 'delete'] : ['write'];
    case 'deleted':
      return BESIDE.has(name) ? ['write', 'delete'] : ['delete'];
    case 'rows':
      // A renamed table comes and goes; whether it was dropped, the kind `relation` says.
      return ['write', 'delete', ...STRUCTURE];
    case 'sequence':
      return ['delete', ...OWN];
    case 'temporary rows':
    case 'temporary relation':
      return OWN;
    case 'relation':
      return removed ? ['schema_drop'] : added ? ['schema_change'] : [...STRUCTURE, 'privilege_change'];
    case 'access':
      if (/^(relation|function|type|schema) /.test(name) && (added || removed)) return OWN;
      return removed ? ['privilege_change', 'schema_drop'] : ['privilege_change'];
    case 'trigger':
      return added ? ['persistence'] : removed || / [DR]$/.test(after) ? ['log_tamper', 'schema_drop'] : ['schema_change'];
    case 'rule':
      if ((after ?? before ?? '').startsWith('_RETURN')) return OWN;
      return added ? ['persistence'] : removed || / [DR] /.test(after) ? ['log_tamper', 'schema_drop'] : STRUCTURE;
    case 'event trigger':
      return added ? ['persistence'] : ['log_tamper', 'schema_drop', 'schema_change'];
    case 'function':
    case 'structure':
      return removed ? ['schema_drop'] : ['schema_change'];
    case 'publication':
      return removed ? STRUCTURE : ['export', 'schema_change'];
    case 'large object':
      return removed ? ['delete'] : ['write'];
    case 'lasting setting':
      return ['config_change'];
    case 'setting':
      // A library that is loaded brings settings of its own; another role may not see all of them.
      return added || removed ? [] : ['session', 'config_change', 'privilege_change', 'log_tamper', 'identity_change'];
    case 'actor':
      return ['identity_change'];
    case 'lock':
      return name.startsWith('advisory') ? ['process_control'] : [...MATTERS, 'persistence'];
    default:
      return [...STRUCTURE, ...OWN];
  }
}

const WORK = new Set(['scanned', 'inserted', 'updated', 'deleted', 'rows']);

function isTold(change: Change, effects: readonly Effect[]): boolean {
  const kinds = accounts(change);
  if (kinds.length === 0 || effects.some((effect) => effect.kind === 'opaque')) return true;
  const fitting = effects.filter((effect) => kinds.includes(effect.kind));
  if (WORK.has(change.kind)) return fitting.some((effect) => names(effect, change.name));
  if (change.kind === 'setting') return fitting.some((effect) => sets(effect, change.name));
  return fitting.length > 0;
}

/** The effect names the table, or something that it stands behind, or something larger than tables. */
function names({ kind, targets, scope }: Effect, table: string): boolean {
  const stated = targets.map((target) => target.name);
  if (stated.some((name) => name === table || BEHIND[name]?.includes(table) === true)) return true;
  return kind === 'schema_drop' && scope === 'unbounded';
}

function sets({ targets, via }: Effect, parameter: string): boolean {
  const wide = targets.length === 0 || targets.some((target) => target.name === 'pg_settings') || via.includes('pg_settings');
  return wide || targets.some((target) => target.name === parameter.toLowerCase());
}

/** The same work in other clothes. */
function dressed(text: string): string[] {
  const verb = /^\w+/.exec(text)?.[0].toUpperCase() ?? '';
  if (/;|^(COPY|SET|RESET|SAVEPOINT|DO|PREPARE|EXECUTE|DEALLOCATE|DISCARD|DECLARE|CHECKPOINT|LOAD|EXPLAIN|SHOW|CALL)/.test(text))
    return [];
  if (/^(SELECT|WITH|TABLE|VALUES)$/.test(verb)) {
    const plain = !/\bINTO\b|FOR UPDATE/.test(text);
    const changes = /\b(INSERT INTO|UPDATE|DELETE FROM)\b/.test(text);
    return [
      `EXPLAIN (ANALYZE, TIMING off) ${text}`,
      ...(/\bINTO (TEMP|app)/.test(text) ? [] : [`DO $w$ BEGIN EXECUTE $s$${text}$s$; END $w$`]),
      ...(plain && !changes ? [`SELECT count(*) FROM (${text}) AS w`, `DECLARE w CURSOR FOR ${text}; FETCH ALL FROM w`] : []),
    ];
  }
  if (/^(INSERT|UPDATE|DELETE|MERGE)$/.test(verb)) {
    const inner =
      /RETURNING/.test(text) || verb === 'MERGE' || / (app\.(inbox|active_users)|pg_settings)\b/.test(text)
        ? []
        : [`WITH w AS (${text} RETURNING 1) SELECT count(*) FROM w`];
    return [
      `EXPLAIN (ANALYZE, TIMING off) ${text}`,
      `PREPARE w AS ${text}; EXECUTE w`,
      `DO $w$ BEGIN EXECUTE $s$${text}$s$; END $w$`,
      ...inner,
    ];
  }
  return text.includes('$$') ? [] : [`DO $w$ BEGIN ${text}; END $w$`];
}

/** Tables of which every row was changed or removed, without the analysis saying that it may be so. */
function allOf(seen: readonly Change[], rest: State, effects: readonly Effect[]): string[] {
  if (effects.some(({ kind }) => kind === 'opaque')) return [];
  const wide = effects.some(({ scope, kind }) => (scope === 'unbounded' || scope === 'unknown') && kind !== 'read');
  return seen
    .filter(({ kind, before, after }) => (kind === 'updated' || kind === 'deleted') && Number(after) > Number(before ?? 0))
    .filter(({ name, before, after }) => {
      const rows = Number.parseInt(rest.get(`rows\0${name}`) ?? '0', 10);
      return rows >= 10 && Number(after) - Number(before ?? 0) >= rows;
    })
    .filter(() => !wide)
    .map(({ kind, name }) => `every row of ${name} was ${kind}`);
}

const OBSERVE = 'SELECT * FROM observer.state() UNION ALL SELECT * FROM observer.actor()';
const COUNT = 'SELECT * FROM observer.counters()';

function stateOf(rows: readonly (readonly (string | null)[])[]): State {
  return new Map(rows.map(([kind, name, state]) => [`${kind}\0${name}`, state ?? '']));
}

function changes(before: State, after: State): Change[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  return keys.map((key) => {
    const [kind = '', name = ''] = key.split('\0');
    return { kind, name, before: before.get(key), after: after.get(key) };
  });
}

interface Finding {
  readonly text: string;
  readonly error: string;
  readonly seen: readonly Change[];
  readonly untold: readonly string[];
}

// A machine without a server says so in its environment; anything else that stands in the way is red.
if (COMPARES) describe('what a real PostgreSQL does is what the analysis tells', compare);
else {
  process.stderr.write(`The analysis of SQL was not compared with a real PostgreSQL: ${MISSING}.\n`);
  it('has statements to compare', () => expect(STATEMENTS.length).toBeGreaterThan(300));
}

function compare(): void {
  let server: PostgresServer;
  let session: PostgresSession;
  let parser: SqlParser;
  let rest: State;

  const must = async (sql: string): Promise<State> => {
    const { rows, error } = await session.query(sql);
    if (error !== '') throw new Error(`${error}\nin ${sql.slice(0, 200)}`);
    return stateOf(rows);
  };

  beforeAll(async () => {
    parser = await createParser();
    server = await startPostgres(['wal_level=logical', 'shared_preload_libraries=']);
    session = await server.session();
    await must(file('world.sql'));
    await must(file('observe.sql'));
    rest = await must(OBSERVE);
  });
  afterAll(() => server.stop());

  async function observe(text: string): Promise<Finding> {
    await must('BEGIN');
    const counted = await must(COUNT);
    const { error } = await session.query(text);
    const seen: Change[] = [];
    if (error === '') seen.push(...changes(counted, await must(COUNT)), ...changes(rest, await must(OBSERVE)));
    await must('ROLLBACK');
    await must('DISCARD ALL');
    await must("SET TIME ZONE 'UTC'; RESET TIME ZONE");
    // Sequences do not go back.
    if (seen.some((change) => change.kind === 'sequence')) rest = await must(OBSERVE);
    const { effects } = analyseSql(text, parser);
    const untold = seen
      .filter((change) => !isTold(change, effects))
      .map(({ kind, name, before, after }) => `${kind} ${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`);
    return { text, error, seen, untold: [...untold, ...allOf(seen, rest, effects)] };
  }

  async function observeAll(texts: readonly string[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const text of texts) findings.push(await observe(text));
    return findings;
  }

  it('for each statement', { timeout: 300_000 }, async () => {
    const findings = await observeAll(STATEMENTS);
    expect(findings.filter(({ error }) => error !== '').map(({ text, error }) => `${text}: ${error}`)).toEqual([]);
    expect(findings.flatMap(({ text, untold }) => untold.map((line) => `${text}\n  ${line}`))).toEqual([]);
    // The observer sees something: most statements of the list leave a mark.
    expect(findings.filter(({ seen }) => seen.length > 0).length).toBeGreaterThan(280);
  });

  it('for the same statements inside others', { timeout: 300_000 }, async () => {
    const texts = STATEMENTS.flatMap(dressed);
    const findings = await observeAll(texts);
    const ran = findings.filter(({ error }) => error === '');
    expect(findings.flatMap(({ text, untold }) => untold.map((line) => `${text}\n  ${line}`))).toEqual([]);
    expect(findings.filter(({ error }) => error !== '').map(({ text, error }) => `${text}: ${error}`)).toEqual([]);
    expect(ran.length + STATEMENTS.length).toBeGreaterThan(700);
  });

  it('a missing effect is noticed', async () => {
    const { seen } = await observe('DELETE FROM app.parts WHERE id = 3');
    const read: Effect = {
      kind: 'read',
      scope: 'one',
      reversible: 'yes',
      targets: [{ type: 'table', name: 'app.parts' }],
      span: { start: 0, end: 1 },
      via: '',
      why: '',
    };
    const untold = seen.filter((change) => !isTold(change, [read])).map(({ kind, name }) => `${kind} ${name}`);
    expect(untold.toSorted()).toEqual(['deleted app.parts', 'rows app.parts']);
  });
}

// A cluster of its own in a temporary folder, reached by a Unix socket alone, gone when it is stopped.

interface PostgresServer {
  /** Of the server, as `15`. */
  readonly major: number;
  /** A new session as the superuser `admin` in the database `postgres`. */
  session(): Promise<PostgresSession>;
  stop(): Promise<void>;
}

/** Throws when there is no server to start: a spec that cannot run is red. */
async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const bin = programs();
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'cs-pg-'));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
  });
  const options = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`, ...settings];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
  const socket = join(folder, '.s.PGSQL.5432');
  const first = await firstSession(child, socket, () => said);
  const version = await first.query('SHOW server_version_num');
  await first.close();
  return {
    major: Math.floor(Number(version.rows[0]?.[0]) / 10_000),
    session: () => connect(socket),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // Fast: sessions that are still there are ended.
      child.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function programs(): string {
  const found = folderOfPrograms();
  if (found === undefined) throw new Error(MISSING);
  return found;
}

function folderOfPrograms(): string | undefined {
  const stated = process.env[SETTING];
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a)) : [];
  return [...(stated === undefined ? [] : [stated]), ...versions.map((version) => join(INSTALLED, version, 'bin'))].find(
    (folder) => existsSync(join(folder, 'initdb')),
  );
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function firstSession(child: ChildProcess, socket: string, said: () => string): Promise<PostgresSession> {
  for (const deadline = performance.now() + START_MS; performance.now() < deadline; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said()}`);
    const session = existsSync(socket) ? await connect(socket).catch(() => undefined) : undefined;
    if (session !== undefined) return session;
  }
  child.kill('SIGKILL');
  throw new Error(`PostgreSQL did not answer in ${START_MS} ms:\n${said()}`);
}

// The simple query protocol, as text, without authentication.

interface Answer {
  /** Rows of all statements of the text. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The server's message; '' when it took everything. */
  readonly error: string;
}

interface PostgresSession {
  /** Never rejects for an error of the server. `COPY … FROM STDIN` is given no rows. */
  query(sql: string): Promise<Answer>;
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

async function connect(path: string, user = 'admin', database = 'postgres'): Promise<PostgresSession> {
  const socket = createConnection(path);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const waiting: Pending[] = [];
  let rows: (string | null)[][] = [];
  let error = '';

  const finish = (): void => {
    const answer = { rows, error };
    rows = [];
    error = '';
    waiting.shift()?.resolve(answer);
  };
  const take = (type: string, body: Buffer): void => {
    if (type === 'D') rows.push(rowOf(body));
    else if (type === 'E') error ||= messageOf(body);
    else if (type === 'G') socket.write(Buffer.from('c\0\0\0\x04', 'latin1'));
    else if (type === 'Z') finish();
  };
  readMessages(socket, take);
  const lost = (): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the session with PostgreSQL is lost'));
  };
  socket.on('close', lost).on('error', lost);

  const ask = (message: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      socket.write(message);
    });
  const started = await ask(startup(user, database));
  if (started.error !== '') throw new Error(started.error);
  return {
    query: (sql) => ask(framed('Q', Buffer.from(`${sql}\0`))),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.end(framed('X', Buffer.alloc(0)));
      }),
  };
}

/** Each message: a letter, its length with the four bytes of the length, its body. */
function readMessages(socket: Socket, take: (type: string, body: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const end = rest.readInt32BE(1) + 1;
      take(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
      rest = rest.subarray(end);
    }
  });
}

function rowOf(body: Buffer): (string | null)[] {
  const row: (string | null)[] = [];
  let at = 2;
  for (let column = body.readInt16BE(0); column > 0; column--) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return row;
}

/** The field `M` of an ErrorResponse. */
function messageOf(body: Buffer): string {
  const fields = body.toString('utf8').split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'an error without a message';
}

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}
