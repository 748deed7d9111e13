import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ActionInput } from './analysis.ts';
import { type Analyser, openAnalyser } from './analyser.ts';
import { ParserBroken, type SqlParser, createParser } from './sql/parser.ts';

/** So that a busy machine does not decide what a test says. */
const PATIENT_MS = 20_000;

let analyser: Analyser;
beforeAll(async () => {
  analyser = await openAnalyser({ deadlineMs: PATIENT_MS });
});
afterAll(() => analyser.close());

function sql(text: string, dialect = ''): ActionInput {
  return { kind: 'sql', name: '', text, dialect };
}

describe('the dispatcher', () => {
  it.each(['', 'postgres', 'PostgreSQL', 'pg'])('reads SQL of the dialect "%s"', (dialect) => {
    expect(analyser.analyseNow(sql('DROP TABLE t', dialect))?.effects[0]?.kind).toBe('schema_drop');
  });

  it.each([
    ['a dialect that nobody knows', sql('DROP TABLE t', 'klingon'), /klingon/],
    ['JSON that says nothing', { ...sql('7'), kind: 'json' as const }, /./],
    ['no text', sql(''), /no SQL text/],
  ])('is opaque for %s and says why', (_, action, why) => {
    expect(analyser.analyseNow(action)).toMatchObject({
      complete: false,
      effects: [{ kind: 'opaque', why: expect.stringMatching(why) as string }],
    });
  });

  it('gives one fingerprint to texts that differ in literals only', () => {
    const one = analyser.analyseNow(sql('SELECT * FROM t WHERE id = 1'))?.fingerprint;
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(analyser.analyseNow(sql('SELECT * FROM t WHERE id = 22'))?.fingerprint).toBe(one);
    expect(analyser.analyseNow(sql('SELECT * FROM u WHERE id = 1'))?.fingerprint).not.toBe(one);
  });

  it('remembers an analysis', () => {
    const first = analyser.analyseNow(sql('DELETE FROM remembered'));
    expect(analyser.analyseNow(sql('DELETE FROM remembered'))).toBe(first);
  });
});

describe('texts for the worker', () => {
  const long = `SELECT 1 /* ${'x'.repeat(5000)} */; DROP TABLE t`;

  it('has no answer now, one later, and then one now', async () => {
    expect(analyser.analyseNow(sql(long))).toBeUndefined();
    const { effects, complete } = await analyser.analyse(sql(long));
    expect(complete).toBe(true);
    expect(effects.map((effect) => [effect.kind, long.slice(effect.span.start, effect.span.end)])).toEqual([
      ['schema_drop', 'DROP TABLE t'],
    ]);
    expect(analyser.analyseNow(sql(long))?.effects).toEqual(effects);
  });

  it.each([
    ['24 KB of operators', `SELECT 1${'+1'.repeat(12_000)}`],
    ['256 KB of nested comments', `${'/*'.repeat(64_000)}${'*/'.repeat(64_000)} SELECT 1`],
    ['deep parentheses', `SELECT ${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['deep NOT', `SELECT ${'NOT '.repeat(60_000)}true`],
    ['deep CASE', `SELECT ${'CASE WHEN true THEN '.repeat(3000)}1${' END'.repeat(3000)}`],
    ['an open string', `SELECT '${'a'.repeat(200_000)}`],
  ])('%s is opaque, is never parsed here, and hurts nobody after it', async (_, bomb) => {
    const now = analyser.analyseNow(sql(bomb));
    expect(now === undefined || !now.complete).toBe(true);
    expect((await analyser.analyse(sql(bomb))).effects).toMatchObject([{ kind: 'opaque' }]);
    expect((await analyser.analyse(sql(`${long} -- after ${bomb.length}`))).complete).toBe(true);
  });

  it.each([
    ['operators inside a body', `DO $$ BEGIN PERFORM 1${'+1'.repeat(300)}; DELETE FROM t; END $$`],
    ['very many pieces', `DO $$ BEGIN ${'PERFORM 1;'.repeat(200)} DELETE FROM t; END $$`],
  ])('leaves %s to the worker', async (_, text) => {
    expect(analyser.analyseNow(sql(text))).toBeUndefined();
    expect((await analyser.analyse(sql(text))).effects.map((effect) => effect.kind)).toEqual(['process_control', 'delete']);
  });

  it('reads nothing that hides a bomb in a body', async () => {
    const text = `DO $$ BEGIN PERFORM ${'/*'.repeat(200)}${'*/'.repeat(200)} 1; END $$`;
    expect((await analyser.analyse(sql(text))).effects).toMatchObject([{ kind: 'opaque' }]);
  });

  it('reads thirty long texts of many operators one after the other', async () => {
    const texts = Array.from({ length: 30 }, (_, i) => `DELETE FROM t${i} WHERE a = 1${'+1'.repeat(3000)}`);
    const kinds = await Promise.all(
      texts.map(async (text) => (await analyser.analyse(sql(text))).effects.map((effect) => effect.targets[0]?.name)),
    );
    expect(kinds).toEqual(texts.map((_, i) => [`t${i}`]));
  });

  it('gives up on a text that takes too long, and reads the next one', async () => {
    const hurried = await openAnalyser({ deadlineMs: 1, inProcessUnits: 60 });
    const slow = `SELECT a IN (${'1,'.repeat(60_000)}1)`;
    expect((await hurried.analyse(sql(slow))).effects).toMatchObject([
      { kind: 'opaque', why: 'it took longer than 1 ms to read' },
    ]);
    // What went wrong in the worker is not remembered as the text's fault.
    expect(hurried.analyseNow(sql(slow))).toBeUndefined();
    expect((await hurried.analyse(sql('DROP TABLE t'))).effects).toMatchObject([{ kind: 'schema_drop' }]);
    await hurried.close();
  });

  it('refuses what would have to wait too long', async () => {
    const narrow = await openAnalyser({ waiting: 1, inProcessUnits: 5, deadlineMs: PATIENT_MS });
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => narrow.analyse(sql(`DROP TABLE ${name}`))));
    expect(answers.map(({ effects }) => effects[0]?.kind)).toEqual(['schema_drop', 'schema_drop', 'opaque']);
    expect(answers[2]?.effects[0]?.why).toBe('too many texts are waiting to be read');
    await narrow.close();
  });

  it('answers what still waits when it is closed', async () => {
    const closing = await openAnalyser({ inProcessUnits: 5 });
    const waiting = closing.analyse(sql('DROP TABLE t'));
    await closing.close();
    expect((await waiting).effects).toMatchObject([{ kind: 'opaque', why: 'the reader is closed' }]);
  });
});

describe('a parser that breaks', () => {
  it('is dropped, the text goes to the worker, and a new one takes over', async () => {
    let made = 0;
    const create = async (): Promise<SqlParser> => {
      made++;
      const real = await createParser();
      const breaks = made === 1;
      return {
        ...real,
        parse: (text) => {
          if (breaks && text.includes('poison')) throw new ParserBroken('trapped');
          return real.parse(text);
        },
      };
    };
    const reader = await openAnalyser({ deadlineMs: PATIENT_MS, rebuildPauseMs: 1 }, create);
    expect(reader.analyseNow(sql('DROP TABLE poison'))).toBeUndefined();
    expect(reader.analyseNow(sql('DROP TABLE other'))).toBeUndefined();
    expect((await reader.analyse(sql('DROP TABLE poison'))).effects).toMatchObject([{ kind: 'schema_drop' }]);
    await vi.waitFor(() => expect(reader.analyseNow(sql('DROP TABLE third'))?.complete).toBe(true), 5000);
    expect(made).toBe(2);
    await reader.close();
  });
});
