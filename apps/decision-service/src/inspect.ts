/** Judges actions offline: the same analysis, policy and risk as a decision, with no journal, no grant and no record. */
import { type Analyser, describeEffects, openAnalyser } from '@countersign/action';
import {
  answerOrDeny,
  canonicalAction,
  failedDecision,
  intentJson,
  type PolicyAnswer,
  type PolicyReason,
  policyInput,
  type RiskPart,
  scoreRisk,
  sessionJson,
  unknownKind,
} from '@countersign/decision';
import {
  ACTION_KINDS,
  EFFECT_KINDS,
  type ActionKind,
  type Effect,
  EnvironmentError,
  type Json,
  messageOf,
  sha256Hex,
  toHex,
  type VerdictName,
} from '@countersign/kernel';
import { createPolicyHost, mergeSources, type PolicyHost, type PolicySource } from '@countersign/policy-wasm';
import { openFollower } from './catalogue.ts';
import { loadPolicy } from './policy-source.ts';

export interface InspectRequest {
  readonly kind: string;
  readonly text: string;
  readonly name?: string;
  readonly dialect?: string;
  readonly environment?: string;
  readonly labels?: readonly string[];
  readonly resource?: { readonly type: string; readonly id: string };
  readonly purpose?: string;
  /** Kinds of effects that the plan declares. */
  readonly declaredEffects?: readonly string[];
  /** JSON. */
  readonly payload?: unknown;
}

export interface InspectResult {
  readonly verdict: VerdictName;
  readonly reasons: readonly PolicyReason[];
  readonly effects: readonly Effect[];
  readonly risk: number;
  readonly riskParts: readonly RiskPart[];
  /** One line of plain English. */
  readonly effectsInWords: string;
  readonly policyDigest: string;
}

export interface Inspector {
  /** Throws a TypeError that says what is wrong with the request. */
  inspect(request: InspectRequest): Promise<InspectResult>;
  close(): Promise<void>;
}

export interface InspectorOptions {
  /** As COUNTERSIGN_POLICY: laid over the shipped pack. */
  readonly policyDir?: string;
  /** Where compiled policies are kept between calls. */
  readonly cacheDir?: string;
  /** In place of the profile that the policy's data selects: strict, standard, observe or one of the policy's own. */
  readonly profile?: string;
}

/** The subject that is asked for: an owned agent, since the question is what the action does, not who asks. */
const SUBJECT = { id: 'agent:inspect', owner: 'person:inspect', attributes: new Uint8Array(0) };

/** Rejects with an EnvironmentError where the policy cannot be used. */
export async function openInspector(options: InspectorOptions = {}): Promise<Inspector> {
  const source = await loadPolicy(options.policyDir ?? '');
  if (!source.ok) throw new EnvironmentError(source.error.message, 'Mend the policy, or unset COUNTERSIGN_POLICY.');
  const wanted = withProfile(source.value, options.profile);
  const policy = createPolicyHost(options.cacheDir === undefined ? {} : { compileCacheDir: options.cacheDir });
  const [activated, analyser] = await Promise.all([policy.activate(wanted), openAnalyser()]);
  if (!activated.ok) {
    await analyser.close();
    throw new EnvironmentError(activated.error.message, 'Mend the policy, or unset COUNTERSIGN_POLICY.');
  }
  openFollower(policy, analyser)();
  return { inspect: (request) => inspect(policy, analyser, request), close: () => analyser.close() };
}

function withProfile(source: PolicySource, profile: string | undefined): PolicySource {
  if (profile === undefined) return source;
  const known = Object.keys(profilesOf(source.data));
  if (!known.includes(profile)) {
    throw new EnvironmentError(`the policy has no profile "${profile}"`, `Use one of ${known.join(', ')}.`);
  }
  return mergeSources(source, { data: { baseline: { profile } } });
}

/** Where the shipped packs keep them. */
function profilesOf(data: Json): object {
  const { baseline } = data as { readonly baseline?: { readonly profiles?: object } };
  return baseline?.profiles ?? {};
}

async function inspect(policy: PolicyHost, analyser: Analyser, request: InspectRequest): Promise<InspectResult> {
  const { kind, text, name = '', dialect = '', environment = '', labels = [], purpose = '', declaredEffects = [] } = request;
  if (!ACTION_KINDS.some((known) => known === kind)) {
    throw new TypeError(`kind "${kind}" is unknown; use one of ${ACTION_KINDS.join(', ')}`);
  }
  const unknown = unknownKind(declaredEffects);
  if (unknown !== undefined) {
    throw new TypeError(`declared effect "${unknown}" is unknown; use kinds of effects: ${EFFECT_KINDS.join(', ')}`);
  }
  const payload = request.payload === undefined ? new Uint8Array(0) : Buffer.from(JSON.stringify(request.payload));
  if (text === '' && payload.length === 0) throw new TypeError('text and payload are both missing: there is nothing to judge');
  const target = request.resource?.id ?? '';
  const input = { kind: kind as ActionKind, name, text, dialect, target, ...(payload.length > 0 && { payloadJson: payload }) };
  const { effects } = analyser.analyseNow(input) ?? (await analyser.analyse(input));
  const resource = { type: request.resource?.type ?? '', id: request.resource?.id ?? '', environment, labels };
  const action = { kind, name, text, dialect, payload };
  const question = policyInput({
    subject: SUBJECT,
    delegation: [],
    action: { ...action, digest: sha256Hex(canonicalAction({ ...action, resource })) },
    effectsJson: JSON.stringify(effects),
    resource,
    purpose,
    intentJson: intentJson(purpose, declaredEffects, effects),
    sessionJson: sessionJson('', ''),
    model: { provider: '', model: '' },
    context: new Uint8Array(0),
    approval: undefined,
    timeMs: Date.now(),
  });
  const { verdict, reasons } = evaluate(policy, Buffer.from(question));
  const { risk, parts: riskParts } = scoreRisk(effects, environment, labels);
  const effectsInWords = describeEffects(effects, text);
  return { verdict, reasons, effects, risk, riskParts, effectsInWords, policyDigest: `sha256:${toHex(policy.bundle.digest)}` };
}

function evaluate(policy: PolicyHost, input: Uint8Array): PolicyAnswer {
  try {
    return answerOrDeny(policy.evaluate(input));
  } catch (thrown) {
    return failedDecision('evaluate', `The policy failed: ${messageOf(thrown)}`);
  }
}
