/** docs/packs.md, made from the packs' own data: what each rule says, when it holds, and what an operator can set. */
import {
  type Pack,
  type PackName,
  type PackRow,
  type PackRows,
  type PackRule,
  packAbouts,
  packRules,
} from '@countersign/guardrails';
import { codes, page, table } from './markdown.ts';

export function packsPage(shipped: Pack): string {
  const rules = packRules(shipped);
  const rows = rowsByRule(shipped.data['rows'] as PackRows);
  const packs = packAbouts(shipped).map(({ name, about, parameters }) =>
    [
      `## ${name}`,
      about,
      ...(Object.keys(parameters).length === 0 ? [] : [`What can be set, below \`${name}\`:`, settings(parameters)]),
      ...rules.filter(({ pack }) => pack === name).map((rule) => ruleText(rule, rows.get(rule.id) ?? [])),
    ].join('\n\n'),
  );
  return page('Policy packs', [INTRODUCTION, verdictNote(), ...packs, ROWS, SHADOW]);
}

const INTRODUCTION = `What ships is one policy made of packs. The Rego folds, the data decides: every list, verdict and threshold below is data that
your own policy folder overrides key by key (\`COUNTERSIGN_POLICY\`, see [examples/policies](../examples/policies/README.md)); no Rego
has to be touched. Look-ups are by name in objects, so a thousand rules cost what ten do. Select \`baseline.profile\`: \`strict\`,
\`standard\` or \`observe\`.`;

function verdictNote(): string {
  return `The verdicts of a rule are given as production / staging / development, for \`standard\` and for \`strict\`. Deny beats asking a person,
asking beats allow. To change one, name the rule's id and the class of the environment:

\`\`\`json
{ "baseline": { "overrides": { "git.tag_rewrite": { "protected": "deny" } } } }
\`\`\``;
}

const ROWS = `## Rules of your own, without Rego

A rule is a row in \`rows\`: type of target → kind of effect (\`*\` is no kind; name each) → id of the rule. \`*\` as the type is every target,
and effects without one. All conditions of a row must hold, and \`false\` in its place switches it off:

| Condition | Holds where |
| --- | --- |
| \`names\`, \`spelt\` | the target is on this list of the rule's pack. An entry is \`true\`, or the name of another rule of the pack; \`false\` switches a shipped one off |
| \`actions\` | the action is of one of these kinds |
| \`unlisted_for\` | \`egress.hosts\` does not list the host for this use |
| \`personal\` | the data is labelled personal |

\`spelt\` says how a name is looked up: \`word\` as it is, \`table\` with and without schema, \`dots\` and \`parts\` each part, \`first\` and
\`last\` that part and the whole, \`path\` and \`branch\` itself and each folder above it (ending in \`/\`), \`domain\` the host and \`*.\` before
each domain above it, \`type\` the target's type. All in lower case but for paths.

\`\`\`json
{
  "own": {
    "closed": { "public.invoices": true, "public.ledger": true },
    "rules": {
      "freeze": {
        "id": "own.freeze", "severity": "high",
        "message": "This changes books that are closed.", "remedy": "Book a correction in the open period.",
        "verdicts": { "standard": { "protected": "deny", "staging": "allow", "open": "allow" } }
      }
    }
  },
  "rows": { "table": { "write": { "own.freeze": { "names": "closed", "spelt": "table" } } } }
}
\`\`\`

A row whose rule does not exist denies. For what rows cannot say, add Rego: \`findings contains {…} if …\` in the package \`countersign\`.`;

const SHADOW = `## Rules on trial

A rule or a whole pack in \`shadow\` is told and does not count: its reason has the code \`shadow_…\`, the severity \`info\`, and begins with
what it would have done. A \`false\` for a rule takes it out of its pack's trial.

\`\`\`json
{ "shadow": { "packs": { "kubernetes": true }, "rules": { "kubernetes.system_namespace": false, "egress.unlisted_write": true } } }
\`\`\``;

function settings(parameters: Readonly<Record<string, string>>): string {
  return table(
    ['Key', 'What it sets'],
    Object.entries(parameters).map(([key, text]) => [`\`${key}\``, text]),
  );
}

function ruleText({ id, severity, message, remedy, verdicts }: PackRule, rows: readonly string[]): string {
  const said = Object.entries(verdicts).map(([profile, row]) => `${profile} ${Object.values(row).map(short).join(' / ')}`);
  const when = rows.length === 0 ? '' : `\n\nHolds for: ${rows.join('; ')}.`;
  return `### ${id}\n\n${message} ${remedy}\n\n${severity} · ${said.reverse().join(' · ')}${when}`;
}

function short(verdict: string): string {
  return verdict === 'require_approval' ? 'ask' : verdict;
}

/** By rule: the kinds of effects with their types of targets and the condition, those with the same condition together. */
function rowsByRule(rows: PackRows): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, Map<string, { readonly types: Set<string>; readonly kinds: Set<string> }>>();
  for (const [type, kinds] of Object.entries(rows)) {
    for (const [kind, byRule] of Object.entries(kinds)) {
      for (const [id, row] of Object.entries(byRule)) {
        const groups = grouped.get(id) ?? new Map<string, { types: Set<string>; kinds: Set<string> }>();
        grouped.set(id, groups);
        const condition = conditionOf(id.split('.')[0] as PackName, row);
        const group = groups.get(condition) ?? { types: new Set(), kinds: new Set() };
        groups.set(condition, group);
        group.types.add(type === '*' ? 'any' : type);
        group.kinds.add(kind);
      }
    }
  }
  return new Map([...grouped].map(([id, groups]) => [id, [...groups].map(([condition, group]) => groupText(condition, group))]));
}

function groupText(condition: string, { types, kinds }: { types: ReadonlySet<string>; kinds: ReadonlySet<string> }): string {
  return `${codes([...kinds])} of a target ${codes([...types])}${condition}`;
}

function conditionOf(pack: PackName, { names, spelt, actions, unlisted_for: use, personal }: PackRow): string {
  const said = [
    names === undefined ? '' : `on the list \`${pack}.${names}\` (${spelt ?? ''})`,
    actions === undefined ? '' : `in ${codes(Object.keys(actions))}`,
    use === undefined ? '' : `that \`egress.hosts\` does not list for \`${use}\``,
    personal === true ? 'with personal data' : '',
  ].filter((text) => text !== '');
  return said.length === 0 ? '' : `, ${said.join(', ')}`;
}
