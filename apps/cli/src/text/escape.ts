/** Makes untrusted text safe for a terminal: what could move the cursor, colour, hide or reorder text is shown as an escape. */

// Control, format (bidi, zero-width), private and unpaired characters, odd separators, and what renderers show as nothing (UAX #44).
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const HIDDEN_ALL = new RegExp(HIDDEN, 'gu');
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };
const LAST_OF_BMP = 0xffff;

// Drawn two columns wide (UAX #11, approximated by script).
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** On one line. */
export function shown(text: string): string {
  return text.replace(HIDDEN_ALL, escape);
}

/** One character (code point) as it is shown, and the columns that it takes. */
export function shownCharacter(character: string): { readonly text: string; readonly columns: number } {
  if (HIDDEN.test(character)) {
    const text = escape(character);
    return { text, columns: text.length };
  }
  return { text: character, columns: WIDE.test(character) ? 2 : 1 };
}

/** Columns that a text takes that was made safe before. */
export function columnsOf(safe: string): number {
  let columns = 0;
  for (const character of safe) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Cut to so many columns, with an ellipsis where something is missing. */
export function clip(safe: string, columns: number): string {
  if (columnsOf(safe) <= columns) return safe;
  let kept = '';
  let used = 1;
  for (const character of safe) {
    used += WIDE.test(character) ? 2 : 1;
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const short = SHORT[character];
  if (short !== undefined) return short;
  return code > LAST_OF_BMP ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
