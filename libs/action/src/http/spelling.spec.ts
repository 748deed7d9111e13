import type { Effect } from '@countersign/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { readDatastore } from '../datastore/reader.ts';
import { createDispatch } from '../dispatch.ts';
import type { Reader } from '../reader.ts';
import { readHttp } from './reader.ts';

const dispatch = createDispatch(
  new Map<string, Reader>([
    ['http', readHttp],
    ['datastore', readDatastore],
    ['sql', (action) => unreadable(action.text, 'sql')],
  ]),
  'worker',
);

function effects(kind: 'http' | 'datastore', text: string, dialect = ''): readonly Effect[] {
  return dispatch({ kind, name: '', text, dialect }, EMPTY_CATALOGUE).effects;
}

/** Another spelling may be refused; what it is not is another action. */
function neverSafer(kind: 'http' | 'datastore', plain: string, spelt: string, dialect = ''): boolean {
  const before = effects(kind, plain, dialect);
  const after = effects(kind, spelt, dialect);
  if (after.some((effect) => effect.kind === 'opaque')) return true;
  return before.every((effect) => after.some((other) => other.kind === effect.kind && other.scope === effect.scope));
}

const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Each leaves a server to do the same. */
const spellings: readonly ((path: string, pick: number) => string)[] = [
  (path, pick) => path.replace(/[a-z]/g, (char, index: number) => ((index + pick) % 3 === 0 ? percent(char) : char)),
  (path) => path.replaceAll('/', '//'),
  (path, pick) => path.replace('/', `/${'./'.repeat((pick % 3) + 1)}`),
  (path, pick) => path.replace('/', `/x${pick}/../`),
  (path, pick) => path.replace('/', `/x${pick}/%2e%2e/`),
  (path, pick) => `${path}${path.includes('?') ? '&' : '?'}pretty=${pick}`,
  (path, pick) => `${path}#a${pick}`,
  (path) => (path.includes('?') ? path : `${path}/`),
];

const requests: readonly (readonly [method: string, host: string, path: string])[] = [
  ['DELETE', 'localhost:9200', '/orders'],
  ['DELETE', 'localhost:9200', '/_all'],
  ['DELETE', '127.0.0.1:9200', '/_snapshot/a/b'],
  ['POST', 'localhost:9200', '/orders/_delete_by_query'],
  ['PUT', 'localhost:9200', '/_cluster/settings'],
  ['DELETE', 'localhost:7700', '/indexes/movies/documents'],
  ['POST', 'jenkins.corp.example', '/job/app/doDelete'],
  ['DELETE', 'gitlab.corp.example', '/api/v4/projects/7'],
  ['GET', 'vault.corp.example:8200', '/v1/secret/data/app'],
  ['DELETE', 'api.example.org', '/users/7'],
  ['DELETE', '10.0.0.1:6443', '/api/v1/namespaces/a'],
];

describe('another spelling', () => {
  it('of a path never makes a request safer', () => {
    const twists = fc.array(fc.tuple(fc.nat(spellings.length - 1), fc.nat(9)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...requests), twists, ([method, host, path], chosen) => {
        const spelt = chosen.reduce((text, [which, pick]) => spellings[which]?.(text, pick) ?? text, path);
        return neverSafer('http', `${method} http://${host}${path}`, `${method} http://${host}${spelt}`);
      }),
      { numRuns: 600 },
    );
  });

  it('of a host never makes a request safer', () => {
    const hosts = [
      'LOCALHOST',
      'localhost.',
      '127.1',
      '0x7f000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'a:b@localhost',
      '017700000001',
      '127.0.0.1.nip.io',
    ];
    for (const host of hosts) {
      for (const [method, , path] of requests.slice(0, 6)) {
        const port = path.startsWith('/indexes') ? 7700 : 9200;
        expect([
          host,
          path,
          neverSafer('http', `${method} http://localhost:${port}${path}`, `${method} http://${host}:${port}${path}`),
        ]).toEqual([host, path, true]);
      }
    }
  });

  it('of a command of Redis never makes it safer', () => {
    const commands = ['FLUSHALL', 'DEL a b', 'CONFIG SET dir /tmp', 'EVAL x 0', 'SHUTDOWN', 'ACL SETUSER a'];
    const quote = (word: string, how: number): string => {
      const hex = [...word].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('');
      return (
        [word, `"${word}"`, `'${word}'`, word.toLowerCase(), `"${hex}"`, `${word.slice(0, 1)}"${word.slice(1)}"`][how] ?? word
      );
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(' ', '  ', '\t'),
        (command, how, blank) => {
          const spelt = command.split(' ').map((word, index) => (index < 2 ? quote(word, how[index] ?? 0) : word));
          return neverSafer('datastore', command, `${blank}${spelt.join(blank)}${blank}`, 'redis');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of a script of MongoDB never makes it safer', () => {
    const scripts = [
      'db.orders.drop()',
      'db.orders.deleteMany({})',
      'db.dropDatabase()',
      'db.adminCommand({shutdown: 1})',
      'db.orders.updateMany({}, {$set: {a: 1}})',
    ];
    const twists: readonly ((script: string) => string)[] = [
      (script) => script.replace(/\./g, ' /* x */ . '),
      (script) => script.replace(/^db\.(\w+)/, 'db["$1"]'),
      (script) => script.replace(/^db\b/, 'db.getSiblingDB("x")'),
      (script) => `if (true) { ${script} }`,
      (script) => `const d = db; ${script.replace(/^db\b/, 'd')}`,
      (script) => `(() => { return ${script} })()`,
      (script) => `// a\n${script}\n;`,
      (script) => `try { ${script} } catch (e) { print(e) }`,
      (script) => script.replace(/^db\.(\w+)\(/, 'db?.$1?.('),
      (script) => `await ${script}`,
    ];
    for (const script of scripts) {
      for (const twist of twists) {
        const spelt = twist(script);
        expect([spelt, neverSafer('datastore', script, spelt, 'mongodb')]).toEqual([spelt, true]);
      }
    }
  });
});
