/** What the packs must answer, as data: run by every engine that evaluates them. */
import { readFileSync, readdirSync } from 'node:fs';
import type { PackVerdict } from './pack.ts';

/** One question and its answer; what is left out is an owned agent, SQL, production and the profile `standard`. */
export interface PackCase {
  readonly case: string;
  readonly profile?: string;
  readonly environment?: string;
  readonly labels?: readonly string[];
  /** "agent:helper owned by person:ana", "agent:stray", … */
  readonly subject?: string;
  readonly kind?: string;
  /**
   * Each `kind scope reversible [target,target…]`: "delete bounded no public.customers". A target is a table, or of another type:
   * "host:api.example.com", "branch:main".
   */
  readonly effects: readonly string[];
  /** The status of the approval that the request brings. */
  readonly approval?: string;
  /** "provider/model". */
  readonly model?: string;
  /** `input.intent`. */
  readonly intent?: Readonly<Record<string, unknown>>;
  /** What came before, as in `input.session`. */
  readonly session?: Readonly<Record<string, unknown>>;
  /** Laid over the packs' data. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly verdict: PackVerdict;
  /** `rule@effect`, or `rule` alone where the reason points at no effect; in any order. */
  readonly rules: readonly string[];
}

const FOLDER = new URL('../cases/', import.meta.url);

/** The cases of every pack, each named after its file: "baseline: a dropped table". */
export function packCases(): readonly PackCase[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly PackCase[];
    return cases.map((one) => ({ ...one, case: `${file.slice(0, -'.json'.length)}: ${one.case}` }));
  });
}

/** The policy input of a case, as the decision service would build it. */
export function inputOf(one: PackCase): Record<string, unknown> {
  const [id = '', owner = ''] = (one.subject ?? 'agent:helper owned by person:ana').split(' owned by ');
  const [provider = '', model = ''] = (one.model ?? '').split('/');
  return {
    subject: { type: id.slice(0, Math.max(0, id.indexOf(':'))), id, owner, attributes: {} },
    delegation: [],
    action: { kind: one.kind ?? 'sql', name: '', dialect: '', text: '', payload: null, digest: '' },
    effects: one.effects.map(effectOf),
    resource: { type: 'database', id: 'shop', environment: one.environment ?? 'production', labels: one.labels ?? [] },
    purpose: '',
    intent: one.intent ?? null,
    session: { id: '', ...one.session },
    model: { provider, model },
    context: {},
    approval: one.approval === undefined ? null : { id: 'a', status: one.approval, approvers: ['person:bo'], grant_id: 'g' },
    time: '2026-01-05T09:00:00.000Z',
  };
}

function effectOf(text: string): Record<string, unknown> {
  const [kind, scope, reversible, targets] = text.split(' ');
  const named = targets === undefined ? [] : targets.split(',').map(targetOf);
  return { kind, scope, reversible, targets: named, span: { start: 0, end: 1 }, via: '', why: '' };
}

function targetOf(text: string): { readonly type: string; readonly name: string } {
  const colon = text.indexOf(':');
  return colon < 0 ? { type: 'table', name: text } : { type: text.slice(0, colon), name: text.slice(colon + 1) };
}
