import { describe, expect, it } from 'vitest';
import { canonicalJson, isUuid, readSettings, uuidV7, uuidV8 } from './index.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 units and writes numbers as JavaScript does', () => {
    expect(canonicalJson({ b: [1e21, 0.1, -0], a: 'é\n', '\u20ac': null, '\r': true })).toBe(
      '{"\\r":true,"a":"é\\n","b":[1e+21,0.1,0],"€":null}',
    );
  });

  it.each([NaN, Infinity, '\ud800'])('refuses %j', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('UUIDs', () => {
  it('puts the time first in version 7', () => {
    expect(uuidV7(0x0123456789ab, new Uint8Array(10))).toBe('01234567-89ab-7000-8000-000000000000');
  });

  it('gives the same version 8 for the same parts only', () => {
    expect(uuidV8('topic', 0, 7)).toBe(uuidV8('topic', 0, 7));
    expect(uuidV8('topic', 0, 7)).not.toBe(uuidV8('topic', 0, 8));
    expect(isUuid(uuidV8('a'))).toBe(true);
  });
});

describe('settings', () => {
  const table = {
    port: { type: 'integer', key: 'PORT', help: 'A port.', min: 1, max: 65_535, unit: 'port', fallback: 7400 },
    mode: { type: 'choice', key: 'MODE', help: 'A mode.', choices: ['a', 'b'], fallback: 'a' },
  } as const;

  it('reports every problem at once', () => {
    const read = readSettings(table, { PORT: '0', MODE: 'c' });
    expect(read).toEqual({
      ok: false,
      error: [
        { key: 'PORT', message: 'must be a whole number of port from 1 to 65535, not "0"' },
        { key: 'MODE', message: 'must be one of a, b, not "c"' },
      ],
    });
  });
});
