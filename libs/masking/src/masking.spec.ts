import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker, mapSpan, mask } from './index.ts';

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJB\n-----END RSA PRIVATE KEY-----';

describe('secrets are replaced, the rest stays', () => {
  it.each([
    // connection strings and URLs
    ['postgres://app:hunter2@db.example.com:5432/shop', 'postgres://app:«password»@db.example.com:5432/shop'],
    ['redis://:hunter2@cache', 'redis://:«password»@cache'],
    ['mysql://a:p@ss@db/x', 'mysql://a:«password»@db/x'],
    ['mysql://a:pa/ss@db/x', 'mysql://a:«password»@db/x'],
    ['postgres://u:p@h/db?mail=a@b.example', 'postgres://u:«password»@h/db?mail=a@b.example'],
    ['see http://host:8080/?mail=a@b.example', 'see http://host:8080/?mail=a@b.example'],
    ['http://[::1]:80/a@b', 'http://[::1]:80/a@b'],
    ['host=db user=app password=hunter2 sslmode=require', 'host=db user=app password=«password» sslmode=require'],
    ['Server=db;User Id=app;Password=p,w!d;Database=x', 'Server=db;User Id=app;Password=«password»;Database=x'],
    ['user=bob,password=abc,host=db', 'user=bob,password=«password»,host=db'],
    ['https://x/?api_key=abc&page=2', 'https://x/?api_key=«key»&page=2'],
    // SQL
    ["ALTER ROLE app PASSWORD 'hunter2' VALID UNTIL 'x'", "ALTER ROLE app PASSWORD '«password»' VALID UNTIL 'x'"],
    ["CREATE USER a ENCRYPTED PASSWORD 'it''s' LOGIN", "CREATE USER a ENCRYPTED PASSWORD '«password»' LOGIN"],
    ["ALTER ROLE a PASSWORD E'it\\'s' LOGIN", "ALTER ROLE a PASSWORD E'«password»' LOGIN"],
    ["ALTER ROLE a PASSWORD U&'\\0061bc'", "ALTER ROLE a PASSWORD U&'«password»'"],
    ["ALTER ROLE a PASSWORD 'ab\\', x", "ALTER ROLE a PASSWORD '«password»', x"],
    ['ALTER ROLE a PASSWORD $$hunter2$$', 'ALTER ROLE a PASSWORD $$«password»$$'],
    ['ALTER ROLE a PASSWORD $q$hun$$ter$q$ LOGIN', 'ALTER ROLE a PASSWORD $q$«password»$q$ LOGIN'],
    ['ALTER ROLE a PASSWORD NULL', 'ALTER ROLE a PASSWORD NULL'],
    ["CREATE USER a IDENTIFIED BY 'hunter2'", "CREATE USER a IDENTIFIED BY '«password»'"],
    ["CREATE USER a IDENTIFIED WITH 'native' BY 'hunter2'", "CREATE USER a IDENTIFIED WITH 'native' BY '«password»'"],
    ['ALTER USER a IDENTIFIED BY hunter2 ACCOUNT LOCK', 'ALTER USER a IDENTIFIED BY «password» ACCOUNT LOCK'],
    ["SET PASSWORD FOR a = PASSWORD('hunter2')", "SET PASSWORD FOR a = PASSWORD('«password»')"],
    ["SELECT dblink('host=db password=hunter2', 'q')", "SELECT dblink('host=db password=«password»', 'q')"],
    ["SELECT dblink('host=db password=''hun ter'' x=1')", "SELECT dblink('host=db password=''«password»'' x=1')"],
    ["UPDATE u SET password = 'hunter2' WHERE id = 7", "UPDATE u SET password = '«password»' WHERE id = 7"],
    ["WHERE password <> 'hunter2'", "WHERE password <> '«password»'"],
    ["WHERE password::text = 'hunter2'", "WHERE password::text = '«password»'"],
    ["SET pw_hash = x, password = crypt('hunter2', s.salt)", "SET pw_hash = x, password = crypt('«password»', s.salt)"],
    // headers, flags, shells
    ["curl -H 'Authorization: Bearer abc.def-1' https://h", "curl -H 'Authorization: Bearer «authorization»' https://h"],
    ['"authorization": "Basic dXNlcjpwYXNz"', '"authorization": "Basic «authorization»"'],
    ['send bearer 0123456789abcdef', 'send bearer «authorization»'],
    ['curl -u bob:hunter2 https://h/x', 'curl -u bob:«password» https://h/x'],
    ['PGPASSWORD=hunter2 psql -h db', 'PGPASSWORD=«password» psql -h db'],
    ['login --password hunter2 --user bob', 'login --password «password» --user bob'],
    ['{\\"password\\": \\"hunter2\\", \\"a\\": 1}', '{\\"password\\": \\"«password»\\", \\"a\\": 1}'],
    ['password="unclosed', 'password="«password»'],
    // shapes
    [`key:\n${PEM}\nend`, 'key:\n«private key»\nend'],
    ['-----BEGIN PRIVATE KEY-----\nMIIB', '«private key»'],
    ['aws AKIAIOSFODNN7EXAMPLE s3', 'aws «token» s3'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '«token»'],
    ['xoxb-123456789012-abcdefgh', '«token»'],
    ['sk-ant-api03-EXAMPLEkey0', '«token»'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '«token»'],
    // cards
    ['4111111111111111', '«card»'],
    ['card 4111 1111 1111 1111 ok', 'card «card» ok'],
    ['2 4111-1111-1111-1111', '2 «card»'],
    ['4111111111111111-4111 1111 1111 1111', '«card»-«card»'],
    ['3782 822463 10005', '«card»'],
    ["VALUES (1, '5555555555554444')", "VALUES (1, '«card»')"],
  ])('%s', (text, masked) => {
    expect(mask(text).text).toBe(masked);
  });
});

describe('what is no secret stays', () => {
  it.each([
    'SELECT password, token FROM users WHERE token = $1',
    'SELECT u.id FROM u JOIN t ON t.token = u.token',
    'SELECT * FROM users WHERE password IS NULL',
    'INSERT INTO t (password) VALUES ($1) ON CONFLICT DO UPDATE SET password = excluded.password',
    'UPDATE users SET token = NULL, password = DEFAULT',
    'kubectl get secret db -o yaml',
    'kubectl delete secret/db',
    'secretName: db-credentials',
    'get arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db',
    'max_tokens: 4096, password_hash = $2',
    'ALTER TABLE t ADD PRIMARY KEY (id)',
    'basic functionality of bearer certificates',
    'sk-learn-is-a-package-of-python',
    'bypass = on; compass: north',
    'password=$DB_PASSWORD --token "$TOKEN" token: {{ vault }}',
    '4111111111111112 is off by one; 1234567890123452 has no issuer',
    '0.4111111111111111 and 41111111111111110000000',
    '41111111-1111-4111-8111-411111111111 and v4111111111111111',
    'id 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'https://example.com:8443/a?b=c#d',
    'SELECT 1 -- «password»',
  ])('%s', (text) => {
    const masked = mask(text);
    expect(masked.text).toBe(text);
    expect(masked.findings).toEqual([]);
  });
});

describe('findings', () => {
  const text = "ALTER ROLE a PASSWORD 'hunter2'; COPY t TO 'postgres://u:pw@h/x'";
  const { text: after, findings } = mask(text);

  it('say what lies where in the original', () => {
    expect(findings).toEqual([
      { kind: 'password', start: 23, end: 30, replacement: '«password»' },
      { kind: 'password', start: text.indexOf('pw@'), end: text.indexOf('@h'), replacement: '«password»' },
    ]);
  });

  it.each([
    ['before everything', 'ALTER ROLE', 'ALTER ROLE'],
    ['around one', "PASSWORD 'hunter2'", "PASSWORD '«password»'"],
    ['between', "; COPY t TO '", "; COPY t TO '"],
    ['exactly one', 'hunter2', '«password»'],
    ['within one', 'unte', '«password»'],
    ['from within one on', "ter2'; COPY", "«password»'; COPY"],
    ['behind everything', "@h/x'", "@h/x'"],
    ['around all', text, after],
  ])('map a span %s', (_, part, mapped) => {
    const start = text.indexOf(part);
    const span = mapSpan({ start, end: start + part.length }, findings);
    expect(after.slice(span.start, span.end)).toBe(mapped);
  });
});

describe('JSON', () => {
  const masker = createMasker();
  const json = (text: string) => Buffer.from(masker.maskJson(Buffer.from(text)).bytes).toString();

  it.each([
    ['{"password": "x", "host":"db"}', '{"password": "«password»", "host":"db"}'],
    ['{"dbPassword":12345,"n":9007199254740993}', '{"dbPassword":"«password»","n":9007199254740993}'],
    ['{"p\\u0061ssword":"x"}', '{"p\\u0061ssword":"«password»"}'],
    ['{"token":{"value":["a",true,null,""]},"b":"c"}', '{"token":{"value":["«token»",true,null,""]},"b":"c"}'],
    ['{"a":{"token":null},"b":"keep"}', '{"a":{"token":null},"b":"keep"}'],
    ['{"sql":"ALTER ROLE a PASSWORD \'x\'"}', '{"sql":"ALTER ROLE a PASSWORD \'«password»\'"}'],
    ['{"url":"postgres:\\/\\/u:p@h"}', '{"url":"postgres://u:«password»@h"}'],
    ['[4111111111111111,{"card":"4111 1111 1111 1111"}]', '["«card»",{"card":"«card»"}]'],
    ['"password=x"', '"password=«password»"'],
    ['{"ghp_abcdefghijklmnopqrstuvwxyz0123456789":1}', '{"«token»":1}'],
    [
      '{"authorization":"Bearer x","api-key":"y","private_key":"z"}',
      '{"authorization":"«authorization»","api-key":"«key»","private_key":"«key»"}',
    ],
    ['{"password":"x"', '{"password":"«password»"'],
    [`{"dup":"a","dup": "b" , "secret":"c"}`, `{"dup":"a","dup": "b" , "secret":"«secret»"}`],
  ])('%s', (text, masked) => {
    expect(json(text)).toBe(masked);
  });

  it.each(['{"a":"b"}', '{"token":null,"secret":""}', '[]', '{"password":"«password»"}', '', 'no json'])(
    'gives back the very bytes of %s',
    (text) => {
      const bytes = Buffer.from(text);
      expect(masker.maskJson(bytes).bytes).toBe(bytes);
    },
  );

  it('does not mind how deep it lies', () => {
    const deep = `${'['.repeat(10_000)}{"password":"x"}${']'.repeat(10_000)}`;
    expect(json(deep)).toBe(deep.replace('"x"', '"«password»"'));
  });

  it('stays JSON, keeps every other value, and is the same when done twice', () => {
    const name = fc.oneof(fc.constantFrom('password', 'a_token', 'note'), fc.string());
    const value = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      object: fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
    })).tree;
    fc.assert(
      fc.property(value, (tree) => {
        const once = json(JSON.stringify(tree));
        expect(() => JSON.parse(once)).not.toThrow();
        expect(json(once)).toBe(once);
      }),
    );
  });
});
