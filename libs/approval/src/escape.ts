/** Makes visible what a text could hide from the person who has to decide about it. */

// Control, format (bidi, zero-width), private and unpaired characters, separators other than the plain space's kind, whatever
// Unicode (UAX #44, Default_Ignorable_Code_Point) asks a renderer to show as nothing, and the code points that are no characters.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

const HEX = 16;
const UNIT_DIGITS = 4;
const LAST_OF_BMP = 0xffff;
const JSON_SPACE = new Set(['\n', '\r', '\t']);

/** The text with each such character written as an escape: \n, \u202e, \u{e0041}. */
export function escapeForDisplay(text: string): string {
  return text.replace(HIDDEN, escape);
}

/** The same, but line breaks and tabs stay: for a text that is shown in a block of its own. */
export function escapeBlockForDisplay(text: string): string {
  return text.replace(HIDDEN, (character) => (character === '\n' || character === '\t' ? character : escape(character)));
}

/** The same for a JSON text, which stays JSON with the same meaning: such characters stand raw in its strings only. */
export function escapeJsonForDisplay(json: string): string {
  return json.replace(HIDDEN, (character) => (JSON_SPACE.has(character) ? character : inUnits(character)));
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return SHORT[character] ?? (code > LAST_OF_BMP ? `\\u{${code.toString(HEX)}}` : inUnits(character));
}

/** One \uXXXX for each UTF-16 unit. */
function inUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(HEX).padStart(UNIT_DIGITS, '0')}`)
    .join('');
}
