/** What a stream of decisions came to, for people. */
import type { VerdictWord } from '../decision-json.ts';
import { type Host, note, print } from '../host.ts';
import { shown } from '../text/escape.ts';
import { table } from '../text/table.ts';

export interface Tally {
  answered: number;
  /** Lines that could not be read or decided. */
  bad: number;
  readonly verdicts: Record<VerdictWord, number>;
  /** Rule → actions that it did not let through. */
  readonly rules: Map<string, number>;
  /** Ids, in the order of the lines. */
  readonly approvals: string[];
}

export function newTally(): Tally {
  return { answered: 0, bad: 0, verdicts: { allow: 0, deny: 0, require_approval: 0 }, rules: new Map(), approvals: [] };
}

const CAP_RULES = 8;
const CAP_APPROVALS = 5;
const SECOND_MS = 1_000;

/** With `json` stdout belongs to the decisions, and the summary goes to stderr. */
export function printSummary(host: Host, tally: Tally, tookMs: number, json: boolean): void {
  const write = json ? note : print;
  for (const line of summaryLines(tally, tookMs)) write(host, line);
}

export function summaryLines(tally: Tally, tookMs: number): readonly string[] {
  const { answered, bad, verdicts, rules, approvals } = tally;
  const rate = tookMs > 0 ? Math.round((answered * SECOND_MS) / tookMs) : answered;
  const lines = [
    `${answered} actions decided in ${(tookMs / SECOND_MS).toFixed(1)} s (${rate}/s)`,
    `  allow              ${verdicts.allow}`,
    `  deny               ${verdicts.deny}`,
    `  approval required  ${verdicts.require_approval}`,
  ];
  if (bad > 0) lines.push(`  bad lines          ${bad}`);
  const top = [...rules].sort(([, a], [, b]) => b - a).slice(0, CAP_RULES);
  if (top.length > 0) {
    lines.push(
      '',
      ...table(
        ['RULES THAT STOPPED THEM', 'ACTIONS'],
        top.map(([rule, count]) => [rule, String(count)]),
      ),
    );
  }
  if (approvals.length > 0) {
    lines.push('', `${approvals.length} approvals wait for people (countersign approvals list):`);
    lines.push(...approvals.slice(0, CAP_APPROVALS).map((id) => `  ${shown(id)}`));
    if (approvals.length > CAP_APPROVALS) lines.push(`  and ${approvals.length - CAP_APPROVALS} more`);
  }
  return lines;
}
