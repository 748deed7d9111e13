/** Why a policy was refused: a value, never an exception, because the policy that decides now keeps deciding. */

/** One message with the place it points at. Rows and columns count from 1; 0 means that there is none. */
export interface PolicyMessage {
  /** The compiler's own code (`rego_parse_error`, …), or ours. */
  readonly code: string;
  readonly message: string;
  /** The module's path in its source; empty when no file is at fault. */
  readonly file: string;
  readonly row: number;
  readonly col: number;
}

/**
 * `folder`: it cannot be read · `data`: data or manifest is not usable JSON · `compile`: the compiler's refusal · `entrypoint`:
 * nothing answers · `builtin`: it calls what this host does not serve · `evaluation`: the trial evaluation failed · `time`: it took
 * longer than its limit · `rollback`: there is no earlier bundle.
 */
export type PolicyProblemKind = 'folder' | 'data' | 'compile' | 'entrypoint' | 'builtin' | 'evaluation' | 'time' | 'rollback';

export interface PolicyProblem {
  readonly kind: PolicyProblemKind;
  /** All of it in one text for a person, a line for each message. */
  readonly message: string;
  readonly messages: readonly PolicyMessage[];
}

export function problem(kind: PolicyProblemKind, messages: readonly PolicyMessage[]): PolicyProblem {
  return { kind, message: messages.map(describeMessage).join('\n'), messages };
}

/** A problem that is about no line of the source. */
export function plainProblem(kind: PolicyProblemKind, message: string, file = ''): PolicyProblem {
  return problem(kind, [{ code: kind, message, file, row: 0, col: 0 }]);
}

/** `file:row:col: message`, the form that editors jump to. */
export function describeMessage({ file, row, col, message }: PolicyMessage): string {
  const place = [file, row || '', row && col ? col : ''].filter((part) => part !== '').join(':');
  return place === '' ? message : `${place}: ${message}`;
}
