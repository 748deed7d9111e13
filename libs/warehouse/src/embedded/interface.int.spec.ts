/** The ClickHouse HTTP interface as clients use it: the unmodified @clickhouse/client, and bare HTTP as curl speaks it. */
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { READER_PASSWORD, WRITER_PASSWORD, basic, startFixture } from './testing/fixture.ts';
import type { Fixture } from './testing/fixture.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.write('CREATE TABLE t (tenant String, id UInt64, text String) ENGINE = MergeTree ORDER BY id');
});
afterAll(() => fixture.stop());

const writer = (options = {}) =>
  createClient({
    log: { level: ClickHouseLogLevel.OFF },
    url: fixture.clickhouse.url,
    username: 'countersign_writer',
    password: WRITER_PASSWORD,
    database: 'countersign',
    ...options,
  });

describe('@clickhouse/client', () => {
  it('inserts, queries and pings, with text that looks like the end of a block', async () => {
    const client = writer({ compression: { request: true, response: true } });
    await client.command({ query: 'TRUNCATE TABLE t' });
    const texts = ['plain', 'line\n\nbreaks', "quote ' \\ tab\t", '\u{1F600} \u0000'];
    const rows = texts.map((text, id) => ['a', id, text]);
    await client.insert({ table: 't', values: rows, format: 'JSONCompactEachRow', columns: ['tenant', 'id', 'text'] });
    await client.insert({ table: 't', values: [{ tenant: 'a', id: 9, text: 'object' }], format: 'JSONEachRow' });
    const all = await client.query({ query: 'SELECT text FROM t ORDER BY id', format: 'JSONEachRow' });
    expect(await all.json()).toEqual([...texts, 'object'].map((text) => ({ text })));
    const json = await (await client.query({ query: 'SELECT max(id) AS last FROM t', format: 'JSON' })).json();
    expect(json).toMatchObject({ data: [{ last: 9 }], rows: 1, meta: [{ name: 'last', type: 'UInt64' }] });
    const typed = await client.query({ query: 'SELECT id FROM t LIMIT 1', format: 'JSONCompactEachRowWithNamesAndTypes' });
    expect(await typed.json()).toEqual([['id'], ['UInt64'], [0]]);
    expect(await client.ping()).toEqual({ success: true });
    await client.close();
  });

  it('binds parameters of each request to that request, also when many run at once', async () => {
    const clients = ['a', 'b'].map((tenant) =>
      writer({ username: 'countersign_reader', password: READER_PASSWORD, http_headers: { 'X-Countersign-Tenant': tenant } }),
    );
    const ask = async (i: number) => {
      const query_params = { n: i, text: `it's \\ ${i}\n`, list: [i, 1] };
      const query = 'SELECT {n:UInt32} AS n, {text:String} AS text, {list:Array(UInt32)} AS list';
      return (await clients[i % 2]!.query({ query, query_params, format: 'JSONEachRow' })).json();
    };
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => ask(i)));
    expect(answers).toEqual(Array.from({ length: 40 }, (_, i) => [{ n: i, text: `it's \\ ${i}\n`, list: [i, 1] }]));
    await Promise.all(clients.map((client) => client.close()));
  });

  it('reports errors with the code of the engine', async () => {
    const client = writer();
    await expect(client.query({ query: 'SELECT * FROM nowhere' })).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
    await expect(client.command({ query: 'SELECT 1 1 1' })).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' });
    const bad = client.insert({ table: 't', values: ['{"id": "no number"}'], format: 'JSONEachRow' });
    await expect(bad).rejects.toMatchObject({ code: expect.stringMatching(/^\d+$/) as string });
    await client.close();
  });
});

describe('bare HTTP', () => {
  it('answers pings without credentials and everything else not', async () => {
    for (const path of ['/ping', '/']) expect(await (await fetch(fixture.clickhouse.url + path)).text()).toBe('Ok.\n');
    const anonymous = await fixture.request(undefined, 'SELECT 1');
    expect(anonymous).toMatchObject({ status: 401, code: 516 });
    expect(anonymous.text).toMatch(/^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\)\n$/);
    expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic/);
    expect((await fetch(`${fixture.clickhouse.url}/other`)).status).toBe(404);
    expect((await fetch(`${fixture.clickhouse.url}/`, { method: 'DELETE' })).status).toBe(405);
  });

  it('takes the statement from the URL, the body, or both, and tells format and query id', async () => {
    expect((await fixture.read('a', '', { query: 'SELECT 1' })).text).toBe('1\n');
    expect((await fixture.read('a', '+ 1', { query: 'SELECT 1' })).text).toBe('2\n');
    const reply = await fixture.read('a', 'SELECT 1 AS x', { default_format: 'JSONEachRow', query_id: 'my-query' });
    expect(reply.text).toBe('{"x":1}\n');
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'x-clickhouse-format': 'JSONEachRow',
      'x-clickhouse-query-id': 'my-query',
    });
    expect(JSON.parse(reply.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ result_rows: '1' });
    const own = await fixture.read('a', 'SELECT 1 AS x FORMAT CSVWithNames', { default_format: 'JSONEachRow' });
    expect(own.text).toBe('"x"\n1\n');
    expect(own.headers.get('x-clickhouse-format')).toBe('CSVWithNames');
    expect((await fixture.read('a', 'SELECT 1', { default_format: 'JSON; DROP' })).code).toBe(36);
  });

  it('reads gzip and multipart, and writes gzip when it is asked to', async () => {
    const { url } = fixture.clickhouse;
    const authorization = basic('x', 'token-a');
    const zipped = await fetch(`${url}/`, {
      method: 'POST',
      body: gzipSync('SELECT 7'),
      headers: { authorization, 'content-encoding': 'gzip' },
    });
    expect(await zipped.text()).toBe('7\n');
    const form = new FormData();
    form.set('query', 'SELECT {x:String}');
    form.set('param_x', 'grüße');
    expect(await (await fetch(`${url}/`, { method: 'POST', body: form, headers: { authorization } })).text()).toBe('grüße\n');
    const packed = await fetch(`${url}/?enable_http_compression=1&query=SELECT+8`, {
      headers: { authorization, 'accept-encoding': 'gzip' },
    });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe('8\n');
    const broken = await fetch(`${url}/`, {
      method: 'POST',
      body: gzipSync('SELECT 7').subarray(0, 12),
      headers: { authorization, 'content-encoding': 'gzip' },
    });
    expect(broken.status).not.toBe(200);
  });

  it('inserts data that stands in the body with its statement, empty lines and all', async () => {
    await fixture.write('TRUNCATE TABLE t');
    await fixture.write(
      'INSERT INTO t FORMAT JSONEachRow\n{"tenant":"a","id":1,"text":"x"}\n\n{"tenant":"a","id":2,"text":"y"}\n',
    );
    await fixture.write("INSERT INTO t VALUES ('a', 3, 'FORMAT x')");
    await fixture.write('INSERT INTO t (tenant, id, text) FORMAT CSV', {}, 'a,4,"two\n\nlines"\n');
    await fixture.write("INSERT INTO t SELECT 'a', 5, 'z'");
    expect(await fixture.write('SELECT groupArray(id) FROM (SELECT id FROM t ORDER BY id)')).toBe('[1,2,3,4,5]\n');
  });

  it('stores a block whole or not at all when a row of it is bad', async () => {
    await fixture.write('TRUNCATE TABLE t');
    const lines = Array.from({ length: 50_000 }, (_, id) => JSON.stringify({ tenant: 'a', id, text: 'x' }));
    lines[49_990] = '{"tenant": "a", "id": "no number"}';
    await expect(fixture.write('INSERT INTO t FORMAT JSONEachRow', {}, lines.join('\n'))).rejects.toThrow(/^Code: \d+/);
    expect(await fixture.write('SELECT count() FROM t')).toBe('0\n');
  });

  it('makes one part of one insert, also past the size at which the engine would cut it', async () => {
    await fixture.write('CREATE TABLE big (tenant String, id UInt32) ENGINE = MergeTree ORDER BY id');
    await fixture.write('SYSTEM STOP MERGES countersign.big');
    await fixture.write('INSERT INTO big FORMAT TabSeparated', {}, 'a\t1\n'.repeat(1_200_000));
    expect(await fixture.write("SELECT count(), sum(rows) FROM system.parts WHERE table = 'big'")).toBe('1\t1200000\n');
  });

  it('refuses what it does not serve instead of ignoring it', async () => {
    expect(await fixture.read('a', 'SELECT 1', { compress: '1' })).toMatchObject({ status: 400, code: 36 });
    expect(await fixture.read('a', 'SELECT 1', { database: 'system' })).toMatchObject({ status: 403, code: 497 });
    expect(await fixture.read('a', `SELECT '${'x'.repeat(70_000)}'`)).toMatchObject({ status: 413, code: 229 });
    expect(await fixture.read('a', ' '.repeat(2_000_000))).toMatchObject({ status: 413, code: 229 });
    expect(await fixture.read('a', '')).toMatchObject({ status: 400, code: 62 });
  });

  it('bounds results, memory and time with clear errors', async () => {
    expect((await fixture.read('a', 'SELECT number FROM numbers(2000000)')).text).toMatch(/^Code: 396.*max rows: 1\.00 million/);
    expect((await fixture.read('a', 'SELECT groupArray(number) FROM numbers(10000000000)')).text).toMatch(
      /^Code: 241.*maximum: 1\.00 GiB/,
    );
    const endless = 'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))';
    expect(await fixture.read('a', endless, { max_execution_time: '1' })).toMatchObject({ status: 408, code: 159 });
  });
});
