/** docs/risk.md, made from the tables that the risk is reckoned with. */
import {
  IN_HAND_S,
  RISK_OF_DENIALS,
  RISK_OF_ENVIRONMENT,
  RISK_OF_KIND,
  RISK_OF_LABEL,
  RISK_OF_REVERSIBLE,
  RISK_OF_SCOPE,
  RISK_OF_SECRET_IN_HAND,
  RISK_OF_SENSITIVE_IN_HAND,
} from '@countersign/decision';
import { codes, page, table } from './markdown.ts';

export function riskPage(): string {
  const minutes = IN_HAND_S / 60;
  return page('Risk', [
    `Every decision carries a risk from 0 (nothing happens) to 100 (the worst that is known), for people who sort queues by it. It decides
nothing by itself: verdicts come from policy. The record holds the number and its parts (\`risk_parts\`).`,
    `The risk is that of the worst effect: the points of its kind, times the percentages of scope, reversibility, environment and label,
rounded down and cut at 100; then the points of what came before. A decision without effects, or with an effect of an unknown word,
is 100 with the single part \`unread\`: nothing is known about what would happen.`,
    '## Points by kind',
    table(
      ['Part', 'Points'],
      byValue(RISK_OF_KIND).map(([kind, points]) => [`\`kind:${kind}\``, String(points)]),
    ),
    '## Percentages',
    table(
      ['Part', 'Percent'],
      [
        ...percentages('scope', RISK_OF_SCOPE),
        ...percentages('reversible', RISK_OF_REVERSIBLE),
        ...percentages('environment', RISK_OF_ENVIRONMENT),
        ['`environment:production`, and every name that is not in this table', '100'],
        ...grouped(RISK_OF_LABEL).map(([labels, percent]) => [`\`label:…\`, once: ${codes(labels)}`, percent]),
      ],
    ),
    '## Points for what came before',
    `By all agents of the same owner, whatever the session (\`input.session.owner\`); not added to what does nothing outside itself.`,
    table(
      ['Part', 'Where', 'Points'],
      [
        ...RISK_OF_DENIALS.toReversed().map(([atLeast, points]) => [
          '`history:denials`',
          `${atLeast} or more denials in 30 minutes`,
          `+${points}`,
        ]),
        ['`history:secret_read`', `a secret was read within ${minutes} minutes`, `+${RISK_OF_SECRET_IN_HAND}`],
        [
          '`history:sensitive_read`',
          `data with one of the labels above was read within ${minutes} minutes`,
          `+${RISK_OF_SENSITIVE_IN_HAND}`,
        ],
      ],
    ),
  ]);
}

function byValue(points: Readonly<Record<string, number>>): [word: string, value: number][] {
  return Object.entries(points).sort(([, a], [, b]) => a - b);
}

function percentages(factor: string, percent: Readonly<Record<string, number>>): string[][] {
  return grouped(percent).map(([words, value]) => [codes(words.map((word) => `${factor}:${word}`)), value]);
}

/** Words with the same value share a line. */
function grouped(values: Readonly<Record<string, number>>): [words: string[], value: string][] {
  const groups = Map.groupBy(Object.entries(values), ([, value]) => value);
  return [...groups].map(([value, entries]) => [entries.map(([word]) => word), String(value)]);
}
