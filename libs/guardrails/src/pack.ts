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

/** How the pack guards an environment; `baseline.environments` of the data names them, and any other name is protected. */
export type EnvironmentClass = 'protected' | 'staging' | 'open';

export interface PackRule {
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

/** The profiles that ship; `baseline.profile` of the data selects one. */
export const PROFILES = ['strict', 'standard', 'observe'] as const;

export type Profile = (typeof PROFILES)[number];

/** The same path from `src` and from `dist`. */
const FOLDER = new URL('../packs/baseline/', import.meta.url);

/** The first pack, without its tests. Entrypoint `data.countersign.decision`; profile `standard`. */
export function baselinePack(): Pack {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
    .sort();
  return { name: 'baseline', modules: readModules(files), data: readData() };
}

/** The pack's Rego tests by path, to be run together with its modules. */
export function baselineTests(): Readonly<Record<string, string>> {
  return readModules(readdirSync(FOLDER).filter((file) => file.endsWith('_test.rego')));
}

/** Every rule of the pack with what it says and decides, for the reference page and for tests. */
export function packRules(pack: Pack = baselinePack()): readonly PackRule[] {
  const { rules } = pack.data['baseline'] as { readonly rules: Readonly<Record<string, Omit<PackRule, 'name'>>> };
  return Object.entries(rules).map(([name, rule]) => ({ name, ...rule }));
}

function readModules(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [`baseline/${file}`, readFileSync(new URL(file, FOLDER), 'utf8')]));
}

function readData(): PackData {
  return JSON.parse(readFileSync(new URL('data.json', FOLDER), 'utf8')) as PackData;
}
