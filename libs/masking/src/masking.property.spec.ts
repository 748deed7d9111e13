import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapSpan, mask } from './index.ts';
import { maskThoroughly } from './masker.ts';

/** Pieces that detectors look at, so that random texts run into each other's edges. */
const PIECES = [
  ...'\'"`\\$«» \n,;:=()[]{}@/?&#.-',
  'password',
  'PASSWORD ',
  'token=',
  'secret: ',
  'api_key',
  'authorization: ',
  'Bearer ',
  'Basic ',
  'IDENTIFIED BY ',
  '--password ',
  'curl -u ',
  '://',
  'u:p@',
  "E'",
  '$$',
  '$q$',
  "''",
  '\\"',
  '«password»',
  '«private key»',
  '«to',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  '4111111111111111',
  '4111 1111 1111 1111',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOi.eyJzdWIi.abc',
  'sk-1234567890abcdef',
  'crypt(',
  'null',
  'hunter2',
  'a.token',
  'x',
  '7',
];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));

describe('masking, whatever the text', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, (original) => {
        const once = mask(original).text;
        expect(mask(once).text).toBe(once);
      }),
      { seed: 3, numRuns: 20_000 },
    );
  });

  it('finds the same with and without the first pass', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (original) => {
        expect(mask(original)).toEqual(maskThoroughly(original));
      }),
      { seed: 3, numRuns: 5000 },
    );
  });

  it('gives findings in order, apart, and exactly what was replaced', () => {
    fc.assert(
      fc.property(text, (original) => {
        const { text: masked, findings } = mask(original);
        let rebuilt = '';
        let done = 0;
        for (const { start, end, replacement } of findings) {
          expect(start).toBeGreaterThanOrEqual(done);
          expect(end).toBeGreaterThan(start);
          rebuilt += original.slice(done, start) + replacement;
          done = end;
          const span = mapSpan({ start, end }, findings);
          expect(masked.slice(span.start, span.end)).toBe(replacement);
        }
        expect(rebuilt + original.slice(done)).toBe(masked);
      }),
    );
  });
});

describe('masking takes time linear in the text', () => {
  const SIZE = 256 * 1024;
  const full = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

  it.each([
    ...PIECES.filter((piece) => piece.length > 1),
    'password=',
    "password='",
    'password=$$',
    'password $$',
    'password = f(',
    'password=a,',
    'token -',
    '--token ',
    'identified with a by ',
    'eyJ',
    'eyJaaaaaa.',
    'sk-a',
    'a:',
    '://a:b',
    '://a:b/',
    '://u:',
    'curl ',
    'curl -u ',
    'curl -u a',
    '1',
    '1 ',
    '4111-',
    'bearer ',
    '\\',
    'secret-',
    'a.b.c.',
    'token=a.b.',
    '-----BEGIN ',
    'password\\',
  ])('of %j over and over', (piece) => {
    const adversary = full(piece);
    const started = performance.now();
    maskThoroughly(adversary);
    // Quadratic work over 256 KB takes many seconds; the bound leaves room for a slow machine.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
