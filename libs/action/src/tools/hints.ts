/** What an argument probably holds, by its name and by what it looks like. A guess only ever adds effects; it never explains a tool. */
import { looksLikeGraphql } from '../http/graphql.ts';
import { wordsOf } from '../http/graphql.ts';

/** The languages that a catalogue can name for an argument, and that hints find. */
export type Holding = 'sql' | 'shell' | 'argv' | 'url' | 'path' | 'graphql' | 'code' | 'json';

/** `sure`: the name says it, so that what cannot be read counts; else only what could be read counts. */
export interface Hint {
  readonly holding: Holding;
  readonly sure: boolean;
}

const SQL = new Set(['sql', 'query', 'queries', 'statement', 'statements', 'stmt']);
const SHELL = new Set(['command', 'commands', 'cmd', 'shell', 'bash', 'script', 'commandline', 'cli']);
const URL_NAMES = new Set(['url', 'urls', 'uri', 'endpoint', 'href', 'link', 'webhook', 'host']);
const PATHS = new Set([
  'path',
  'paths',
  'file',
  'files',
  'filename',
  'filepath',
  'dir',
  'directory',
  'folder',
  'source',
  'destination',
]);
const CODE = new Set(['code', 'program', 'javascript', 'python', 'expression']);

const SQL_START =
  /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]{0,500}?\*\/)\s*)*(?:select|insert|update|delete|with|create|drop|alter|truncate|grant|revoke|copy|do|call|merge|begin|set|explain|vacuum|reindex|exec|execute|replace|rename|use|show|describe|pragma|attach|load|lock|values|table|comment|declare)\b/i;

/** Plain sentences begin with these words too, so more of the statement must be there where the name says nothing. */
const SQL_CERTAIN =
  /^\s*(?:select\b[\s\S]{1,2000}?\bfrom\b|insert\s+(?:into|overwrite)\s|update\s+\S+\s+set\s|delete\s+from\s+\S|drop\s+(?:table|database|schema|view|index|role|user|function|keyspace)\b|truncate\s+(?:table\s+)?[\w".]+\s*;?\s*$|alter\s+(?:table|role|user|database|system)\s|create\s+(?:or\s+replace\s+)?(?:table|view|index|role|user|function|extension|database)\s|grant\s[\s\S]{1,500}?\sto\s|copy\s+\S+\s+(?:to|from)\s)/i;

const URL_SHAPE = /^(?:https?|wss?|ftps?|file|gopher|dict|ldaps?|sftp|jar|s3|gs):\/\/\S+$/i;
const PATH_SHAPE = /^(?:\/[\w.@-]|~\/|\.\.?\/|[A-Za-z]:\\)[^\n]{0,1000}$/;

/** How a text begins says what it is; the patterns need not see more. */
const HEAD = 3000;

export function hintOf(name: string, whole: string): Hint | undefined {
  const value = whole.length > HEAD ? whole.slice(0, HEAD) : whole;
  const words = wordsOf(name);
  const has = (set: ReadonlySet<string>): boolean => words.some((word) => set.has(word));
  if (URL_SHAPE.test(value.trim())) return { holding: 'url', sure: true };
  if (has(SQL)) {
    if (looksLikeGraphql(value)) return { holding: 'graphql', sure: true };
    if (SQL_START.test(value)) return { holding: 'sql', sure: words.includes('sql') || words.includes('statement') };
  }
  if (has(SHELL) && value.trim() !== '') return { holding: 'shell', sure: true };
  if (has(CODE) && value.trim() !== '') return { holding: 'code', sure: true };
  if (has(URL_NAMES) && /^[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(value.trim()) && /[.:]/.test(value))
    return { holding: 'url', sure: true };
  if (SQL_CERTAIN.test(value)) return { holding: 'sql', sure: false };
  if (has(PATHS) && value.trim() !== '' && !value.includes('\n')) return { holding: 'path', sure: true };
  if (PATH_SHAPE.test(value)) return { holding: 'path', sure: false };
  if (/^\s*[[{]/.test(value)) return { holding: 'json', sure: false };
  return undefined;
}

/** A list of words under such a name is one command line. */
export function isArgv(name: string, value: readonly unknown[]): boolean {
  return (
    value.length > 0 &&
    value.every((word) => typeof word === 'string') &&
    wordsOf(name).some((word) => SHELL.has(word) || word === 'argv')
  );
}
