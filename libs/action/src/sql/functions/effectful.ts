/** The functions that do more than compute, by name. */
import { BUILT_IN_RULES } from './effects-builtin.ts';
import { EXTENSION_RULES } from './effects-extensions.ts';
import type { FunctionRule, NamedRule } from './rule.ts';

export const EFFECTFUL: ReadonlyMap<string, readonly FunctionRule[]> = byName([...BUILT_IN_RULES, ...EXTENSION_RULES]);

/** Names that are the server's own: without a schema they mean it, whatever an operator says. */
export const BUILT_IN_EFFECTS: ReadonlySet<string> = new Set([
  ...byName(BUILT_IN_RULES).keys(),
  ...'query_to_xml query_to_xml_and_xmlschema query_to_xmlschema ts_stat ts_rewrite set_config'.split(' '),
]);

function byName(rules: readonly NamedRule[]): Map<string, FunctionRule[]> {
  const map = new Map<string, FunctionRule[]>();
  for (const [names, effect] of rules) {
    for (const name of names.split(/\s+/)) map.set(name, [...(map.get(name) ?? []), effect]);
  }
  return map;
}
