/** A server for specs whose answers are known: the text of an action names its verdict. */
import { type GrpcServer, type ServiceRegistration, StatusError, registration, startGrpcServer, status } from '@countersign/grpc';
import type { Principal } from '@countersign/kernel';
import { approval, decision, event, lineage } from '@countersign/proto';

/** What the toy server was asked last, and by whom. */
export const asked: { decide: decision.DecideRequest[]; votes: approval.ApproveRequest[]; by: string[] } = {
  decide: [],
  votes: [],
  by: [],
};

const VERDICTS: Readonly<Record<string, event.Verdict>> = {
  allow: event.Verdict.ALLOW,
  deny: event.Verdict.DENY,
  ask: event.Verdict.REQUIRE_APPROVAL,
};

/** The text names the verdict. */
function answer(request: decision.DecideRequest) {
  const word = request.grant === '' ? (request.action?.text ?? '') : 'allow';
  if (word === 'broken') throw new StatusError(status.INVALID_ARGUMENT, 'no such dialect \x1b[31m');
  return {
    decisionId: 'd1',
    correlationId: 'c1',
    verdict: VERDICTS[word] ?? 0,
    reasons: [{ rule: 'test.rule', code: 'code', message: `because \x1b]0;${word}`, severity: 'high', effect: 1 }],
    effects: [
      { kind: 'delete', scope: 'bounded', reversible: 'no', targets: [{ type: 'table', name: 't' }], span: { start: 0, end: 4 } },
    ],
    risk: 7,
    policyDigest: 'sha256:00',
    position: { topic: 'countersign.decisions.v1', partition: 0, offset: 41n },
    ...(word === 'ask' ? { approval: { id: 'a1', quorum: 1, lapsesAtMs: 1_700_000_000_000n } } : {}),
  };
}

const APPROVAL = {
  id: 'a1',
  status: approval.ApprovalStatus.OPEN,
  requester: 'agent:a',
  involved: ['person:ana'],
  request: {
    action: { kind: 'sql', text: 'DELETE \u202e FROM t' },
    resource: { environment: 'production', labels: ['sensitive'] },
  },
  quorum: 1,
  actionDigest: new Uint8Array([1, 2, 3]),
  lapsesAtMs: 1_700_000_000_000n,
};

function services(): readonly ServiceRegistration[] {
  const decisions = registration(decision.DecisionService, {
    decide(request, { principal }) {
      asked.decide.push(request);
      asked.by.push(principal.subject);
      return answer(request);
    },
    decideBatch: () => ({}),
    async *decideStream(requests) {
      for await (const { request } of requests) {
        if (request?.action?.text === 'broken')
          yield { result: { result: { case: 'error', value: { code: 3, message: 'no such dialect' } } } };
        else if (request !== undefined) yield { result: { result: { case: 'response', value: answer(request) } } };
      }
    },
    reportOutcome: () => ({}),
  });
  const approvals = registration(approval.ApprovalService, {
    get({ id }) {
      if (id !== 'a1') throw new StatusError(status.NOT_FOUND, `there is no approval ${id}`);
      return { approval: APPROVAL };
    },
    list: () => ({ approvals: [APPROVAL] }),
    async *await() {
      yield { approval: APPROVAL };
      yield { approval: { ...APPROVAL, status: approval.ApprovalStatus.GRANTED }, grant: 'the.grant' };
    },
    approve(request, { principal }) {
      asked.votes.push(request);
      asked.by.push(principal.subject);
      return { approval: { ...APPROVAL, status: approval.ApprovalStatus.GRANTED } };
    },
    reject: () => ({ approval: { ...APPROVAL, status: approval.ApprovalStatus.REJECTED } }),
    revoke: () => ({ approval: { ...APPROVAL, status: approval.ApprovalStatus.REVOKED } }),
    redeemGrant: () => ({}),
  });
  const record = registration(lineage.LineageService, {
    async *query() {
      yield {
        columns: [
          { name: 'verdict', type: 'String' },
          { name: 'n', type: 'UInt64' },
        ],
      };
      yield { rowsJson: ['["deny",1]', '["al\\u001blow",20]'].map((row) => Buffer.from(row)) };
    },
    trace: () => ({
      events: [
        {
          id: 'e1',
          type: 'countersign.decision.recorded',
          occurredAtMs: 0n,
          actor: 'agent:a',
          summary: 'asked',
          dataJson: Buffer.from('{"a":1}'),
        },
      ],
    }),
    async *rebuild() {
      yield { eventsDone: 5n, eventsTotal: 5n };
    },
  });
  return [decisions, approvals, record];
}

const principal = (name: string): Principal => ({
  tenant: 'default',
  subject: name,
  owner: '',
  roles: [],
  tokenId: name,
  actsFor: [],
});

/** Takes every token that begins with `cs_`; its holder is called like the token. */
export function startToyServer(): Promise<GrpcServer> {
  const authenticate = (token: string) => (token.startsWith('cs_') ? principal(token) : undefined);
  return startGrpcServer({ address: '127.0.0.1:0', services: services(), authenticate, log: { warn() {}, error() {} } });
}
