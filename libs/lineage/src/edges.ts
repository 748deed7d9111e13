/**
 * The graph: who asked for which decision, what it would touch, which approval and grant it led to. One event gives the same
 * edges to `edges_fwd` (found by where they start) and `edges_rev` (found by where they end).
 */
import type { DecisionFact, LineageData, LineageEvent } from './event.ts';
import { subjectOf } from './summary.ts';

export interface Edge {
  readonly from_type: string;
  readonly from_id: string;
  readonly relation: string;
  readonly to_type: string;
  readonly to_id: string;
}

/** A decision over thousands of objects is described by its effects; the graph keeps the first ones. */
const MAX_TARGETS = 32;

/** Subjects are nodes of type `subject`; an effect's targets have the effect's own types (table, file, …). */
export function edgesOf(event: LineageEvent): Edge[] {
  const edges: Edge[] = [];
  if (event.causationId !== '') add(edges, 'event', event.causationId, 'caused', 'event', event.id);
  addFactEdges(edges, event.data);
  return edges;
}

function addFactEdges(edges: Edge[], data: LineageData): void {
  switch (data.type) {
    case 'decision.recorded':
      return addDecisionEdges(edges, data.fact);
    case 'outcome.reported':
      return add(edges, 'subject', data.fact.caller?.subject ?? '', data.fact.outcome, 'decision', data.fact.decisionId);
    case 'approval.requested':
      return add(edges, 'subject', data.fact.request?.requester ?? '', 'requested', 'approval', data.fact.approvalId);
    case 'approval.vote_cast':
      return add(
        edges,
        'subject',
        data.fact.voter,
        data.fact.approve ? 'approved' : 'rejected',
        'approval',
        data.fact.approvalId,
      );
    case 'approval.granted':
      return add(edges, 'approval', data.fact.approvalId, 'granted', 'grant', data.fact.grantId);
    case 'approval.revoked':
      return add(edges, 'subject', data.fact.revokedBy, 'revoked', 'approval', data.fact.approvalId);
    case 'grant.redeemed':
      return add(edges, 'grant', data.fact.grantId, 'redeemed_for', 'decision', data.fact.redeemedFor);
    case 'approval.command_refused':
      return add(edges, 'subject', data.fact.by, 'was_refused', 'approval', data.fact.approvalId);
    case 'token.issued':
      add(edges, 'subject', data.fact.issuedBy, 'issued', 'token', data.fact.tokenId);
      return add(edges, 'token', data.fact.tokenId, 'speaks_for', 'subject', data.fact.subject);
    case 'token.revoked':
      return add(edges, 'subject', data.fact.revokedBy, 'revoked', 'token', data.fact.tokenId);
    default:
      return undefined;
  }
}

function addDecisionEdges(edges: Edge[], fact: DecisionFact): void {
  const id = fact.decisionId;
  const subject = subjectOf(fact);
  add(edges, 'subject', subject.id, 'requested', 'decision', id);
  add(edges, 'subject', subject.owner, 'answers_for', 'decision', id);
  const before = edges.length;
  addTargetEdges(edges, fact);
  // Where the analysis names no object, the resource that the caller named is the only one known.
  const resource = fact.request?.resource;
  if (resource && edges.length === before) add(edges, 'decision', id, 'on', resource.type || 'resource', resource.id);
  if (fact.approval) add(edges, 'decision', id, 'asked_for', 'approval', fact.approval.approvalId);
  if (fact.approvalPresented) add(edges, 'grant', fact.approvalPresented.grantId, 'presented_for', 'decision', id);
}

function addTargetEdges(edges: Edge[], fact: DecisionFact): void {
  const first = edges.length;
  for (const effect of fact.effects) {
    for (const target of effect.targets) {
      if (edges.length - first >= MAX_TARGETS) return;
      if (!has(edges, first, effect.kind, target)) add(edges, 'decision', fact.decisionId, effect.kind, target.type, target.name);
    }
  }
}

function has(edges: readonly Edge[], first: number, relation: string, target: { type: string; name: string }): boolean {
  for (let index = first; index < edges.length; index++) {
    const edge = edges[index];
    if (edge?.relation === relation && edge.to_id === target.name && edge.to_type === target.type) return true;
  }
  return false;
}

/** An edge with a nameless end says nothing. */
function add(edges: Edge[], fromType: string, fromId: string, relation: string, toType: string, toId: string): void {
  if (fromId === '' || toId === '') return;
  edges.push({ from_type: fromType, from_id: fromId, relation, to_type: toType, to_id: toId });
}
