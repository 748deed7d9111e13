/** What comes in from files and command lines: shapes, mistakes and bytes that are no text. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseLine } from './action.ts';
import { collect, parseDuration, parseResource } from './commands/options.ts';
import { type Line, linesOf } from './lines.ts';
import { RequestWindow, WINDOW } from './request-window.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

async function read(...chunks: readonly (string | Buffer)[]): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) lines.push(line);
  return lines;
}

describe('a line of NDJSON', () => {
  it('may be flat', () => {
    const parsed = parseLine('{"kind":"sql","text":"SELECT 1","dialect":"postgres","environment":"production"}');
    expect(parsed).toEqual({
      ok: true,
      value: {
        action: { kind: 'sql', text: 'SELECT 1', name: '', dialect: 'postgres', payloadJson: new Uint8Array(0) },
        resource: { environment: 'production', labels: [] },
      },
    });
  });

  it('may be a whole request', () => {
    const parsed = parseLine(
      JSON.stringify({
        requestId: 'r1',
        subject: { id: 'agent:a', owner: 'person:ana' },
        delegation: [{ id: 'person:ana' }],
        action: { kind: 'mcp_tool', name: 'send', text: '', payload: { to: 'x' } },
        resource: { type: 'table', id: 't', environment: 'production', labels: ['pii'] },
        purpose: 'p',
        session: 's',
        model: { provider: 'm', model: 'n' },
      }),
    );
    expect(parsed).toEqual({
      ok: true,
      value: {
        requestId: 'r1',
        purpose: 'p',
        sessionId: 's',
        subject: { id: 'agent:a', owner: 'person:ana', attributesJson: new Uint8Array(0) },
        delegation: [{ id: 'person:ana', owner: '', attributesJson: new Uint8Array(0) }],
        action: { kind: 'mcp_tool', name: 'send', text: '', payloadJson: bytes({ to: 'x' }) },
        resource: { type: 'table', id: 't', environment: 'production', labels: ['pii'] },
        model: { provider: 'm', model: 'n' },
        contextJson: new Uint8Array(0),
      },
    });
  });

  it.each([
    ['{', /^not JSON$/],
    ['[1]', /^not a JSON object$/],
    ['null', /^not a JSON object$/],
    ['{"kind":"sql","txt":"x"}', /there is no field "txt"/],
    ['{"text":"x"}', /"kind" must be one of sql, shell/],
    ['{"kind":"SQL","text":"x"}', /"kind" must be one of/],
    ['{"kind":"sql","text":1}', /"text" must be a text/],
    ['{"kind":"sql","labels":"pii"}', /"labels" must be a list/],
    ['{"action":"x"}', /"action" must be an object/],
    ['{"action":{"kind":"sql"},"enviroment":"x"}', /there is no field "enviroment"/],
    ['{"action":{"kind":"sql","sql":"x"}}', /there is no field "action.sql"/],
    ['{"action":{"kind":"sql"},"resource":{"labels":[1]}}', /"resource.labels" must be a list of texts/],
    ['{"action":{"kind":"sql"},"subject":{"name":"x"}}', /there is no field "subject.name"/],
    ['{"action":{"kind":"sql"},"delegation":["person:ana"]}', /delegation\[0\] must be an object/],
  ])('refuses %s', (line, message) => {
    expect(parseLine(line)).toEqual({ ok: false, error: expect.stringMatching(message) });
  });
});

describe('lines of a stream', () => {
  it('are numbered, whatever the chunks; empty ones count and are left out', async () => {
    expect(await read('a\nb', 'c\n\n  \n', 'd')).toEqual([
      { number: 1, text: { ok: true, value: 'a' } },
      { number: 2, text: { ok: true, value: 'bc' } },
      { number: 5, text: { ok: true, value: 'd' } },
    ]);
  });

  it('keep a character that a chunk border cut', async () => {
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    expect(await read(first, second)).toEqual([{ number: 1, text: { ok: true, value: 'é' } }]);
  });

  it('that are no UTF-8, or too long, are told apart and do not end the stream', async () => {
    const lines = await read(Buffer.from([0xc3, 0x28, 0x0a]), 'x'.repeat(5_000_000), '\nok\n');
    expect(lines).toEqual([
      { number: 1, text: { ok: false, error: 'not valid UTF-8' } },
      { number: 2, text: { ok: false, error: expect.stringMatching(/^longer than \d+ bytes$/) } },
      { number: 3, text: { ok: true, value: 'ok' } },
    ]);
  });
});

describe('the window of a stream', () => {
  it('sends no more than so many unanswered actions, and goes on with each answer', async () => {
    const text = { ok: true, value: '{"kind":"sql","text":"SELECT 1"}' } as const;
    const lines = async function* () {
      for (let number = 1; number <= WINDOW + 2; number += 1) yield { number, text };
    };
    const window = new RequestWindow(lines(), () => expect.fail('no line is bad'));
    const requests = window.requests();
    for (let sent = 0; sent < WINDOW; sent += 1) await requests.next();
    const next = requests.next().then(() => 'sent');
    const turns = new Promise((resolve) => setImmediate(() => resolve('held back')));
    expect(await Promise.race([next, turns])).toBe('held back');
    expect(window.answered().number).toBe(1);
    expect(await next).toBe('sent');
    expect(window.waiting).toBe(WINDOW);
  });
});

describe('option values', () => {
  it('read lists, resources and durations', () => {
    expect(collect('b, c', ['a'])).toEqual(['a', 'b', 'c']);
    expect(parseResource('table:public:customers')).toEqual({ type: 'table', id: 'public:customers' });
    expect(parseDuration('90d')).toBe(7_776_000_000);
  });

  it.each(['', 'table', ':x', 'table:'])('refuse the resource %j', (value) => {
    expect(() => parseResource(value)).toThrow(/TYPE:ID/);
  });

  it.each(['', '5', '0s', '-1s', '1w', '1.5h'])('refuse the duration %j', (value) => {
    expect(() => parseDuration(value)).toThrow(/a number and a unit/);
  });
});
