/** What the baseline pack must answer, as data: run by every engine that evaluates it. */
import { readFileSync } from 'node:fs';
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
  /** Each `kind scope reversible [target]`: "delete bounded no public.customers". */
  readonly effects: readonly string[];
  /** The status of the approval that the request brings. */
  readonly approval?: string;
  /** Laid over the pack's data. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly verdict: PackVerdict;
  /** `rule@effect`, or `rule` alone where the reason points at no effect; in any order. */
  readonly rules: readonly string[];
}

export function baselineCases(): readonly PackCase[] {
  return JSON.parse(readFileSync(new URL('../cases/baseline.json', import.meta.url), 'utf8')) as readonly PackCase[];
}

/** The policy input of a case, as the decision service would build it. */
export function inputOf(one: PackCase): Record<string, unknown> {
  const [id = '', owner = ''] = (one.subject ?? 'agent:helper owned by person:ana').split(' owned by ');
  return {
    subject: { type: id.slice(0, Math.max(0, id.indexOf(':'))), id, owner, attributes: {} },
    delegation: [],
    action: { kind: one.kind ?? 'sql', name: '', dialect: '', text: '', payload: null, digest: '' },
    effects: one.effects.map(effectOf),
    resource: { type: 'database', id: 'shop', environment: one.environment ?? 'production', labels: one.labels ?? [] },
    purpose: '',
    session: { id: '' },
    model: { provider: '', model: '' },
    context: {},
    approval: one.approval === undefined ? null : { id: 'a', status: one.approval, approvers: ['person:bo'], grant_id: 'g' },
    time: '2026-01-05T09:00:00.000Z',
  };
}

function effectOf(text: string): Record<string, unknown> {
  const [kind, scope, reversible, target] = text.split(' ');
  const targets = target === undefined ? [] : [{ type: 'table', name: target }];
  return { kind, scope, reversible, targets, span: { start: 0, end: 1 }, via: '', why: '' };
}
