/** Brace expansion: `{a,b}`, `{1..3}` and what is nested in them. */

/** All words that the text stands for; undefined where there are too many or it is not one. */
export function expandBraces(text: string, most = 64): string[] | undefined {
  const open = opening(text);
  if (open < 0) return [text];
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{') depth++;
    else if (char === ',' && depth === 1) {
      parts.push(text.slice(from, at));
      from = at + 1;
    } else if (char === '}' && --depth === 0) {
      parts.push(text.slice(from, at));
      return joined(text.slice(0, open), parts, text.slice(at + 1), most);
    }
  }
  return [text];
}

function joined(before: string, parts: readonly string[], after: string, most: number): string[] | undefined {
  const [only = ''] = parts;
  const range = parts.length === 1 ? rangeOf(only, most) : undefined;
  if (parts.length === 1 && range === undefined) {
    const rest = expandBraces(after, most);
    return rest?.map((one) => `${before}{${only}}${one}`);
  }
  const tails = expandBraces(after, most);
  if (tails === undefined) return undefined;
  const words: string[] = [];
  for (const part of range ?? parts) {
    const heads = expandBraces(part, most);
    if (heads === undefined || words.length + heads.length * tails.length > most) return undefined;
    for (const head of heads) for (const tail of tails) words.push(before + head + tail);
  }
  return words;
}

function rangeOf(text: string, most: number): string[] | undefined {
  const found = /^(-?\d{1,6}|[A-Za-z])\.\.(-?\d{1,6}|[A-Za-z])$/.exec(text);
  if (found === null) return undefined;
  const [, from = '', to = ''] = found;
  const numeric = /\d/.test(from);
  if (numeric !== /\d/.test(to)) return undefined;
  const first = numeric ? Number(from) : from.charCodeAt(0);
  const last = numeric ? Number(to) : to.charCodeAt(0);
  if (Math.abs(last - first) >= most) return undefined;
  const step = first <= last ? 1 : -1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, at) =>
    numeric ? String(first + at * step) : String.fromCharCode(first + at * step),
  );
}

function opening(text: string): number {
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) if (text.includes('}', at)) return at;
  return -1;
}
