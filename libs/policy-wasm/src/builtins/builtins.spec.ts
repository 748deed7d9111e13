import { describe, expect, it } from 'vitest';
import { type RegoValue, isArray } from '../host/value.ts';
import { SERVED, refusalOf } from './index.ts';

function call(name: string, ...args: RegoValue[]): RegoValue | undefined {
  const builtin = SERVED.get(name);
  if (builtin === undefined) throw new Error(`${name} is not served`);
  return builtin(...args);
}

// Values written by hand from Go's documentation and `opa eval` (1.22), not from this code.
describe('time', () => {
  const at = 1_700_000_000_123_456_789n;

  it.each<[string, RegoValue[], RegoValue]>([
    ['time.parse_rfc3339_ns', ['2023-11-14T22:13:20.123456789Z'], at],
    ['time.parse_rfc3339_ns', ['2023-11-14T23:13:20.123456789+01:00'], at],
    ['time.parse_ns', ['RFC1123Z', 'Tue, 14 Nov 2023 22:13:20 +0000'], 1_700_000_000_000_000_000n],
    ['time.parse_ns', ['2006-01-02 3:04pm', '2023-11-14 10:13pm'], 1_699_999_980_000_000_000n],
    ['time.format', [at], '2023-11-14T22:13:20.123456789Z'],
    ['time.format', [[at, 'Europe/Berlin', 'RFC3339']], '2023-11-14T23:13:20+01:00'],
    ['time.format', [[at, 'America/New_York', 'Mon Jan _2 15:04:05 MST 2006']], 'Tue Nov 14 17:13:20 EST 2023'],
    ['time.format', [[at, 'UTC', '2006-01-02T15:04:05.000Z07:00 002 PM']], '2023-11-14T22:13:20.123Z 318 PM'],
    ['time.clock', [[at, 'Asia/Kolkata']], [3, 43, 20]],
    ['time.date', [-1], [1969, 12, 31]],
    ['time.weekday', [at], 'Tuesday'],
    ['time.add_date', [at, 0, 3, 17], 1_709_417_600_123_456_789n],
    ['time.diff', [at, 1_600_000_000_000_000_000n], [3, 2, 1, 9, 46, 40]],
    ['time.parse_duration_ns', ['1h15m30.918273645s'], 4_530_918_273_645],
    ['time.parse_duration_ns', ['-2d'], -172_800_000_000_000],
  ])('%s of %o', (name, args, wanted) => {
    expect(call(name, ...args)).toEqual(wanted);
  });

  it('keeps the hour on the clock over a change to summer time', () => {
    const before = call('time.parse_rfc3339_ns', '2024-03-30T12:00:00+01:00') ?? null;
    const after = call('time.add_date', [before, 'Europe/Berlin'], 0, 0, 1) ?? null;
    expect(call('time.format', [after, 'Europe/Berlin', 'RFC3339'])).toBe('2024-03-31T12:00:00+02:00');
  });

  it.each([
    ['time.parse_rfc3339_ns', ['2023-02-29T00:00:00Z']],
    ['time.parse_rfc3339_ns', ['2023-11-14T24:00:00Z']],
    ['time.parse_rfc3339_ns', ['2300-01-01T00:00:00Z']],
    ['time.parse_rfc3339_ns', ['2023-11-14']],
    ['time.clock', [[0, 'Nowhere/Town']]],
    ['time.clock', [1e20]],
    ['time.parse_duration_ns', ['5']],
    ['time.add_date', [0, 9_000_000, 0, 0]],
  ])('%s has no value for %o', (name, args) => {
    expect(() => call(name, ...args)).toThrow();
  });
});

describe('sprintf', () => {
  it.each<[string, RegoValue[], string]>([
    ['%d of %v', [3, 'x'], '3 of x'],
    ['%5.2f|%-6d|%06d|%+d', [3.14159, 42, -42, 7], ' 3.14|42    |-00042|+7'],
    ['%x %X %o %b %c %U %q', [255, 255, 8, 5, 65, 8364, 'a"b'], 'ff FF 10 101 A U+20AC "a\\"b"'],
    ['%v %v', [[1, 'a', true, null], new Set([2, 1])], '[1, "a", true, null] {1, 2}'],
    ['%v %g %e', [1234567.5, 1234567.5, 0.00012], '1.2345675e+06 1.2345675e+06 1.200000e-04'],
    ['%v', [1_700_000_000_123_456_789n], '1700000000123456789'],
    ['%[2]s %[1]s', ['a', 'b'], 'b a'],
    ['%d', ['x'], '%!d(string=x)'],
    ['%s', [], '%!s(MISSING)'],
    ['100%%', [1], '100%%!(EXTRA int64=1)'],
    ['%', [], '%!(NOVERB)'],
    ['%T %T %T', [1, 1.5, 'x'], 'int64 float64 string'],
  ])('%j with %o', (format, values, wanted) => {
    expect(call('sprintf', format, values)).toBe(wanted);
  });
});

describe('the other families', () => {
  it.each<[string, RegoValue[], RegoValue]>([
    ['units.parse', ['10Ki'], 10_240],
    ['units.parse', ['500m'], 0.5],
    ['units.parse_bytes', ['1.5GiB'], 1_610_612_736],
    ['units.parse_bytes', ['1e3kb'], 1_000_000],
    ['semver.compare', ['1.0.0-alpha.10', '1.0.0-alpha.9'], 1],
    ['semver.compare', ['1.0.0-rc.1', '1.0.0'], -1],
    ['semver.is_valid', ['1.01.0'], false],
    ['net.cidr_expand', ['10.0.0.0/30'], new Set(['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3'])],
    [
      'net.cidr_merge',
      [['10.0.0.0/25', '10.0.0.128/25', '2001:db8::/33', '2001:db8:8000::/33']],
      new Set(['10.0.0.0/24', '2001:db8::/32']),
    ],
    ['net.cidr_is_valid', ['10.0.0.0/33'], false],
    ['net.cidr_contains_matches', [['1.1.0.0/16'], ['1.1.1.128', '2.1.1.1']], new Set([[0, 0]])],
    ['crypto.sha256', ['abc'], 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'crypto.hmac.sha256',
      ['what do ya want for nothing?', 'Jefe'],
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['urlquery.encode', ["a b&c='!"], 'a+b%26c%3D%27%21'],
    [
      'object.subset',
      [
        [1, 2, 3, 4],
        [2, 3],
      ],
      true,
    ],
    ['indexof_n', ['😀a😀', '😀'], [0, 2]],
    ['strings.split_n', ['a,b,c', ',', -2], ['b', 'c']],
    ['numbers.range_step', [10, 1, 4], [10, 6, 2]],
    [
      'json.patch',
      [
        new Map([['a', [1, 2]]]),
        [
          new Map<RegoValue, RegoValue>([
            ['op', 'add'],
            ['path', '/a/1'],
            ['value', 9],
          ]),
        ],
      ],
      new Map([['a', [1, 9, 2]]]),
    ],
  ])('%s of %o', (name, args, wanted) => {
    expect(call(name, ...args)).toEqual(wanted);
  });

  it.each([
    ['net.cidr_expand', ['10.0.0.0/8']],
    ['numbers.range_step', [0, 1e12, 1]],
    ['units.parse', ['1e9999999']],
    ['hex.decode', ['abc']],
    ['semver.compare', ['1', '2.0.0']],
  ])('%s has no value for %o, and no memory is filled', (name, args) => {
    expect(() => call(name, ...args)).toThrow();
  });

  it('expands no aliases without end', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]},`.repeat(9)}]`),
    ];
    expect(() => call('yaml.unmarshal', bomb.join('\n'))).toThrow();
  });
});

describe('JSON Web Tokens', () => {
  // RFC 7515 appendix A.1: HS256 with its own key.
  const token =
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const key = '{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}';
  const constraints = (time?: number): RegoValue =>
    new Map<RegoValue, RegoValue>([['cert', key], ...(time === undefined ? [] : [['time', time] as const])]);

  const verdict = (jwt: string, limits: RegoValue): RegoValue | undefined => {
    const answer = call('io.jwt.decode_verify', jwt, limits);
    return isArray(answer) ? answer[0] : undefined;
  };

  it('verifies the signature and the time it is given', () => {
    expect(verdict(token, constraints(1_300_819_379e9))).toBe(true);
    expect(verdict(token, constraints(1_300_819_380e9))).toBe(false);
    expect(verdict(token.replace('dBjf', 'dBjg'), constraints(0))).toBe(false);
  });

  it('has no value where an expiry must be judged and no time is given', () => {
    expect(() => call('io.jwt.decode_verify', token, constraints())).toThrow('a decision has no clock');
  });

  it('refuses a token that names no algorithm', () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
    expect(verdict(unsigned, constraints(0))).toBe(false);
  });
});

describe('what is refused', () => {
  it.each(['http.send', 'net.lookup_ip_addr', 'opa.runtime', 'rand.intn', 'uuid.rfc4122', 'time.now_ns'])(
    '%s, with a reason',
    (name) => {
      expect(SERVED.has(name)).toBe(false);
      expect(refusalOf(name)).toMatch(/decision|machine/);
    },
  );
});
