/** How much shell is read where: the parser is quadratic on nested substitutions, so what has many goes to the worker. */

export const SHELL_CAPS = { hereUnits: 8 * 1024, units: 256 * 1024, substitutions: 32, documents: 16 } as const;

/** Why the text must not be parsed in the calling thread; undefined where it may. */
export function overCaps(text: string): string | undefined {
  if (text.length > SHELL_CAPS.hereUnits) return 'a long shell text';
  let substitutions = 0;
  let documents = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x60) substitutions++;
    else if (code === 0x28) substitutions += isOpening(text.charCodeAt(at - 1)) ? 2 : 0;
    else if (code === 0x3c && text.charCodeAt(at + 1) === 0x3c) {
      documents++;
      at++;
    }
  }
  if (substitutions > 2 * SHELL_CAPS.substitutions) return 'a shell text with many substitutions';
  return documents > SHELL_CAPS.documents ? 'a shell text with many here-documents' : undefined;
}

/** `$(`, `<(`, `>(`. */
function isOpening(code: number): boolean {
  return code === 0x24 || code === 0x3c || code === 0x3e;
}
