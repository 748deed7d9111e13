/** The operator's catalogue as the walk asks it: by function, for the target of this action. */
import type { Catalogue } from '../catalogue.ts';
import type { Vouching } from './context.ts';

export const NOBODY_VOUCHES: Vouching = () => undefined;

/**
 * An entry with a schema is for calls that state that schema; one without is for calls that state none, or `public`. The target's
 * own entries go before those for all ("*").
 */
export function vouchingOf(catalogue: Catalogue, target: string): Vouching {
  const own = tableOf(catalogue, target);
  const all = tableOf(catalogue, '*');
  if (own === undefined && all === undefined) return NOBODY_VOUCHES;
  return (name, schema) => {
    for (const table of [own, all]) {
      if (table === undefined) continue;
      for (const key of keysOf(name, schema)) if (Object.hasOwn(table, key)) return table[key];
    }
    return undefined;
  };
}

function tableOf({ functions }: Catalogue, target: string): Catalogue['functions'][string] | undefined {
  return Object.hasOwn(functions, target) ? functions[target] : undefined;
}

function keysOf(name: string, schema: string): readonly string[] {
  if (schema === '') return [name, `public.${name}`];
  return schema === 'public' ? [`public.${name}`, name] : [`${schema}.${name}`];
}
