import { EFFECT_KINDS, type EffectKind } from '@countersign/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PURPOSE_WORDS, compareIntent, intentJson, readDeclaration, unknownKind } from './index.ts';

const effects = (...kinds: EffectKind[]) => kinds.map((kind) => ({ kind }));

describe('what a purpose declares', () => {
  it.each([
    ['Look up the open orders of a customer', ['read']],
    ['verifying that the totals add up', ['read', 'write']],
    ['Delete carts that nobody touched', ['write', 'delete']],
    ['dropped the scratch table', ['delete', 'schema_drop']],
    ['Refund order 4711', ['write']],
    ['check the index without changing anything', ['read', 'write', 'schema_change']],
    ['investigate, do not delete', ['read']],
    ['Read-only check before we delete the old carts', ['read']],
    ["don't touch, just list", ['read']],
    ['Restarting the worker', ['process_control', 'infra_change']],
  ] as const)('%s', (purpose, kinds) => {
    expect(readDeclaration(purpose, [])).toMatchObject({ by: 'purpose', kinds });
  });

  it.each([[''], ['The usual'], ['Answer the customer'], ['Manage the orders: read them'], ['réviser']])(
    'says nothing where it says nothing: %s',
    (purpose) => {
      expect(readDeclaration(purpose, [])).toBeUndefined();
    },
  );

  it.each([
    ['see SHOP-123', 'SHOP-123'],
    ['INC0012345: disk is full', 'INC0012345'],
    ['as said in #4711', '#4711'],
    ['for ticket 48213', '48213'],
    ['Ticket: 48213', '48213'],
    ['42 is no ticket, UTF-8x neither', ''],
  ])('ticket in "%s": %s', (purpose, ticket) => {
    expect(readDeclaration(purpose, ['read'])?.ticket).toBe(ticket);
  });

  it('is a ticket alone where there is no verb', () => {
    expect(readDeclaration('SHOP-123', [])).toEqual({ by: '', kinds: [], ticket: 'SHOP-123' });
  });

  it('is the plan where there is one, in the order of the closed list, each kind once', () => {
    expect(readDeclaration('delete it', ['write', 'read', 'write'])).toEqual({
      by: 'plan',
      kinds: ['read', 'write'],
      ticket: '',
    });
  });
});

describe('a mismatch', () => {
  it.each<[EffectKind[], EffectKind[], EffectKind[]]>([
    [['read'], ['read', 'none', 'session'], []],
    [['read'], ['read', 'delete'], ['delete']],
    [['write'], ['read', 'write'], []],
    [['write'], ['delete', 'schema_drop'], ['delete', 'schema_drop']],
    [['schema_drop'], ['delete', 'schema_change', 'read'], []],
    [['infra_change'], ['infra_create', 'infra_destroy'], ['infra_destroy']],
    [['export'], ['network', 'read'], []],
    [['network'], ['read'], ['read']],
    [['none'], ['read'], ['read']],
    // What cannot be read is judged as such; it contradicts nothing.
    [['read'], ['opaque'], []],
  ])('declared %j, does %j: %j', (declared, real, undeclared) => {
    const declaration = readDeclaration('', declared);
    expect(declaration && compareIntent(declaration, effects(...real))).toEqual({
      declared: EFFECT_KINDS.filter((kind) => declared.includes(kind)),
      undeclared,
      mismatch: undeclared.length > 0,
      ticket: '',
      by: 'plan',
    });
  });

  it('needs a declared kind: a ticket alone contradicts nothing', () => {
    expect(JSON.parse(intentJson('SHOP-1', [], effects('delete')))).toEqual({
      declared: [],
      undeclared: [],
      mismatch: false,
      ticket: 'SHOP-1',
      by: '',
    });
  });

  it('is null where nothing is declared', () => {
    expect(intentJson('', [], effects('delete'))).toBe('null');
  });
});

describe('the closed list', () => {
  it('names the first word that is no kind', () => {
    expect(unknownKind(['read', 'raed', 'x'])).toBe('raed');
    expect(unknownKind([...EFFECT_KINDS])).toBeUndefined();
    expect(unknownKind(['toString'])).toBe('toString');
  });

  it('is all that the words of the lexicon lead to', () => {
    expect([...PURPOSE_WORDS.values()].flat().filter((kind) => !EFFECT_KINDS.includes(kind))).toEqual([]);
    expect([...PURPOSE_WORDS.keys()].filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
  });

  it.each(['toString', '__proto__', 'constructor'])('an inherited property is no verb: %s', (word) => {
    expect(readDeclaration(word, [])).toBeUndefined();
  });
});

it('takes any text, and the same text always says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (purpose) => {
      expect(intentJson(purpose, [], effects('delete', 'read'))).toBe(intentJson(purpose, [], effects('delete', 'read')));
    }),
  );
});
