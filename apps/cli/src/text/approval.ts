/** An approval for the person who has to decide about it: who, what, where, why, and until when. */
import type { ApprovalJson } from '../approval-json.ts';
import type { Colors } from '../host.ts';
import { effectLines, reasonLines } from './decision.ts';
import { shown } from './escape.ts';
import { table } from './table.ts';

export function approvalLines(approval: ApprovalJson, colors: Colors): readonly string[] {
  const { action, resource, votes } = approval;
  const where = [`${resource.type}:${resource.id}`.replace(/^:$/, ''), resource.environment, ...resource.labels];
  const lines = [
    `${colors.bold(`approval ${shown(approval.id)}`)}  ${colors.bold(approval.status)}  risk ${approval.risk} of 100`,
    field('who', [...approval.delegation, approval.requester].join(' > ')),
    field('where', where.filter((part) => part !== '').join(', ')),
    field('why', approval.purpose),
    field('what', [action.kind, action.name].filter((part) => part !== '').join(' ')),
    ...effectLines(approval.effects, action.text),
    ...(action.payload === null ? [] : [field('arguments', JSON.stringify(action.payload))]),
    '',
    ...reasonLines(approval.reasons, colors),
    '',
    field('needs', needs(approval)),
    field('may not vote', approval.involved.join(', ')),
    field('asked at', approval.requestedAt),
    field('lapses at', approval.lapsesAt),
    field('grant', approval.grantExpiresAt === null ? '' : `until ${approval.grantExpiresAt}, ${approval.usesLeft} uses left`),
    field('chain', approval.correlationId),
  ];
  const cast = votes.map(
    (vote) => `  ${vote.approve ? 'approved' : 'rejected'} by ${shown(vote.voter)} at ${vote.at}${said(vote.reason)}`,
  );
  return [...lines.filter((line) => line !== NOTHING), ...cast];
}

export function approvalTable(approvals: readonly ApprovalJson[], width: number): readonly string[] {
  const rows = approvals.map(({ id, status, risk, requester, lapsesAt, action }) => [
    id,
    status,
    String(risk),
    requester,
    lapsesAt.slice(0, 16).replace('T', ' '),
    action.text === '' ? [action.kind, action.name].join(' ') : action.text,
  ]);
  return table(['ID', 'STATUS', 'RISK', 'REQUESTER', 'LAPSES (UTC)', 'ACTION'], rows, width);
}

const NOTHING = '\0';

/** Left out where it is empty. */
function field(name: string, value: string): string {
  return value === '' ? NOTHING : `  ${name.padEnd(13)}${shown(value)}`;
}

function needs({ quorum, reviewers }: ApprovalJson): string {
  const people = quorum === 1 ? '1 person' : `${quorum} different people`;
  return reviewers.length === 0 ? people : `${people} of ${reviewers.join(', ')}`;
}

function said(reason: string): string {
  return reason === '' ? '' : `: ${shown(reason)}`;
}
