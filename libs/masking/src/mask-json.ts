/** Masks JSON token by token: labelled values and strings change, every other byte stays, however deep it is nested. */
import { type Finding, type Masked, type SecretKind, placeholder, placeholderEnd } from './masked.ts';
import { kindOfLabel } from './labels.ts';

interface Level {
  readonly isObject: boolean;
  /** What everything below counts as, because a name above says so. */
  readonly inherited: SecretKind | undefined;
  /** What the name of the value that comes next says. */
  label: SecretKind | undefined;
  expectsName: boolean;
}

export interface MaskedJsonText {
  readonly text: string;
  readonly findings: readonly Pick<Finding, 'kind'>[];
}

/** Strings whole, numbers and words whole, structure by character. Each token starts where the one before ended. */
const TOKEN = /[{}[\]:,]|[^\s{}[\]:,"]+|\s+/y;

/** What is not JSON is masked as plain text. */
export function maskJsonText(text: string, mask: (text: string) => Masked): MaskedJsonText {
  if (!isJson(text)) return mask(text);
  const out: string[] = [];
  const findings: Pick<Finding, 'kind'>[] = [];
  const levels: Level[] = [{ isObject: false, inherited: undefined, label: undefined, expectsName: false }];
  for (let at = 0; at < text.length;) {
    const end = text[at] === '"' ? endOfString(text, at) : endOfToken(text, at);
    const token = text.slice(at, end);
    out.push(rewrite(token, levels, mask, findings));
    at = end;
  }
  return { text: out.join(''), findings };
}

function rewrite(token: string, levels: Level[], mask: (text: string) => Masked, findings: Pick<Finding, 'kind'>[]): string {
  const level = levels.at(-1) as Level;
  if (token === '{' || token === '[') {
    const isObject = token === '{';
    levels.push({ isObject, inherited: level.label ?? level.inherited, label: undefined, expectsName: isObject });
  } else if (token === '}' || token === ']') levels.pop();
  else if (token === ',') level.expectsName = level.isObject;
  else if (token === ':') level.expectsName = false;
  else if (token.trim() !== '') return rewriteScalar(token, level, mask, findings);
  return token;
}

function rewriteScalar(token: string, level: Level, mask: (text: string) => Masked, findings: Pick<Finding, 'kind'>[]): string {
  const isString = token[0] === '"';
  const value = isString ? (JSON.parse(token) as string) : token;
  if (level.expectsName) level.label = kindOfLabel(value);
  else {
    const kind = level.label ?? level.inherited;
    if (!level.expectsName && kind !== undefined && isSecretValue(token, value)) {
      findings.push({ kind });
      return JSON.stringify(placeholder(kind));
    }
  }
  const masked = mask(value);
  if (masked.findings.length === 0) return token;
  findings.push(...masked.findings.map(({ kind }) => ({ kind })));
  return JSON.stringify(masked.text);
}

/** true, false and null say nothing; neither does an empty text or what is masked already. */
function isSecretValue(token: string, value: string): boolean {
  return !/^(?:true|false|null|"")$/.test(token) && placeholderEnd(value, 0) !== value.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function endOfString(text: string, open: number): number {
  let at = open + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfToken(text: string, at: number): number {
  TOKEN.lastIndex = at;
  return TOKEN.test(text) ? TOKEN.lastIndex : at + 1;
}
