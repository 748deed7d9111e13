/** Credentials and settings of a request, without a server. */
import { describe, expect, it } from 'vitest';
import { Credentials } from './credentials.ts';
import { parametersOf, readerSettings, writerSettings } from './settings.ts';
import { basic, sha256Hex } from './testing/fixture.ts';

const credentials = new Credentials({
  writerPassword: 'w',
  readerPassword: 'r',
  readers: [{ tokenSha256Hex: sha256Hex('token').toUpperCase(), tenant: 'a' }],
});
const none = new URLSearchParams();

describe('Credentials', () => {
  it.each([
    ['Basic', { authorization: basic('ana', 'token') }, none],
    ['Basic without a user', { authorization: basic('', 'token') }, none],
    ['Bearer', { authorization: 'Bearer token' }, none],
    ['headers', { 'x-clickhouse-user': 'ana', 'x-clickhouse-key': 'token' }, none],
    ['the URL', {}, new URLSearchParams({ user: 'ana', password: 'token' })],
  ])('reads a token from %s', (_, headers, url) => {
    expect(credentials.authenticate(headers, url)).toEqual({ role: 'reader', tenant: 'a' });
  });

  it('knows the writer and the internal reader', () => {
    expect(credentials.authenticate({ authorization: basic('countersign_writer', 'w') }, none)).toEqual({ role: 'writer' });
    const internal = { authorization: basic('countersign_reader', 'r'), 'x-countersign-tenant': 'b' };
    expect(credentials.authenticate(internal, none)).toEqual({ role: 'reader', tenant: 'b' });
  });

  it.each([
    ['nothing', {}],
    ['no password', { authorization: basic('ana', '') }],
    ['an unknown token', { authorization: basic('ana', 'other') }],
    ['the digest itself', { authorization: basic('ana', sha256Hex('token')) }],
    ['a wrong writer password', { authorization: basic('countersign_writer', 'token') }],
    ['a wrong reader password', { authorization: basic('countersign_reader', 'token'), 'x-countersign-tenant': 'a' }],
    ['the internal reader without a tenant', { authorization: basic('countersign_reader', 'r') }],
    ['a tenant with a line break', { authorization: basic('countersign_reader', 'r'), 'x-countersign-tenant': 'a\nb' }],
    ['the header of the internal reader with no password of it', { 'x-countersign-tenant': 'a' }],
  ])('refuses %s', (_, headers) => {
    expect(() => credentials.authenticate(headers, none)).toThrow(/Authentication failed/);
  });

  it('forgets a token that is no longer in the list', () => {
    const changing = new Credentials({ writerPassword: 'w', readerPassword: 'r', readers: [] });
    changing.setReaders([{ tokenSha256Hex: sha256Hex('t'), tenant: 'a' }]);
    expect(changing.authenticate({ authorization: 'Bearer t' }, none)).toEqual({ role: 'reader', tenant: 'a' });
    changing.setReaders([]);
    expect(() => changing.authenticate({ authorization: 'Bearer t' }, none)).toThrow(/unknown token/);
  });
});

describe('settings', () => {
  const settingsOf = (parameters: Record<string, string>) => readerSettings(new URLSearchParams(parameters));

  it('bounds every query of a reader', () => {
    expect(settingsOf({})).toEqual(
      expect.arrayContaining([
        'max_execution_time=30',
        `max_memory_usage=${2 ** 30}`,
        'max_result_rows=1000000',
        'max_threads=2',
      ]),
    );
  });

  it.each([
    ['0', 'max_execution_time=30'],
    ['31', 'max_execution_time=30'],
    ['30', 'max_execution_time=30'],
    ['5', 'max_execution_time=5'],
  ])('takes max_execution_time=%s as %s', (asked, taken) => expect(settingsOf({ max_execution_time: asked })).toContain(taken));

  it.each([
    [{ log_comment: 'b' }, "'log_comment' cannot be set"],
    [{ additional_table_filters: '{}' }, 'cannot be set'],
    [{ output_format_schema: '/tmp/x' }, 'cannot be set'],
    [{ format_schema: 'x' }, 'cannot be set'],
    [{ user_files_path: '/' }, 'cannot be set'],
    [{ session_timezone: 'UTC --log_comment=b' }, 'not a plain word'],
    [{ max_threads: 'many' }, 'not a number'],
    [{ max_threads: '-1' }, 'not a number'],
  ])('refuses %j', (asked, why) => expect(() => settingsOf(asked)).toThrow(why));

  it('leaves out what belongs to HTTP', () => {
    expect(writerSettings(new URLSearchParams('query=x&user=u&wait_end_of_query=1&param_x=1&max_block_size=5'))).toEqual([
      'max_block_size=5',
    ]);
  });

  it('reads parameters and refuses bad names', () => {
    expect([...parametersOf(new URLSearchParams('param_x=1&param_y=%5B1%5D&z=2'))]).toEqual([
      ['x', '1'],
      ['y', '[1]'],
    ]);
    expect(() => parametersOf(new URLSearchParams('param_x%20%3D=1'))).toThrow('Bad parameter name');
  });
});
