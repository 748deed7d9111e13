/** Decisions and outcomes for specs of the memory: what is left out is an allowed read of one agent of one person. */
import { type DeedFacts, deedOf, type SessionInput, type SessionMemory, type Whose, whose } from '../index.ts';

export const T0_MS = 1_700_000_000_000 - (1_700_000_000_000 % 3_600_000);

export interface Past extends Partial<Omit<DeedFacts, 'effects'>> {
  readonly tenant?: string;
  readonly session?: string;
  readonly agent?: string;
  readonly owner?: string;
  readonly atMs?: number;
  readonly id?: string;
  /** Each `kind` or `kind type:name`. */
  readonly effects?: readonly string[];
}

export function factsOf({ effects = ['read'], ...rest }: Past): DeedFacts {
  return {
    verdict: 'allow',
    failedStep: '',
    approvalStatus: '',
    reasons: [],
    labels: [],
    ...rest,
    effects: effects.map((text) => {
      const [kind = '', target = ''] = text.split(' ');
      const [type = '', name = ''] = target.split(':');
      return { kind, targets: target === '' ? [] : [{ type, name }] };
    }),
  };
}

export function whoseOf({ tenant = 't', session = 's', agent = 'agent:a', owner = 'person:o' }: Past): Whose {
  return whose(tenant, session, agent, owner);
}

/** Counts a decision at the next offset. */
export function decide(memory: SessionMemory, past: Past = {}): void {
  const { tenant = 't', atMs = T0_MS, id = `d${memory.next}` } = past;
  memory.decided(memory.next, { tenant, decisionId: id, whose: whoseOf(past), deed: deedOf(factsOf(past)), atMs });
}

/** What policy would see. */
export function seen(memory: SessionMemory, past: Past = {}): Omit<SessionInput, 'id'> {
  const members = memory.members(whoseOf(past), past.atMs ?? T0_MS);
  return JSON.parse(`{${members.slice(1)}}`) as Omit<SessionInput, 'id'>;
}
