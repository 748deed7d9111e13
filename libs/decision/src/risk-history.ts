/** What came before adds to the risk: points for an owner whose agents were just denied, or hold secrets or sensitive data. */
import { RISK_OF_LABEL, type RiskPart, type RiskScore } from './risk.ts';
import type { SessionInput } from './session.ts';

/** Denials of all agents of the owner within 30 minutes → points; the highest step that is reached counts. */
export const RISK_OF_DENIALS: readonly (readonly [atLeast: number, points: number])[] = [
  [30, 20],
  [10, 10],
  [5, 5],
];

/** Points where an agent of the owner has read a secret, or data with a sensitive label, a moment ago. */
export const RISK_OF_SECRET_IN_HAND = 10;
export const RISK_OF_SENSITIVE_IN_HAND = 10;

/** Seconds for which what was read counts as still in hand. */
export const IN_HAND_S = 1_800;

/** What does nothing outside itself stays what it is, whoever does it. */
const HARMLESS_RISK = 1;
const WORST = 100;

/** `sessionJson` is `input.session` as policy saw it; the sum is cut at 100. */
export function withHistory(score: RiskScore, sessionJson: string): RiskScore {
  if (score.risk <= HARMLESS_RISK) return score;
  const added = partsOf(sessionJson);
  if (added.length === 0) return score;
  const risk = Math.min(WORST, score.risk + added.reduce((sum, { value }) => sum + value, 0));
  return { risk, parts: [...score.parts, ...added] };
}

let last: { readonly json: string; readonly parts: readonly RiskPart[] } | undefined;

/** A busy agent brings the same history again and again. */
function partsOf(sessionJson: string): readonly RiskPart[] {
  if (last?.json !== sessionJson) last = { json: sessionJson, parts: historyParts(sessionJson) };
  return last.parts;
}

/** Most histories tell of none of these: asking so costs a fraction of parsing them. */
const TELLING = /"(?:deny|secret_read|labels)":/;

function historyParts(sessionJson: string): readonly RiskPart[] {
  if (!TELLING.test(sessionJson)) return [];
  const { owner } = JSON.parse(sessionJson) as SessionInput;
  const denials = owner?.m30?.deny ?? 0;
  const step = RISK_OF_DENIALS.find(([atLeast]) => denials >= atLeast);
  const parts: RiskPart[] = [];
  if (step) parts.push({ factor: 'history:denials', value: step[1] });
  if (isFresh(owner?.last?.secret_read)) parts.push({ factor: 'history:secret_read', value: RISK_OF_SECRET_IN_HAND });
  const sensitive = Object.entries(owner?.labels ?? {}).some(
    ([label, kinds]) => Object.hasOwn(RISK_OF_LABEL, label.toLowerCase()) && (isFresh(kinds.read) || isFresh(kinds.secret_read)),
  );
  if (sensitive) parts.push({ factor: 'history:sensitive_read', value: RISK_OF_SENSITIVE_IN_HAND });
  return parts;
}

function isFresh(secondsAgo: number | undefined): boolean {
  return secondsAgo !== undefined && secondsAgo <= IN_HAND_S;
}
