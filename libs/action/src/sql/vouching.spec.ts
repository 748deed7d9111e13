import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalogue, EMPTY_CATALOGUE } from '../catalogue.ts';
import type { ReadContext } from '../reader.ts';
import { analyseSql } from './analyse.ts';
import { type SqlParser, createParser } from './parser.ts';

let parser: SqlParser;
beforeAll(async () => {
  parser = await createParser();
});

const functions: Catalogue['functions'] = {
  '*': {
    total: [{ kind: 'read', targets: ['table:app.orders'] }],
    'billing.close_month': [
      { kind: 'write', scope: 'bounded', reversible: 'no', targets: ['table:billing.invoices'] },
      { kind: 'export', scope: 'one', targets: ['url:https://example.org:8443/x'] },
    ],
    nothing: [],
    lower: [{ kind: 'delete' }],
    pg_read_file: [{ kind: 'none' }],
    dblink: [{ kind: 'read' }],
    sort: [{ kind: 'delete', scope: 'one' }],
    archive: [{ kind: 'delete', scope: 'one' }],
  },
  staging: { total: [{ kind: 'none' }] },
};

function told(text: string, target = ''): string[] {
  const cx: ReadContext = {
    catalogue: { ...EMPTY_CATALOGUE, functions },
    target,
    place: 'here',
    depth: 0,
    embedded: () => {
      throw new Error('nothing else is inside');
    },
  };
  return analyseSql(text, parser, parser, cx).effects.map(
    ({ kind, scope, targets, via }) =>
      `${kind} ${scope} ${targets.map(({ type, name }) => `${type}:${name}`).join(',')} / ${via}`,
  );
}

describe("the operator's catalogue of functions", () => {
  it.each([
    ['an entry without a schema is for calls without one', 'SELECT total(1)', ['read one table:app.orders / total']],
    ['and for public', 'SELECT public.total(1)', ['read one table:app.orders / public.total']],
    ['but for no other schema', 'SELECT evil.total(1)', ['opaque unknown  / evil.total']],
    [
      'an entry with a schema is for calls with it',
      'CALL billing.close_month()',
      [
        'write bounded table:billing.invoices / CALL › billing.close_month',
        'export one url:https://example.org:8443/x / CALL › billing.close_month',
      ],
    ],
    ['and for no others', 'SELECT close_month()', ['opaque unknown  / close_month']],
    ['an entry without effects says that it does nothing', 'SELECT nothing()', ['none one  / ']],
    ['what is built in stays what it is: harmless', "SELECT lower('X')", ['none one  / ']],
    ['or not', "SELECT pg_read_file('/x')", ['secret_read one file:/x / pg_read_file']],
    ["an extension's function is the operator's to describe", "SELECT dblink('x', 'SELECT 1')", ['read one  / dblink']],
    ['whatever it is called', 'SELECT sort(1)', ['delete one  / sort']],
    [
      'a column as argument makes it many',
      'SELECT archive(id) FROM t',
      ['delete unbounded  / archive', 'read unbounded table:t / '],
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('has entries for one target that go before those for all', () => {
    expect(told('SELECT total(1)', 'staging')).toEqual(['none one  / total']);
    expect(told('SELECT archive(1)', 'staging')).toEqual(['delete one  / archive']);
  });

  it('takes no name from what every object has', () => {
    expect(told('SELECT constructor(1), "hasOwnProperty"(1), "__proto__"()')).toHaveLength(3);
    expect(told('SELECT total(1)', '__proto__')).toEqual(['read one table:app.orders / total']);
  });
});
