/** `countersign decide --file`: a stream of actions over DecideStream, with progress and a summary. */
import { type DecisionJson, type VerdictWord, decisionJson } from '../decision-json.ts';
import { CommandFailed } from '../failure.ts';
import { EXIT, type Host, note, printJson } from '../host.ts';
import { openLines } from '../lines.ts';
import { RequestWindow, type Sent } from '../request-window.ts';
import { settingsOf, tokenOf } from '../settings.ts';
import { shown } from '../text/escape.ts';
import { Progress } from '../text/progress.ts';
import { EXIT_OF } from './decide.ts';
import { type Tally, newTally, printSummary } from './decide-summary.ts';

/** The first bad lines are told in full; the summary counts all. */
const CAP_TOLD_LINES = 20;

export async function decideFile(host: Host, path: string, json: boolean): Promise<void> {
  const lines = await openLines(host, path);
  const { openClients } = await import('../clients.ts');
  const clients = openClients(settingsOf(host).grpcAddress, tokenOf(host, 'caller'));
  const tally = newTally();
  const progress = new Progress(host, () => `${tally.answered} decided, ${tally.bad} bad lines`);
  const startedMs = performance.now();
  try {
    const window = new RequestWindow(lines, (line, problem) => tellBad(host, tally, json, line, problem));
    for await (const { result } of clients.decision.decideStream(window.requests())) {
      const line = window.answered();
      const outcome = result?.result;
      if (outcome?.case === 'response') tellDecision(host, tally, json, line, decisionJson(outcome.value));
      else tellBad(host, tally, json, line.number, outcome?.value?.message ?? 'the server gave no answer');
      progress.tick();
    }
    progress.end();
    if (window.waiting > 0) {
      throw new CommandFailed(`The server ended the stream with ${window.waiting} actions unanswered.`, 'Run the command again.');
    }
  } finally {
    progress.end();
    clients.close();
    printSummary(host, tally, performance.now() - startedMs, json);
  }
  host.exitCode = exitCodeOf(tally);
}

/** A line that could not be decided is an error whatever the others say; then the most severe verdict counts. */
function exitCodeOf({ bad, verdicts }: Tally): number {
  if (bad > 0) return EXIT.error;
  const severest = (['deny', 'require_approval'] as const).find((verdict) => verdicts[verdict] > 0);
  return severest === undefined ? EXIT.allow : EXIT_OF[severest satisfies VerdictWord];
}

function tellDecision(host: Host, tally: Tally, json: boolean, { number, requestId }: Sent, decision: DecisionJson): void {
  tally.answered += 1;
  tally.verdicts[decision.verdict] += 1;
  if (decision.approval !== undefined) tally.approvals.push(decision.approval.id);
  if (decision.verdict !== 'allow') {
    for (const rule of new Set(decision.reasons.map((reason) => reason.rule))) {
      tally.rules.set(rule, (tally.rules.get(rule) ?? 0) + 1);
    }
  }
  if (json) printJson(host, { line: number, ...(requestId === '' ? {} : { requestId }), ...decision });
}

function tellBad(host: Host, tally: Tally, json: boolean, line: number, message: string): void {
  tally.bad += 1;
  if (json) printJson(host, { line, error: { message } });
  if (tally.bad <= CAP_TOLD_LINES) note(host, `line ${line}: ${shown(message)}`);
  if (tally.bad === CAP_TOLD_LINES) note(host, 'further bad lines are only counted');
}
