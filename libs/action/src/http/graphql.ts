/** GraphQL requests: queries read, mutations do what the verb of each field says, what cannot be parsed is opaque. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  parse,
} from 'graphql';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from './effects.ts';

const UNITS = 64 * 1024;
const TOKENS = 10_000;
/** Brackets inside each other: the parser recurses. */
const DEPTH = 100;
const FIELDS = 200;

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string;
}

/** True when a text begins like a GraphQL document. */
export function looksLikeGraphql(text: string): boolean {
  return /^(?:\s|,|#[^\n]*\n)*(?:\{|(?:query|mutation|subscription|fragment)\b[^:=]{0,400}\{)/.test(text.slice(0, 2000));
}

export function graphqlEffects(request: GraphqlRequest, span: TextSpan): Effect[] {
  const document = documentOf(request.query);
  if (typeof document === 'string') return [opaqueEffect(span, document, 'GraphQL')];
  const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  const chosen = chooseOperation(operations, request.operationName);
  if (typeof chosen === 'string') return [opaqueEffect(span, chosen, 'GraphQL')];
  const via = `GraphQL ${chosen.operation}`;
  if (chosen.operation !== 'mutation') {
    return [effectOf({ kind: 'read', scope: 'bounded', via }, span)];
  }
  const fields = rootFields(chosen.selectionSet, fragmentsOf(document));
  if (fields === undefined)
    return [opaqueEffect(span, 'the mutation has too many fields, or fragments that cannot be followed', via)];
  return fields.map((field) => mutationEffect(field, span));
}

function documentOf(query: string): DocumentNode | string {
  if (query.length > UNITS) return 'the GraphQL document is too long';
  if (deepest(query) > DEPTH) return 'the GraphQL document is nested too deeply';
  try {
    return parse(query, { noLocation: true, maxLexicalTokens: TOKENS });
  } catch {
    return 'the GraphQL document cannot be parsed';
  }
}

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x7b || unit === 0x5b || unit === 0x28) most = Math.max(most, (depth += 1));
    else if (unit === 0x7d || unit === 0x5d || unit === 0x29) depth -= 1;
  }
  return most;
}

function chooseOperation(operations: readonly OperationDefinitionNode[], name: string): OperationDefinitionNode | string {
  const [first] = operations;
  if (first === undefined) return 'the GraphQL document has no operation';
  if (name === '') return operations.length === 1 ? first : 'several operations, and none is named as the one to run';
  const named = operations.filter((operation) => operation.name?.value === name);
  const [only] = named;
  return only !== undefined && named.length === 1 ? only : 'the operation to run is not in the GraphQL document';
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const out = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') out.set(definition.name.value, definition);
  }
  return out;
}

/** Fields at the root, through fragments; undefined where they cannot all be listed. */
function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): FieldNode[] | undefined {
  const out: FieldNode[] = [];
  const waiting = [set];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const selection of next.selections) {
      if (out.length >= FIELDS) return undefined;
      if (selection.kind === 'Field') out.push(selection);
      else if (selection.kind === 'InlineFragment') waiting.push(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined) return undefined;
        if (!seen.has(fragment.name.value)) waiting.push(fragment.selectionSet);
        seen.add(fragment.name.value);
      }
    }
  }
  return out;
}

type Verb = readonly [words: string, kind: EffectKind, scope: EffectScope, why: string];

/** A name may only raise what a mutation does, never lower it: the least is a write. */
const VERBS: readonly Verb[] = [
  [
    'delete remove destroy erase purge drop clear wipe truncate cancel unpublish',
    'delete',
    'unknown',
    'what the field deletes is not known',
  ],
  [
    'grant revoke permission role member invite access policy impersonate transfer',
    'privilege_change',
    'one',
    'the name speaks of rights',
  ],
  ['execute exec eval run invoke trigger deploy', 'code_execution', 'one', 'the name speaks of running something'],
  ['disable suspend stop shutdown restart kill terminate', 'process_control', 'one', 'the name speaks of stopping something'],
  ['token secret password credential key', 'secret_read', 'one', 'the name speaks of credentials'],
];

function mutationEffect(field: FieldNode, span: TextSpan): Effect {
  const name = field.name.value;
  const words = wordsOf(name);
  const verb = VERBS.find(([list]) => list.split(' ').some((word) => words.includes(word)));
  const targets = [{ type: 'field', name }];
  const via = `GraphQL mutation ${name}`;
  if (verb === undefined) return effectOf({ kind: 'write', scope: 'bounded', targets, via, why: 'a mutation' }, span);
  const [, kind, scope, why] = verb;
  const everything = kind === 'delete' && words.includes('all');
  return effectOf({ kind, scope: everything ? 'unbounded' : scope, targets, via, why }, span);
}

/** `deleteUserByID`, `delete_users` → its words in lower case. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
