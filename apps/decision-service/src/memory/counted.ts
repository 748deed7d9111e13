/** What a decision will leave in the memory: worked out at once from what is about to be recorded, shared where it repeats. */
import { type CountedDecision, type Deed, deedOf } from '@countersign/decision';
import type { Decided } from '../decided.ts';

const DEEDS_PER_PLACE = 8;

export function countedOf(decided: Decided): CountedDecision {
  const { request, track, decisionId, timeMs } = decided;
  return { tenant: request.principal.tenant, decisionId, whose: track.whose, deed: sharedDeed(decided), atMs: timeMs };
}

/** Judgements repeat, as the policy's answers do. */
function sharedDeed(decided: Decided): Deed {
  const { placed, presented, recordable } = decided;
  if (presented.approval || recordable.found.length > 0) return newDeed(decided);
  const known = placed.deeds.get(presented.judgement);
  if (known) return known;
  if (placed.deeds.size >= DEEDS_PER_PLACE) placed.deeds.clear();
  const deed = newDeed(decided);
  placed.deeds.set(presented.judgement, deed);
  return deed;
}

function newDeed({ knowledge, recordable, presented }: Decided): Deed {
  const { verdict, failedStep, reasons } = presented.judgement.answer;
  return deedOf({
    verdict,
    failedStep,
    approvalStatus: presented.approval?.status ?? '',
    reasons,
    labels: recordable.facts.resource.labels,
    effects: knowledge.touched,
  });
}
