/** What a copy between this machine and a remote store does: the direction decides whether data comes in, leaves or goes away. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import type { Call, Word } from '../program.ts';
import { given } from './options.ts';

export const TRANSFER_RULES = ['copy', 'move', 'sync', 'remove'] as const;

export type TransferRule = (typeof TRANSFER_RULES)[number];

/** How a tool writes a remote place, and its options. */
export interface Transfer {
  readonly remote: RegExp;
  readonly recursive?: string;
  readonly mirror?: string;
  /** The tool always works on whole trees (`sync`, `rclone copy`). */
  readonly trees?: boolean;
  /** Its `sync` always removes what the source does not have. */
  readonly mirrors?: boolean;
}

export const ANY_REMOTE: Transfer = { remote: /^[a-z][a-z0-9+.-]*:/i };

/** `sync` makes the target like the source; `mirror` options make it remove what the source has not. */
export function transfer(
  rule: TransferRule,
  call: Call,
  operands: readonly Word[],
  rehearsed: boolean,
  how: Transfer = ANY_REMOTE,
): Effect[] {
  const unknown = operands.find((word) => !word.known);
  const tree = how.trees === true || rule === 'sync' || given(call, how.recursive ?? '');
  if (rule === 'remove') return rehearsed ? [] : removals(operands, call, tree, how);
  const target = operands.at(-1);
  if (target === undefined || operands.length < 2)
    return [opaqueEffect(call.span, 'where the data goes is not named', call.program)];
  const sources = operands.slice(0, -1);
  const scope: EffectScope =
    unknown !== undefined ? 'unknown' : tree || operands.length > 2 || operands.some((word) => word.glob) ? 'bounded' : 'one';
  const from = sources.some((word) => isRemote(word, how));
  const to = isRemote(target, how);
  const effects: Effect[] = sources.map((word) => effect('read', scope, word, from ? 'object' : 'file'));
  if (rehearsed) return effects;
  const leaves = to && !sources.every((word) => sameStore(word.text, target.text));
  if (leaves) effects.push({ ...effect('export', scope, target, 'object'), why: 'data goes to another store' });
  effects.push(effect('write', scope, target, to ? 'object' : 'file'));
  // What was moved is not lost.
  if (rule === 'move')
    effects.push(
      ...sources.map((word) => effect('delete', tree ? 'bounded' : scope, word, isRemote(word, how) ? 'object' : 'file')),
    );
  if ((rule === 'sync' && how.mirrors === true) || given(call, how.mirror ?? '')) {
    effects.push({
      ...effect('delete', 'unbounded', target, to ? 'object' : 'file'),
      why: 'what the source does not have is removed',
    });
  }
  return effects;
}

function removals(words: readonly Word[], call: Call, tree: boolean, how: Transfer): Effect[] {
  if (words.length === 0)
    return [{ ...effect('delete', 'unknown', undefined, 'object', call.span), why: 'what is removed is not named' }];
  return words.map((word) => {
    const remote = isRemote(word, how);
    const many = word.glob || /[*?]/.test(word.text);
    // Local files are judged by their paths; of a remote object nobody here knows whether it is one of many versions or the only copy.
    const scope: EffectScope =
      !word.known || (remote && !tree && !many) ? 'unknown' : tree ? 'unbounded' : many ? 'bounded' : 'one';
    return {
      ...effect('delete', scope, word, remote ? 'object' : 'file'),
      why: remote && scope === 'unknown' ? 'whether a copy is left is not known here' : '',
    };
  });
}

function isRemote(word: Word, how: Transfer): boolean {
  return how.remote.test(word.text);
}

/** The part of an address that names the store: scheme and bucket, or the remote's name. */
function sameStore(a: string, b: string): boolean {
  const store = /^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?/i;
  const left = store.exec(a)?.[0];
  return left !== undefined && left === store.exec(b)?.[0];
}

function effect(kind: EffectKind, scope: EffectScope, word: Word | undefined, type: string, span?: TextSpan): Effect {
  return {
    kind,
    scope,
    reversible: kind === 'delete' || kind === 'export' ? 'no' : kind === 'read' ? 'yes' : 'unknown',
    targets: word === undefined ? [] : [{ type, name: word.text.slice(0, 300) }],
    span: span ?? word?.span ?? { start: 0, end: 0 },
    via: '',
    why: '',
  };
}
