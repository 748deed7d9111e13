/** What reaches a terminal: nothing that could move it, columns that line up, marks under the right characters. */
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { EffectJson, VerdictJson } from '../decision-json.ts';
import { decisionLines } from './decision.ts';
import { clip, columnsOf, shown } from './escape.ts';
import { table } from './table.ts';
import { underline } from './underline.ts';

describe('escaping', () => {
  it.each([
    ['plain é 漢 🙂', 'plain é 漢 🙂'],
    ['\x1b[2J\x07', '\\u001b[2J\\u0007'],
    ['a\r\nb\tc\0', 'a\\r\\nb\\tc\\0'],
    ['x\u202eevil\u200b\ufeff', 'x\\u202eevil\\u200b\\ufeff'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\x9b31m', '\\u009b31m'],
    ['\ud800', '\\ud800'],
  ])('%j', (text, safe) => {
    expect(shown(text)).toBe(safe);
  });

  it('clips by columns, not by characters', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('漢漢漢漢', 6)).toBe('漢漢…');
    expect(columnsOf('漢a')).toBe(3);
  });
});

describe('tables', () => {
  it('aligns columns, cuts the last one and escapes every cell', () => {
    expect(
      table(
        ['A', 'LONG'],
        [
          ['漢字', 'x'],
          ['b\n', 'y'.repeat(40)],
        ],
        26,
      ),
    ).toEqual(['A     LONG', '漢字  x', `b\\n   ${'y'.repeat(19)}…`]);
  });
});

describe('underlining', () => {
  it('marks the span under the text', () => {
    expect(underline('SELECT 1; DROP TABLE t', [{ start: 10, end: 22, label: 'schema_drop' }])).toEqual([
      'SELECT 1; DROP TABLE t',
      '          ^^^^^^^^^^^^ schema_drop',
    ]);
  });

  it('counts columns of wide and escaped characters', () => {
    expect(underline("'漢\u202e🙂' DROP", [{ start: 7, end: 11, label: '' }])).toEqual([
      "'漢\\u202e🙂' DROP",
      `${' '.repeat(13)}^^^^`,
    ]);
  });

  it('follows a span over lines and says its label once', () => {
    expect(underline('DELETE\nFROM t\n-- end', [{ start: 0, end: 13, label: 'delete' }])).toEqual([
      'DELETE',
      '^^^^^^ delete',
      'FROM t',
      '^^^^^^',
      '-- end',
    ]);
  });

  it('shows the part of a very long line that a mark is in', () => {
    const text = `${'x'.repeat(5_000)} DROP TABLE t ${'y'.repeat(5_000)}`;
    const [line = '', carets = ''] = underline(text, [{ start: 5_001, end: 5_013, label: 'here' }]);
    expect(line.length).toBeLessThan(130);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('DROP TABLE t');
  });

  it('cuts a text of many lines, but never a marked one', () => {
    const text = `${'line\n'.repeat(1_000)}DROP TABLE t`;
    const lines = underline(text, [{ start: 5_000, end: 5_012, label: 'here' }]);
    expect(lines.length).toBeLessThan(60);
    expect(lines.slice(-2)).toEqual(['DROP TABLE t', '^^^^^^^^^^^^ here']);
  });

  it.each([
    ['', [{ start: 0, end: 0, label: 'nothing' }]],
    ['a', [{ start: 5, end: 9, label: 'beyond' }]],
    ['ab', [{ start: 1, end: 1, label: 'empty' }]],
  ])('survives spans that point nowhere: %j', (text, marks) => {
    expect(underline(text, marks)[0]).toBe(text);
  });
});

describe('a decision', () => {
  const drop: EffectJson = {
    kind: 'schema_drop',
    scope: 'unbounded',
    reversible: 'no',
    targets: [{ type: 'table', name: 'cust\x1bomers' }],
    span: { start: 0, end: 12 },
    via: 'psql',
    why: '',
  };
  const read: EffectJson = { ...drop, kind: 'read', reversible: 'yes', span: { start: 0, end: 8 } };
  const decision: VerdictJson = {
    verdict: 'deny',
    reasons: [{ rule: 'baseline.schema_drop', code: 'x', message: 'No \x1b[31mundo.', severity: 'critical' }],
    effects: [read, drop],
    risk: 85,
    policyDigest: 'sha256:00',
    effectsInWords: 'drops table cust\\u{1b}omers and what is in it; cannot be undone',
    riskParts: [],
  };
  const plain = picocolors.createColors(false);

  it('tells verdict, rule and place, and leaves harmless effects out beside grave ones', () => {
    expect(decisionLines(decision, 'DROP TABLE t', plain)).toEqual([
      'DENY  risk 85 of 100  drops table cust\\u{1b}omers and what is in it; cannot be undone',
      '  baseline.schema_drop [critical]  No \\u001b[31mundo.',
      '',
      '  DROP TABLE t',
      '  ^^^^^^^^^^^^ schema_drop table cust\\u001bomers; everything in it; cannot be undone; through psql',
    ]);
  });

  it('names the effects where there is no text', () => {
    expect(decisionLines({ ...decision, verdict: 'require_approval', effects: [drop] }, '', plain)).toEqual([
      'APPROVAL REQUIRED  risk 85 of 100  drops table cust\\u{1b}omers and what is in it; cannot be undone',
      '  baseline.schema_drop [critical]  No \\u001b[31mundo.',
      '  schema_drop table cust\\u001bomers; everything in it; cannot be undone; through psql',
    ]);
  });
});
