/** The Rego packs that ship with Countersign, read from the files beside the code. */
import { readFileSync, readdirSync } from 'node:fs';

export type PackData = { readonly [key: string]: unknown };

/** What a policy bundle is made of: Rego by path, and the data that it reads. */
export interface Pack {
  readonly name: string;
  readonly modules: Readonly<Record<string, string>>;
  readonly data: PackData;
}

export type PackVerdict = 'allow' | 'require_approval' | 'deny';

/** How the packs guard an environment; `baseline.environments` of the data names them, and any other name is protected. */
export type EnvironmentClass = 'protected' | 'staging' | 'open';

export interface PackRule {
  readonly pack: PackName;
  /** The key in the data, and the code of its reasons: "schema_drop". */
  readonly name: string;
  /** What reasons carry as `rule`: "baseline.schema_drop". */
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  readonly remedy: string;
  /** By table (profiles select one), then by environment class. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<EnvironmentClass, PackVerdict>>>>;
}

/** The part of a pack's data that documents it. */
export interface PackAbout {
  readonly name: PackName;
  readonly about: string;
  /** Key of the data → what it sets. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A condition under which a rule of a pack holds; `baseline/packs.rego` reads them. */
export interface PackRow {
  /** Kinds of actions. */
  readonly actions?: Readonly<Record<string, boolean>>;
  /** The list of the pack that the target's name must be on, and how it is spelt there. */
  readonly names?: string;
  readonly spelt?: string;
  /** The use for which `egress.hosts` must not list the host. */
  readonly unlisted_for?: string;
  /** Personal data only. */
  readonly personal?: boolean;
}

/** Type of target → kind of effect → id of the rule. */
export type PackRows = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, PackRow>>>>>>;

/** The folders, in the order in which they are read and documented. */
export const PACKS = [
  'baseline',
  'postgres',
  'kubernetes',
  'cloud',
  'git',
  'mcp',
  'egress',
  'pii',
  'intent',
  'session',
  'own',
] as const;

export type PackName = (typeof PACKS)[number];

/** The profiles that ship; `baseline.profile` of the data selects one. */
export const PROFILES = ['strict', 'standard', 'observe'] as const;

export type Profile = (typeof PROFILES)[number];

/** The same path from `src` and from `dist`. */
const FOLDER = new URL('../packs/', import.meta.url);

/** All packs as one policy, as it is compiled into the shipped bundle; their Rego tests left out. */
export function shippedPacks(): Pack {
  const modules = PACKS.flatMap((name) => regoOf(name, (file) => !file.endsWith('_test.rego')));
  const data = PACKS.map((name) => JSON.parse(readFileSync(new URL(`${name}/data.json`, FOLDER), 'utf8')) as PackData);
  return { name: 'baseline', modules: Object.fromEntries(modules), data: data.reduce(merge) };
}

/** The packs' Rego tests by path, to be run together with their modules. */
export function packTests(): Readonly<Record<string, string>> {
  return Object.fromEntries(PACKS.flatMap((name) => regoOf(name, (file) => file.endsWith('_test.rego'))));
}

/** Every rule with what it says and decides, for the reference page and for tests. */
export function packRules({ data }: Pick<Pack, 'data'> = shippedPacks()): readonly PackRule[] {
  return PACKS.flatMap((pack) => {
    const { rules } = data[pack] as { readonly rules: Readonly<Record<string, Omit<PackRule, 'name' | 'pack'>>> };
    return Object.entries(rules).map(([name, rule]) => ({ pack, name, ...rule }));
  });
}

export function packAbouts({ data }: Pick<Pack, 'data'> = shippedPacks()): readonly PackAbout[] {
  return PACKS.map((name) => ({ name, ...(data[name] as Omit<PackAbout, 'name'>) }));
}

function regoOf(pack: PackName, wanted: (file: string) => boolean): [path: string, text: string][] {
  const files = readdirSync(new URL(`${pack}/`, FOLDER)).filter((file) => file.endsWith('.rego') && wanted(file));
  return files.sort().map((file) => [`${pack}/${file}`, readFileSync(new URL(`${pack}/${file}`, FOLDER), 'utf8')]);
}

/** Packs share `rows` only, and there no id: a clash would be a mistake in the files. */
function merge(base: PackData, more: PackData): PackData {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(more)) {
    const old = merged.get(key);
    merged.set(key, old === undefined ? value : merge(old as PackData, value as PackData));
  }
  return Object.fromEntries(merged);
}
