/** The fourth step: policy is asked with exactly the recorded facts, and its answer is read strictly. */
import { answerOrDeny, failedDecision, type InputMember, type PolicyAnswer, type PolicyObligation } from '@countersign/decision';
import { messageOf } from '@countersign/kernel';
import type { Masker } from '@countersign/masking';
import type { Evaluator } from '@countersign/ports';
import { encodeAnswer, type TwiceEncoded } from '@countersign/wire';
import { redact, redactJson } from './knowledge.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

export interface Judgement {
  /** Masked: it may be encoded again with further reasons. */
  readonly answer: PolicyAnswer;
  /** Its reasons and obligations. */
  readonly encoded: TwiceEncoded;
}

export interface Judge {
  /** Never throws: a policy that fails is a deny with the failed step. `secrets` are kept out of reasons and obligations. */
  judge(input: readonly InputMember[], secrets: readonly string[]): Judgement;
}

const CACHED_ANSWERS = 4_096;
const CACHED_UNITS = 8 << 20;

/** The evaluator's answers repeat: each distinct one is read, checked and encoded once. */
export function openJudge(evaluator: Evaluator, masker: Masker): Judge {
  const cache = new TwoGenerationCache<Judgement>(CACHED_ANSWERS, CACHED_UNITS);

  let last: { readonly bytes: Buffer; readonly judgement: Judgement } | undefined;

  function read(bytes: Uint8Array | undefined, secrets: readonly string[]): Judgement {
    if (bytes === undefined || secrets.length > 0) return encode(answerOrDeny(bytes), masker, secrets);
    // Most answers are the one before; to compare bytes costs less than to make a key of them.
    if (last !== undefined && last.bytes.equals(bytes)) return last.judgement;
    const kept = Buffer.from(bytes);
    const key = kept.toString('latin1');
    const judgement = cache.get(key) ?? encode(answerOrDeny(kept), masker, secrets);
    cache.set(key, judgement);
    last = { bytes: kept, judgement };
    return judgement;
  }

  return {
    judge(input, secrets) {
      let bytes: Uint8Array | undefined;
      try {
        bytes = evaluator.evaluateParts(input);
      } catch (thrown) {
        return encode(failedDecision('evaluate', `The policy failed: ${messageOf(thrown)}`), masker, secrets);
      }
      return read(bytes, secrets);
    },
  };
}

export function encodeJudgement(answer: PolicyAnswer, masker: Masker): Judgement {
  return encode(answer, masker, []);
}

function encode(answer: PolicyAnswer, masker: Masker, secrets: readonly string[]): Judgement {
  const clean = (text: string) => masker.maskText(redact(text, secrets)).text;
  const reasons = answer.reasons.map((reason) => ({ ...reason, message: clean(reason.message) }));
  const duties = answer.obligations.map(({ id, params }) => ({
    id,
    paramsJson: params === undefined ? NO_BYTES : masker.maskJson(Buffer.from(redactJson(JSON.stringify(params), secrets))).bytes,
  }));
  const obligations = duties.map(({ id, paramsJson }) =>
    paramsJson.length === 0 ? { id } : { id, params: JSON.parse(Buffer.from(paramsJson).toString()) as Params },
  );
  return { answer: { ...answer, reasons, obligations }, encoded: encodeAnswer(reasons, duties) };
}

type Params = NonNullable<PolicyObligation['params']>;

const NO_BYTES = new Uint8Array(0);
