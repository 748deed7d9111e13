/** The few pieces of Markdown that the generated pages are made of. */

export function page(title: string, parts: readonly string[]): string {
  return `# ${title}\n\n<!-- Made by \`npm run build && node apps/decision-service/dist/reference-main.js\`; a test holds it to its source. -->\n\n${parts.join('\n\n')}\n`;
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function codes(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
