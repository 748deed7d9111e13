/**
 * Transactions. A text that ends one it did not begin leaves the guards that whoever sent it had put around it (a read-only
 * transaction, a rollback at the end): what it changes after that counts as outside of them.
 */
import { type Cx, emit } from '../context.ts';
import { type Words, has } from './words.ts';

export function transaction(words: Words, cx: Cx): void {
  const verb = words.tokens[words.at - 1]?.word ?? '';
  const state = cx.transaction;
  // There a bare BEGIN opens a block.
  if (cx.dialect.name === 'mssql' && verb === 'BEGIN' && words.at >= words.tokens.length) return;
  if (has(words, 'READ', 'WRITE')) {
    emit(cx, {
      kind: 'config_change',
      reversible: 'yes',
      targets: [{ type: 'parameter', name: 'transaction_read_only' }],
      why: 'lifts a read-only guard',
    });
    return;
  }
  if (verb === 'ROLLBACK' && has(words, 'TO')) return emit(cx, { kind: 'session', reversible: 'yes' });
  if ((verb === 'ROLLBACK' || verb === 'ABORT') && !state.own && !state.worked) {
    const why = 'ends a transaction that began outside of this text';
    return emit(cx, { kind: 'session', scope: 'unknown', reversible: 'no', why });
  }
  // BEGIN commits what is open, too.
  if (state.worked && !state.own) state.left = true;
  state.own = verb === 'BEGIN';
  emit(cx, { kind: 'session', reversible: 'yes' });
}
