/** The identity room on a real journal: first start, restart, a second process, and the HTTP shapes. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpException } from '@nestjs/common';
import { openEmbeddedJournal } from '@countersign/journal-embedded';
import type { Principal } from '@countersign/kernel';
import { type Journal, TOPICS, monotonicClock } from '@countersign/ports';
import { openProducer } from '@countersign/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken, listTokens, revokeToken } from './http.ts';
import { type Identity, openIdentity } from './room.ts';

let folder: string;
let journal: Journal;
const rooms: Identity[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-identity-'));
  journal = await openEmbeddedJournal({ dir: join(folder, 'journal') });
});

afterEach(async () => {
  for (const room of rooms.splice(0)) await room.stop();
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(tokensDir = join(folder, 'tokens')): Promise<Identity> {
  const producer = await openProducer({ journal, topic: TOPICS.identity, service: 'identity', instance: 'test' });
  const log = { error: (fields: object, message: string) => expect.fail(`${message}: ${JSON.stringify(fields)}`) };
  const room = await openIdentity({ journal, producer, clock: monotonicClock(), randomBytes, tokensDir, log });
  rooms.push(room);
  return room;
}

function principalOf(room: Identity, name: string): Principal {
  const token = readFileSync(join(folder, 'tokens', `${name}.token`), 'utf8').trim();
  const principal = room.authenticate(token);
  if (principal === undefined) throw new Error(`the ${name} token proves nobody`);
  return principal;
}

const AGENT = { subject: 'agent:deploy-bot', owner: 'person:ana', roles: ['caller'] };

async function problemOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof HttpException) return thrown.getResponse();
    throw thrown;
  }
  throw new Error('it succeeded');
}

describe('the first start', () => {
  it('makes three tokens that only this user can read', async () => {
    const room = await open();
    expect(room.firstStart).toBe(true);
    expect(statSync(join(folder, 'tokens')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'tokens')).sort()).toEqual(['admin.token', 'auditor.token', 'caller.token']);
    const modes = ['admin', 'caller', 'auditor'].map((name) => statSync(join(folder, 'tokens', `${name}.token`)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    const common = { tenant: 'default', tokenId: expect.any(String) };
    expect(principalOf(room, 'admin')).toEqual({
      ...common,
      subject: 'person:admin',
      owner: '',
      roles: ['approver', 'auditor', 'policy_author', 'admin'],
      actsFor: [],
    });
    expect(principalOf(room, 'caller')).toEqual({
      ...common,
      subject: 'agent:local',
      owner: 'person:admin',
      roles: ['caller'],
      actsFor: ['*'],
    });
    expect(principalOf(room, 'auditor')).toEqual({
      ...common,
      subject: 'person:auditor',
      owner: '',
      roles: ['auditor'],
      actsFor: [],
    });
  });

  it('happens once: a restart knows the same tokens and leaves the files alone', async () => {
    await open();
    const before = readFileSync(join(folder, 'tokens', 'admin.token'), 'utf8');
    const again = await open();
    expect(again.firstStart).toBe(false);
    expect(readFileSync(join(folder, 'tokens', 'admin.token'), 'utf8')).toBe(before);
    expect(principalOf(again, 'admin').subject).toBe('person:admin');
    expect(await journal.head(TOPICS.identity, 0)).toBe(3);
  });

  it('records nothing when the files cannot be written, so that the next start tries again', async () => {
    writeFileSync(join(folder, 'in-the-way'), '');
    const failed = open(join(folder, 'in-the-way', 'tokens'));
    await expect(failed).rejects.toMatchObject({
      name: 'EnvironmentError',
      advice: expect.stringContaining('COUNTERSIGN_DATA_DIR'),
    });
    expect(await journal.head(TOPICS.identity, 0)).toBe(0);
    const room = await open();
    expect(principalOf(room, 'admin').subject).toBe('person:admin');
  });

  it('never stores a token in the journal', async () => {
    await open();
    const stored = await journal.read(TOPICS.identity, 0, 0, { maxRecords: 10, maxBytes: 1_000_000 });
    const bytes = Buffer.concat(stored.map(({ value }) => value));
    const secret = readFileSync(join(folder, 'tokens', 'admin.token'), 'utf8').trim();
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(Buffer.from(secret.slice(3), 'base64url'))).toBe(false);
  });
});

describe('tokens over HTTP', () => {
  it('creates one that is good at once and after a restart, and lists it without its secret', async () => {
    const room = await open();
    const admin = principalOf(room, 'admin');
    const created = await createToken(room, admin, { ...AGENT, expiresAt: '2100-01-01T00:00:00Z' });
    expect(created).toMatchObject({
      ...AGENT,
      tenant: 'default',
      issuedBy: 'person:admin',
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
    expect(room.authenticate(created.token)?.subject).toBe('agent:deploy-bot');
    expect(room.ownerOf('default', 'agent:deploy-bot')).toBe('person:ana');
    const again = await open();
    expect(again.authenticate(created.token)).toEqual(room.authenticate(created.token));
    const { tokens } = listTokens(again, admin);
    expect(tokens.map(({ subject }) => subject)).toEqual(['person:admin', 'agent:local', 'person:auditor', 'agent:deploy-bot']);
    expect(JSON.stringify(tokens)).not.toContain(created.token);
  });

  it('revokes one: here at once, in another process soon after', async () => {
    const room = await open();
    const other = await open();
    const admin = principalOf(room, 'admin');
    const { id, token } = await createToken(room, admin, AGENT);
    await expect.poll(() => other.authenticate(token)?.subject, { timeout: 10_000 }).toBe('agent:deploy-bot');
    expect((await revokeToken(room, admin, id)).revokedBy).toBe('person:admin');
    expect(room.authenticate(token)).toBeUndefined();
    await expect.poll(() => other.authenticate(token), { timeout: 10_000 }).toBeUndefined();
    expect((await revokeToken(room, admin, id)).revokedBy).toBe('person:admin');
  });

  it('refuses who is no administrator', async () => {
    const room = await open();
    const caller = principalOf(room, 'caller');
    const forbidden = { type: 'about:blank', title: 'Forbidden', status: 403, detail: expect.stringContaining('role admin') };
    expect(await problemOf(() => createToken(room, caller, AGENT))).toEqual(forbidden);
    expect(await problemOf(() => listTokens(room, caller))).toEqual(forbidden);
    expect(await problemOf(() => revokeToken(room, caller, caller.tokenId))).toEqual(forbidden);
  });

  it.each<[unknown, number, RegExp]>([
    [undefined, 400, /must be a JSON object/],
    [[], 400, /must be a JSON object/],
    [{ ...AGENT, role: 'admin' }, 400, /no field "role"/],
    [{ ...AGENT, subject: undefined }, 400, /"subject" is missing/],
    [{ ...AGENT, roles: 'caller' }, 400, /"roles" must be a list/],
    [{ ...AGENT, roles: ['root'] }, 400, /no role "root"/],
    [{ ...AGENT, expiresAt: 'tomorrow' }, 400, /"expiresAt" must be a time/],
    [{ ...AGENT, subject: 'agent:local' }, 409, /agent:local belongs to person:admin/],
  ])('refuses %j with %i', async (body, status, detail) => {
    const room = await open();
    const admin = principalOf(room, 'admin');
    expect(await problemOf(() => createToken(room, admin, body))).toMatchObject({
      status,
      detail: expect.stringMatching(detail),
    });
  });

  it('refuses the second of two owners even when both are asked for at once', async () => {
    const room = await open();
    const admin = principalOf(room, 'admin');
    const both = [AGENT, { ...AGENT, owner: 'person:bo' }].map((body) => createToken(room, admin, body));
    const settled = await Promise.allSettled(both);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
