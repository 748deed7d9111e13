/** docs/intent.md, made from the lexicon that purposes are read with. */
import { BROAD_VERBS, PURPOSE_VERBS } from '@countersign/decision';
import { codes, page, table } from './markdown.ts';

export function intentPage(): string {
  return page('Intent', [
    `A request can say what it is for: a \`purpose\` in free text, and \`declared_effects\`, the kinds of effects of the plan behind it. Both
are compared with what the action would do, and policy sees the difference as \`input.intent\`:`,
    `\`\`\`json
{ "declared": ["read"], "undeclared": ["delete"], "mismatch": true, "ticket": "SHOP-123", "by": "purpose" }
\`\`\``,
    `- A plan goes before the words of the purpose (\`by\`: \`plan\` or \`purpose\`). An unknown kind in a plan is an error of the request.
- Who declares something may do what belongs to it: whoever writes may read, an export opens connections, dropping a table deletes.
  \`none\` and \`session\` go without saying. What could not be read (\`opaque\`) is judged as such and contradicts nothing.
- A purpose declares by its verbs, in English, from the fixed list below with their regular inflections; the same words always mean the
  same. A verb within two words behind "not", "no", "never", "without", "avoid" does not count. "read-only" and "no changes" declare
  reading alone. Without any of these words, or with one that may mean anything (${codes(BROAD_VERBS.split(' '))}), nothing is declared.
- A ticket is a key such as SHOP-123, a number such as INC0012345 or #4711, or a number behind "ticket", "issue", "incident", "case",
  "bug" or "story".
- Where nothing is declared, \`input.intent\` is \`null\`.`,
    'What the shipped policy makes of a mismatch: [packs](packs.md#intent).',
    '## Words',
    table(
      ['Verbs', 'Declare'],
      PURPOSE_VERBS.map(([words, ...kinds]) => [words.split(' ').join(', '), codes(kinds)]),
    ),
  ]);
}
