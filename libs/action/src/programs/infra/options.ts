/** Reading the options of a parsed call: is one given, and is its value a yes? */
import type { Call, OptionList } from '../program.ts';

const NO: ReadonlySet<string> = new Set(['false', 'no', 'none', '0', 'off', 'False', 'FALSE']);

/** One of these options (names joined by `|`) is given and not switched off by its value. A value only known at run time counts as off. */
export function given(call: Call, names: string): boolean {
  return names.split('|').some((name) => optionOn(call, name));
}

export function optionOn(call: Call, name: string): boolean {
  const last = call.options.get(name)?.at(-1);
  if (!call.options.has(name)) return false;
  return last === undefined || (last.known && !NO.has(last.text));
}

/** The last value of an option; '' when there is none. */
export function valueOf(call: Call, name: string): string {
  return call.options.get(name)?.at(-1)?.text ?? '';
}

/** Any name of an option → the one that conditions go by. */
export function canonicalNames(options: OptionList): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const entry of options.split(/\s+/)) {
    const all = entry.replace(/[=?;]$/, '').split('|');
    for (const name of all) names.set(name, all[0] ?? name);
  }
  return names;
}

/** A condition, or names joined by `|`, with every option by its canonical name. */
export function canonicalised(condition: string, names: ReadonlyMap<string, string>): string {
  return condition.replaceAll(
    /(^|[\s|!])(--?[A-Za-z?][\w.-]*)/g,
    (_, before: string, name: string) => before + (names.get(name) ?? name),
  );
}
