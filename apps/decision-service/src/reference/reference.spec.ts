/** The documentation says what the tables say. */
import { packRules, shippedPacks } from '@countersign/guardrails';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packsPage } from './packs-page.ts';
import { referencePages } from './pages.ts';

describe.each(Object.entries(referencePages()))('%s', (path, text) => {
  it('is what the tables make it', () => {
    expect(readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('holds no gap where a table did not have its text', () => {
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  });
});

describe('the page of the packs', () => {
  const shipped = shippedPacks();
  const text = packsPage(shipped);

  it('tells every rule with its words', () => {
    const missing = packRules(shipped).filter(({ id, message, remedy }) => !text.includes(`### ${id}\n\n${message} ${remedy}\n`));
    expect(missing).toEqual([]);
  });

  it('tells every setting', () => {
    const keys = Object.values(shipped.data).flatMap((pack) => Object.keys((pack as { parameters?: object }).parameters ?? {}));
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !text.includes(`| \`${key}\` |`))).toEqual([]);
  });

  it('follows the data', () => {
    const data = structuredClone(shipped.data) as { git: { rules: { tag_rewrite: { message: string } } } };
    data.git.rules.tag_rewrite.message = 'This is another message altogether.';
    expect(packsPage({ ...shipped, data })).not.toBe(text);
  });
});
