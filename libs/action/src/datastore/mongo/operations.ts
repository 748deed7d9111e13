/** Operations on collections and databases, for scripts and for command documents alike. */
import type { Effect, EffectKind, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { effectOf } from '../../http/effects.ts';
import { isMembers } from '../../http/json.ts';
import { type Breadth, UNKNOWN, breadthOf, runsCode } from './filters.ts';

export interface Subject {
  readonly targets: readonly EffectTarget[];
  readonly via: string;
  readonly span: TextSpan;
}

const SCOPES: Readonly<Record<Breadth, EffectScope>> = { all: 'unbounded', some: 'bounded', unknown: 'unknown' };

export function does(subject: Subject, kind: EffectKind, scope: EffectScope = 'one', why = ''): Effect {
  return effectOf({ kind, scope, targets: subject.targets, via: subject.via, why }, subject.span);
}

/** A filter with `$where` and the like runs code, whatever else happens. */
export function filtered(subject: Subject, kind: EffectKind, filter: unknown, justOne = false): Effect[] {
  const breadth = breadthOf(filter);
  const scope = justOne ? 'one' : SCOPES[breadth];
  const why =
    justOne || kind === 'read'
      ? ''
      : breadth === 'all'
        ? 'the filter finds every document'
        : breadth === 'unknown'
          ? 'the filter is only known at run time'
          : '';
  return [does(subject, kind, scope, why), ...code(subject, filter)];
}

export function code(subject: Subject, value: unknown): Effect[] {
  return runsCode(value) ? [does(subject, 'code_execution', 'one', 'runs JavaScript in the server')] : [];
}

const STAGES_READ = new Set(
  (
    '$match $project $group $sort $limit $skip $unwind $lookup $graphLookup $facet $bucket $bucketAuto $count $addFields $set $unset ' +
    '$replaceRoot $replaceWith $sample $sortByCount $redact $geoNear $unionWith $densify $fill $setWindowFields $search $searchMeta ' +
    '$vectorSearch $collStats $indexStats $currentOp $listSessions $listLocalSessions $planCacheStats $documents $changeStream $rankFusion ' +
    '$shardedDataDistribution $listSampledQueries $changeStreamSplitLargeEvent $queryStats $listSearchIndexes'
  ).split(' '),
);

/** Stages of an aggregation: all read but `$out` and `$merge`. */
export function pipeline(subject: Subject, stages: unknown): Effect[] {
  if (stages === undefined) return [does(subject, 'read', 'bounded')];
  const list = Array.isArray(stages) ? stages : [stages];
  const out: Effect[] = [does(subject, 'read', 'bounded'), ...code(subject, list)];
  for (const stage of list) {
    const name = isMembers(stage) ? Object.keys(stage)[0] : undefined;
    if (!isMembers(stage) || name === undefined)
      out.push(opaqueEffect(subject.span, 'a stage of the pipeline is only known at run time', subject.via));
    else if (name === '$out') out.push(stored(subject, stage[name], 'write', 'unbounded', 'replaces the collection'));
    else if (name === '$merge')
      out.push(stored(subject, isMembers(stage[name]) ? (stage[name]['into'] ?? '') : stage[name], 'write', 'bounded', ''));
    else if (!STAGES_READ.has(name))
      out.push(opaqueEffect(subject.span, `the stage ${name.slice(0, 40)} is not known`, subject.via));
  }
  return out;
}

function stored(subject: Subject, into: unknown, kind: EffectKind, scope: EffectScope, why: string): Effect {
  const name = isMembers(into)
    ? [into['db'], into['coll']].filter((part) => typeof part === 'string').join('.')
    : typeof into === 'string'
      ? into
      : '';
  return effectOf({ kind, scope, targets: [{ type: 'collection', name }], via: `${subject.via} $out`, why }, subject.span);
}

/** `bulkWrite([{deleteMany: {filter}}, …])`. */
export function bulk(subject: Subject, operations: unknown): Effect[] {
  if (!Array.isArray(operations)) return [opaqueEffect(subject.span, 'the operations are only known at run time', subject.via)];
  return operations.flatMap((operation) => {
    const name = isMembers(operation) ? Object.keys(operation)[0] : undefined;
    const inner = isMembers(operation) && name !== undefined ? operation[name] : UNKNOWN;
    const filter = isMembers(inner) ? inner['filter'] : UNKNOWN;
    switch (name) {
      case 'insertOne':
      case 'replaceOne':
      case 'updateOne':
        return [does(subject, 'write'), ...code(subject, filter)];
      case 'updateMany':
        return filtered(subject, 'write', filter);
      case 'deleteOne':
        return filtered(subject, 'delete', filter, true);
      case 'deleteMany':
        return filtered(subject, 'delete', filter);
      default:
        return [opaqueEffect(subject.span, 'an operation of the bulk is not known', subject.via)];
    }
  });
}

/** A list that is known; undefined when it is not. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** Collections in which the server keeps users and code of its own. */
export function withSystemCollections(effects: readonly Effect[]): Effect[] {
  return effects.flatMap((effect) => {
    const name = effect.targets.find(
      ({ type, name: called }) => type === 'collection' && /(?:^|\.)system\.(?:users|keys|roles|js|version)$/.test(called),
    )?.name;
    if (name === undefined || effect.kind === 'opaque') return [effect];
    if (effect.kind === 'read')
      return [effect, { ...effect, kind: 'secret_read', scope: 'bounded', why: 'users and their digests are kept there' }];
    const kind = name.endsWith('js') ? 'code_execution' : 'privilege_change';
    return [effect, { ...effect, kind, scope: 'one', why: 'the server believes what is there' }];
  });
}
