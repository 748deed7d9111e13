/**
 * Settings from the environment, read by a table. Every problem is reported at once, by key, unit and range; the same table
 * prints the effective settings at start and generates the reference page.
 */
import { type Result, err, ok } from './result.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Common<T> {
  readonly key: string;
  /** One sentence for the reference page. */
  readonly help: string;
  readonly fallback: T;
  /** A secret is printed as `***`. */
  readonly secret?: boolean;
}

export type Setting =
  | ({ readonly type: 'text'; readonly pattern?: RegExp; readonly shape?: string } & Common<string>)
  | ({ readonly type: 'integer'; readonly min: number; readonly max: number; readonly unit: string } & Common<number>)
  | ({ readonly type: 'choice'; readonly choices: readonly string[] } & Common<string>);

export type Settings = Readonly<Record<string, Setting>>;

export type Values<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends { type: 'integer' } ? number : string;
};

export interface Problem {
  readonly key: string;
  readonly message: string;
}

/** Reads every setting; an empty variable counts as not set. */
export function readSettings<const S extends Settings>(settings: S, env: Environment): Result<Values<S>, readonly Problem[]> {
  const problems: Problem[] = [];
  const values: Record<string, string | number> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const raw = env[setting.key];
    const read = raw === undefined || raw === '' ? ok(setting.fallback) : readOne(setting, raw);
    if (read.ok) values[name] = read.value;
    else problems.push({ key: setting.key, message: read.error });
  }
  return problems.length > 0 ? err(problems) : ok(values as Values<S>);
}

/** `KEY=value` lines of the effective settings, secrets masked. */
export function describeSettings<S extends Settings>(settings: S, values: Values<S>): readonly string[] {
  return Object.entries(settings).map(([name, setting]) => {
    const value = values[name];
    return `${setting.key}=${setting.secret && value !== '' ? '***' : value}`;
  });
}

function readOne(setting: Setting, raw: string): Result<string | number, string> {
  if (setting.type === 'integer') {
    const value = Number(raw);
    if (!/^-?\d+$/.test(raw) || value < setting.min || value > setting.max) {
      return err(`must be a whole number of ${setting.unit} from ${setting.min} to ${setting.max}, not "${raw}"`);
    }
    return ok(value);
  }
  if (setting.type === 'choice') {
    return setting.choices.includes(raw) ? ok(raw) : err(`must be one of ${setting.choices.join(', ')}, not "${raw}"`);
  }
  if (setting.pattern && !setting.pattern.test(raw)) return err(`must be ${setting.shape ?? setting.pattern}, not "${raw}"`);
  return ok(raw);
}
