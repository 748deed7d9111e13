/** Bad input: whatever comes in, the answer is a clear refusal or a recorded decision, and the event loop goes on turning. */
import { fromBinary } from '@bufbuild/protobuf';
import { createPolicyHost } from '@countersign/policy-wasm';
import { type Journal, TOPICS } from '@countersign/ports';
import { decision, event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicy } from './policy-source.ts';
import { CALLER, encodeRequest, GATEWAY, type House, openHouse, recordOf, type Request, SELECT } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

let journal: Journal;
let house: House;

beforeAll(async () => {
  const policy = createPolicyHost();
  const source = await loadPolicy('');
  expect(source.ok && (await policy.activate(source.value))).toMatchObject({ ok: true });
  journal = createMemoryJournal();
  const ownerOf = (_tenant: string, subject: string) => (subject === 'agent:registered' ? 'person:olga' : undefined);
  house = await openHouse(journal, createMemoryStore(), { policy, ownerOf });
});

afterAll(() => house.service.stop());

const sql = (text: string, more: Request = {}): Request => ({ ...more, action: { kind: 'sql', text } });
const payload = (bytes: string | Buffer): Request => ({ action: { kind: 'json', payloadJson: Buffer.from(bytes) } });
const context = (bytes: string | Buffer): Request => ({ ...SELECT, contextJson: Buffer.from(bytes) });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('what cannot be decided is refused with a sentence, and nothing is recorded', () => {
  it.each<[string, Request, string]>([
    ['no action', {}, 'action.kind is missing; use one of sql, shell'],
    ['no kind', { action: { text: 'SELECT 1' } }, 'action.kind is missing'],
    ['an unknown kind', { action: { kind: 'sqll', text: 'SELECT 1' } }, 'action.kind "sqll" is unknown; use one of sql'],
    ['a kind that is no word', { action: { kind: 'sql\n\u202e', text: 'x' } }, '"sql??'],
    ['a kind of 1 MB', { action: { kind: 'x'.repeat(1 << 20), text: 'x' } }, 'is unknown'],
    ['no text', { action: { kind: 'sql' } }, 'action.text is missing: a sql action is judged by its text'],
    ['no text of a command', { action: { kind: 'shell', payloadJson: Buffer.from('{}') } }, 'action.text is missing'],
    ['neither text nor payload', { action: { kind: 'http' } }, 'action.text and action.payload_json are both missing'],
    ['a text of 1 MB', sql('x'.repeat(1 << 20)), 'action.text is 1048576 characters; the cap is 262144'],
    [
      'a payload of 1 MB',
      payload(JSON.stringify('x'.repeat(1 << 20))),
      'action.payload_json is 1048578 bytes; the cap is 262144',
    ],
    ['a payload that is no JSON', payload('{"a":'), 'action.payload_json: not JSON'],
    ['two JSON values', payload('{}{}'), 'action.payload_json: not JSON'],
    ['a payload in another encoding', payload(Buffer.from([0x22, 0xff, 0x22])), 'action.payload_json: not JSON'],
    ['a payload with a byte order mark', payload('\ufeff{}'), 'action.payload_json: not JSON'],
    ['a payload nested 65 deep', payload(nested(65)), 'action.payload_json: JSON is nested deeper than 64 levels'],
    ['a payload nested 10,000 deep', payload(nested(10_000)), 'nested deeper than 64'],
    ['a payload nested 130,000 deep', payload(nested(130_000)), 'nested deeper than 64'],
    ['objects nested 10,000 deep', payload(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), 'nested deeper than 64'],
    [
      'a declared effect that is no kind',
      { ...SELECT, declaredEffects: ['read', 'raed\n'] },
      'declared_effects: "raed?" is unknown; use none, session, read',
    ],
    [
      '65 declared effects',
      { ...SELECT, declaredEffects: Array<string>(65).fill('read') },
      'declared_effects has 65 entries; the cap is 64',
    ],
    ['a context that is no object', context('[]'), 'context_json must be a JSON object'],
    ['a context that would add members to the input', context('{}},"approval":{"status":"valid"'), 'context_json: not JSON'],
    ['a context nested 10,000 deep', context(`{"a":${nested(10_000)}}`), 'nested deeper than 64'],
    ['a context over its cap', context(JSON.stringify({ a: 'x'.repeat(256 * 1024) })), 'context_json is 262152 bytes'],
    [
      'attributes that are no object',
      { ...SELECT, subject: { id: 'agent:bot', attributesJson: Buffer.from('1') } },
      'attributes_json must be a JSON object',
    ],
    [
      'a link’s attributes that are no JSON',
      { ...SELECT, delegation: [{ id: 'person:a', attributesJson: Buffer.from('x') }] },
      'delegation.attributes_json: not JSON',
    ],
    ['a subject without a type', { ...SELECT, subject: { id: 'bot' } }, 'subject.id must look like person:ana'],
    ['a subject of an unknown type', { ...SELECT, subject: { id: 'robot:bot' } }, 'subject.id must look like'],
    ['a subject with a line break', { ...SELECT, subject: { id: 'agent:bot\nperson:ana' } }, 'subject.id must look like'],
    [
      'an owner who is no person',
      { ...SELECT, subject: { id: 'agent:bot', owner: 'agent:boss' } },
      'subject.owner must be a natural person',
    ],
    ['a link without a type', { ...SELECT, delegation: [{ id: 'ana' }] }, 'delegation.id must look like'],
    [
      '17 links',
      { ...SELECT, delegation: Array.from({ length: 17 }, () => ({ id: 'person:a' })) },
      'delegation has 17 links; the cap is 16',
    ],
    [
      '65 labels',
      { ...SELECT, resource: { labels: Array<string>(65).fill('a') } },
      'resource.labels has 65 entries; the cap is 64',
    ],
    ['a label over its cap', { ...SELECT, resource: { labels: ['x'.repeat(513)] } }, 'resource.labels is 513 characters'],
    ['a purpose over its cap', { ...SELECT, purpose: 'x'.repeat(4_097) }, 'purpose is 4097 characters; the cap is 4096'],
    ['a request_id over its cap', { ...SELECT, requestId: 'x'.repeat(513) }, 'request_id is 513 characters'],
    ['a grant over its cap', { ...SELECT, grant: 'x'.repeat(4_097) }, 'grant is 4097 characters'],
    ['a NUL in an id', { ...SELECT, sessionId: 'a\0b' }, 'session_id must not contain NUL'],
  ])('%s', async (_what, request, says) => {
    const before = await journal.head(TOPICS.decisions, 0);
    const refused: unknown = await house.decide(request, GATEWAY).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'Refused', code: 'invalid', message: expect.stringContaining(says) });
    expect(String(refused)).toMatch(/^Refused: [^\n\0\u202e]{10,400}$/);
    expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
  });

  const good = encodeRequest(sql('SELECT 1'));

  it.each<[string, Buffer, string]>([
    [
      'invalid UTF-8',
      Buffer.from(encodeRequest(sql('SELECT ~~')).toString('latin1').replace('~~', '\xc3\x28'), 'latin1'),
      'action.text is not valid UTF-8',
    ],
    ['a message that was cut', good.subarray(0, -3), 'could not be read'],
    ['bytes of something else', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'could not be read'],
    ['a field that comes twice', Buffer.concat([good, good]), 'field 4 twice'],
    ['a length of 4 GB', Buffer.from([0x22, 0xff, 0xff, 0xff, 0xff, 0x0f]), 'longer than the message'],
    ['nothing at all', Buffer.alloc(0), 'action.kind is missing'],
  ])('%s', async (_what, bytes, says) => {
    const refused: unknown = await (async () => house.service.decide(bytes, CALLER))().catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'Refused', code: 'invalid', message: expect.stringContaining(says) });
  });
});

describe('what can be decided, however odd, is a recorded decision that is no plain allow', () => {
  it.each<[string, Request]>([
    ['a text with NUL', sql('SELECT 1;\0 DROP TABLE customers')],
    ['a text that is no SQL', sql('rm -rf /')],
    ['an unknown dialect', { action: { kind: 'sql', text: 'SELECT 1', dialect: 'klingon' } }],
    ['a dialect of control characters', { action: { kind: 'sql', text: 'SELECT 1', dialect: '\u001b[2J\u202e' } }],
    ['a kind without an analyser', { action: { kind: 'terraform', text: 'destroy' } }],
    ['a payload that a double cannot hold', payload('{"a":1e999,"a":12345678901234567890}')],
    ['a payload with half a character', payload('{"a":"\\ud800"}')],
    ['a payload 64 deep', payload(nested(64))],
    ['a text at its cap', sql('x'.repeat(256 * 1024))],
  ])('%s', async (_what, request) => {
    const { decisionId, verdict, position } = await house.decide(request);
    expect([event.Verdict.REQUIRE_APPROVAL, event.Verdict.DENY]).toContain(verdict);
    expect(position?.topic).toBe(TOPICS.decisions);
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded.effects.map(({ kind }) => kind)).toContain('opaque');
  });

  it('an agent that nobody answers for is denied, with the reason on record', async () => {
    const { decisionId, verdict } = await house.decide({ ...SELECT, subject: { id: 'agent:stray' } }, GATEWAY);
    expect(verdict).not.toBe(event.Verdict.ALLOW);
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded.subject).toMatchObject({ id: 'agent:stray', owner: '' });
    expect(recorded.reasons.length).toBeGreaterThan(0);
  });
});

describe('acting for others', () => {
  const named = (id: string, owner = ''): Request => ({ ...SELECT, subject: { id, owner } });
  const pipeline = { ...CALLER, subject: 'pipeline:release', actsFor: ['agent:deploy-*', 'person:ana'] };

  it.each(['agent:other', 'agent:bot2', 'person:ana', 'pipeline:bot'])(
    'a token that speaks for nobody else cannot name %s',
    async (id) => {
      const before = await journal.head(TOPICS.decisions, 0);
      await expect(house.decide(named(id))).rejects.toMatchObject({ name: 'Refused', code: 'forbidden' });
      expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
    },
  );

  it.each<[string, string]>([
    ['agent:deploy-eu', 'person:eve'],
    ['person:ana', ''],
    ['pipeline:release', 'person:ana'],
  ])('one that does may name %s', async (id, owner) => {
    const { decisionId } = await house.decide(named(id, 'person:eve'), pipeline);
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded.subject).toMatchObject({ id, owner });
    expect(recorded.caller).toMatchObject({ subject: 'pipeline:release', tokenId: 'token-of-bot' });
  });

  it.each(['agent:deploy', 'agent:adeploy-eu', 'person:anastasia', 'agent:*', 'agent:deploy-*'])('but not %s', async (id) => {
    await expect(house.decide(named(id), pipeline)).rejects.toMatchObject({ name: 'Refused' });
  });

  it('a registered owner cannot be talked away', async () => {
    const { decisionId } = await house.decide(named('agent:registered', 'person:mallory'), GATEWAY);
    expect((await recordOf(journal, decisionId)).recorded.subject).toMatchObject({ owner: 'person:olga' });
  });

  it('nor can the caller’s own', async () => {
    const { decisionId } = await house.decide(named('agent:bot', 'person:mallory'));
    expect((await recordOf(journal, decisionId)).recorded.subject).toMatchObject({ owner: 'person:ana' });
  });

  it('no subject means the caller itself', async () => {
    const { decisionId } = await house.decide(SELECT);
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded.subject).toMatchObject({ id: 'agent:bot', owner: 'person:ana' });
    expect(recorded.request?.subject?.id ?? 'agent:bot').toBe('agent:bot');
  });
});

describe('parser bombs', () => {
  /** The most CPU time that this thread spent between two turns of its event loop, in ms. */
  async function longestTurn(work: () => Promise<unknown>): Promise<number> {
    let longest = 0;
    let last = process.threadCpuUsage();
    let running = true;
    const measure = () => {
      const { user, system } = process.threadCpuUsage(last);
      longest = Math.max(longest, (user + system) / 1_000);
      last = process.threadCpuUsage();
      if (running) setImmediate(measure);
    };
    setImmediate(measure);
    await work();
    running = false;
    measure();
    return longest;
  }

  const BOMBS: readonly (readonly [string, () => string[]])[] = [
    ['operators', () => Array.from({ length: 30 }, (_, n) => `select ${'1+'.repeat(12_000)}${n}`)],
    ['nested comments', () => [`SELECT 1 ${'/*'.repeat(64_000)}${'*/'.repeat(64_000)}`, '/*'.repeat(131_000)]],
    [
      'parentheses',
      () => [`SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`, `SELECT ${'('.repeat(1_900)}1${')'.repeat(1_900)}`],
    ],
    ['subqueries', () => [`${'SELECT * FROM ('.repeat(250)}SELECT 1${') x'.repeat(250)}`]],
    ['unions', () => [Array(10_000).fill('SELECT 1').join(' UNION ')]],
    ['statements', () => [Array(20_000).fill('DROP TABLE t').join(';'), 'SELECT 1;'.repeat(400)]],
    ['quotes', () => [`SELECT ${"'".repeat(200_001)}`, `SELECT ${'"'.repeat(200_001)}`, `SELECT ${'$a$'.repeat(60_001)}`]],
    [
      'conditions',
      () => [`DELETE FROM t WHERE ${Array(600).fill('a = 1').join(' OR ')}`, `DELETE FROM t WHERE ${'NOT '.repeat(1_000)} a`],
    ],
    ['casts and arrays', () => [`SELECT 1${'::int'.repeat(800)}`, `SELECT ${'ARRAY['.repeat(600)}1${']'.repeat(600)}`]],
    ['bodies in bodies', () => [`DO $a$ BEGIN ${'EXECUTE $q$ SELECT 1 $q$; '.repeat(150)} END $a$`]],
    [
      'secrets',
      () => [
        'password=x '.repeat(20_000),
        `password=${'"'.repeat(200_000)}`,
        'eyJ'.repeat(80_000),
        '4'.repeat(250_000),
        '://:@'.repeat(50_000),
      ],
    ],
    [
      'spaces and zero-width text',
      () => [`SELECT${' '.repeat(250_000)}1`, `SELECT ${'\u200b'.repeat(250_000)}`, '\n'.repeat(250_000)],
    ],
  ];

  it.each(BOMBS)('%s: decided and recorded, while the event loop goes on', async (_what, make) => {
    const texts = make();
    const answers: decision.DecideResponse[] = [];
    const longestMs = await longestTurn(async () => {
      answers.push(...(await Promise.all(texts.map((text) => house.decide(sql(text))))));
    });
    expect(answers.map(({ position }) => position?.topic)).toEqual(texts.map(() => TOPICS.decisions));
    // The product's bound is 50 ms a request. CPU time of the thread, so that a busy machine does not count; twice that and more,
    // because requests that are asked in one turn share it here and the code of a test run is not warm.
    expect(longestMs).toBeLessThan(250);
  });

  it('afterwards ordinary SQL is read as before', async () => {
    const { effects } = await house.decide(sql('DROP TABLE after_the_storm'));
    expect(effects).toMatchObject([{ kind: 'schema_drop', targets: [{ name: 'after_the_storm' }] }]);
  });
});

describe('memory', () => {
  it('a short text that is remembered does not keep the large message alive that it came in', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const contextJson = Buffer.from(JSON.stringify({ note: 'x '.repeat(100_000) }));
    const ask = async (from: number) => {
      for (let n = from; n < from + 100; n++) await house.decide(sql(`SELECT ${n} FROM remembered`, { contextJson }));
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await ask(0);
    // 100 messages of 200 KB are 20 MB; their texts and what is known of them are far below one.
    expect((await ask(100)) - before).toBeLessThan(5_000_000);
  });
});

describe('JSON bytes', () => {
  it('reach policy and record as they are', async () => {
    const bytes = '{ "b" : 1.50, "a":[1,2 ], "a": "\\u0041" }';
    const { decisionId } = await house.decide({ action: { kind: 'mcp_tool', name: 'x', payloadJson: Buffer.from(bytes) } });
    const { recorded } = await recordOf(journal, decisionId);
    expect(Buffer.from(recorded.request?.action?.payloadJson ?? []).toString()).toBe(bytes);
  });

  it('answers are readable protobuf whatever came in', async () => {
    const answer = await house.decideBytes(sql('SELECT \u202e\u0007\ud83d\ude00 FROM t'));
    expect(fromBinary(decision.DecideResponseSchema, answer).decisionId).toMatch(/^[0-9a-f-]{36}$/);
  });
});
