/** Text of the record, made safe to show in one line: nothing in it may move a cursor, turn the line round or hide. */

// Controls, format characters (bidirectional, zero-width, tags) and separators of lines and paragraphs.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const UNSAFE_ALL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const BREAKS = /\s*[\r\n\t]+\s*/g;

/** At most `capUnits` UTF-16 units of the text, line breaks as spaces, whatever else is invisible as \u{…}. */
export function oneLine(text: string, capUnits: number): string {
  const cut = text.length > capUnits;
  // A cut through a surrogate pair would leave half a character.
  const head = cut ? text.slice(0, capUnits).replace(/[\uD800-\uDBFF]$/, '') : text;
  const shown = UNSAFE.test(head) ? head.replace(BREAKS, ' ').replace(UNSAFE_ALL, escape) : head;
  return cut ? `${shown}…` : shown;
}

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

const decoder = new TextDecoder();

/** UTF-8 bytes as text; most payloads are empty, so that case costs nothing. */
export function utf8(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : decoder.decode(bytes);
}

export function hex(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
