/** Refinements that look into the body of requests to datastores: bulk lines, queries, aliases, ranges. */
import type { Effect, EffectKind } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { effectOf } from '../effects.ts';
import { at, isMembers, parseJson } from '../json.ts';
import { type Asked, type Refinement, one } from './asked.ts';

const BULK_LINES = 5000;

export const BODY_REFINEMENTS: Readonly<Record<string, Refinement>> = {
  bulk,
  aliases,
  reindex,
  algoliaBatch,
  solrSelect,
  solrUpdate,
  couchBulk,
  etcdRange,
  ackmode,
};

/** Pairs of lines: `{"delete": {"_index": …}}` alone, `{"index": …}` followed by the document. */
function bulk(asked: Asked): readonly Effect[] {
  const text = asked.request.body;
  if (text.trim() === '' || /^@[^\n]*$/.test(text) || asked.request.upload || asked.request.bodyUnknown) {
    // A file of lines is how bulk loads are done; what is in it may delete.
    return [one(asked, 'write', 'bounded'), one(asked, 'delete', 'unknown', 'the lines come from a file and may delete')];
  }
  const lines = text.split('\n', BULK_LINES + 1).filter((line) => line.trim() !== '');
  if (lines.length > BULK_LINES) return [opaqueEffect(asked.span, `more than ${BULK_LINES} lines`)];
  const indexes = new Map<EffectKind, Set<string>>();
  for (let index = 0; index < lines.length; index += 1) {
    const action = parseJson(lines[index] ?? '');
    const verb = isMembers(action) ? Object.keys(action)[0] : undefined;
    if (verb === undefined || !['index', 'create', 'update', 'delete'].includes(verb)) {
      return [opaqueEffect(asked.span, 'a line of the bulk request cannot be read')];
    }
    const name = at(action, `${verb}._index`) ?? asked.names.get('index') ?? '';
    const kind: EffectKind = verb === 'delete' ? 'delete' : 'write';
    const names = indexes.get(kind) ?? new Set<string>();
    indexes.set(kind, names.add(String(name)));
    if (verb !== 'delete') index += 1;
  }
  return [...indexes].map(([kind, names]) =>
    effectOf({ kind, scope: 'bounded', targets: [...names].map((name) => ({ type: 'index', name })), via: '_bulk' }, asked.span),
  );
}

function aliases(asked: Asked): readonly Effect[] {
  const actions = at(asked.json, 'actions');
  if (!Array.isArray(actions))
    return [one(asked, 'schema_change'), opaqueEffect(asked.span, 'the actions on aliases cannot be read')];
  const drops = actions.filter((action) => isMembers(action) && 'remove_index' in action);
  const out: Effect[] = drops.map((drop) => {
    const name = String(at(drop, 'remove_index.index') ?? '');
    return effectOf({ kind: 'schema_drop', targets: [{ type: 'index', name }], via: 'remove_index' }, asked.span);
  });
  return drops.length < actions.length || drops.length === 0 ? [...out, one(asked, 'schema_change')] : out;
}

function reindex(asked: Asked): readonly Effect[] {
  const from = at(asked.json, 'source.remote.host');
  const to = String(at(asked.json, 'dest.index') ?? '');
  const write = effectOf(
    { kind: 'write', scope: 'bounded', targets: [{ type: 'index', name: to }], via: '_reindex' },
    asked.span,
  );
  if (typeof from !== 'string') return [write];
  return [write, effectOf({ kind: 'network', targets: [{ type: 'host', name: from }], via: 'source.remote' }, asked.span)];
}

const ALGOLIA_ACTIONS: Readonly<Record<string, readonly [EffectKind, Effect['scope']]>> = {
  addObject: ['write', 'bounded'],
  updateObject: ['write', 'bounded'],
  partialUpdateObject: ['write', 'bounded'],
  partialUpdateObjectNoCreate: ['write', 'bounded'],
  deleteObject: ['delete', 'unknown'],
  clear: ['delete', 'unbounded'],
  delete: ['schema_drop', 'one'],
};

function algoliaBatch(asked: Asked): readonly Effect[] {
  const requests = at(asked.json, 'requests');
  if (!Array.isArray(requests)) return [opaqueEffect(asked.span, 'the batch cannot be read')];
  return requests.slice(0, BULK_LINES).map((request) => {
    const action = String(at(request, 'action') ?? '');
    const known = Object.hasOwn(ALGOLIA_ACTIONS, action) ? ALGOLIA_ACTIONS[action] : undefined;
    if (known === undefined) return opaqueEffect(asked.span, `the action ${action.slice(0, 40)} of a batch is not known`);
    return one(asked, known[0], known[1], `action ${action}`);
  });
}

/** A search may name another handler, or bring a stream for it, and then is none. */
function solrSelect(asked: Asked): readonly Effect[] {
  const { query } = asked.address;
  const odd = ['qt', 'stream.body', 'stream.url', 'stream.file', 'shards'].find((name) => query.has(name));
  if (odd !== undefined) return [opaqueEffect(asked.span, `the parameter ${odd} may turn the search into something else`)];
  if (asked.names.get('collection') === undefined || !/\b(?:update|delete|commit|daemon)\s*\(/.test(query.get('expr') ?? '')) {
    return [one(asked, 'read', 'bounded')];
  }
  return [opaqueEffect(asked.span, 'a streaming expression that may write')];
}

/** XML `<delete><query>*:*</query></delete>` or JSON `{"delete": …}`, in the body or in `stream.body`. */
function solrUpdate(asked: Asked): readonly Effect[] {
  const text = `${asked.request.body}\n${asked.address.query.get('stream.body') ?? ''}`;
  const deletes = /<delete\b|"delete"\s*:/i.test(text);
  if (!deletes)
    return [
      one(asked, 'write', 'bounded'),
      ...(asked.request.upload ? [one(asked, 'delete', 'unknown', 'the file may delete')] : []),
    ];
  const everything = /\*\s*:\s*(?:\*|\[\s*\*\s+TO\s+\*\s*\])/i.test(text);
  const scope = everything ? 'unbounded' : /<query>|"query"/i.test(text) ? 'unknown' : 'bounded';
  return [one(asked, 'delete', scope, everything ? 'every document' : '')];
}

function couchBulk(asked: Asked): readonly Effect[] {
  const documents = at(asked.json, 'docs');
  if (!Array.isArray(documents))
    return [one(asked, 'write', 'bounded'), opaqueEffect(asked.span, 'the documents cannot be read')];
  const deletes = documents.some((document) => at(document, '_deleted') === true);
  return deletes ? [one(asked, 'delete', 'bounded'), one(asked, 'write', 'bounded')] : [one(asked, 'write', 'bounded')];
}

/** Keys are base64; an end of one zero byte means "to the last key". */
function etcdRange(asked: Asked): readonly Effect[] {
  const end = at(asked.json, 'range_end');
  if (end === undefined) return [isMembers(asked.json) ? one(asked, 'delete') : one(asked, 'delete', 'unknown')];
  const everything = end === 'AA==' && at(asked.json, 'key') === 'AA==';
  return [one(asked, 'delete', everything ? 'unbounded' : 'unknown', everything ? 'every key' : 'a range of keys')];
}

function ackmode(asked: Asked): readonly Effect[] {
  const mode = at(asked.json, 'ackmode');
  const keeps = typeof mode === 'string' && mode.endsWith('requeue_true');
  return [keeps ? one(asked, 'read', 'bounded') : one(asked, 'delete', 'bounded', 'takes messages off the queue')];
}
