/**
 * The cases of OPA that our evaluator does not pass, each with its reason. The runner goes red when one of them passes: then it is
 * deleted here. Names are `v0/…` and `v1/…` without that prefix, because both give the same reason.
 */

export interface Exception {
  readonly cases: readonly string[];
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [];
