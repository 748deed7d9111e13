/** The operator's catalogue in the policy's data, and the analyser that follows it as bundles come and go. */
import { type Analyser, type Catalogue, EMPTY_CATALOGUE, parseCatalogue } from '@countersign/action';
import { type Json, ok, type Result } from '@countersign/kernel';
import type { Evaluator, PolicyBundle } from '@countersign/ports';

/** Of a policy's data; the empty one where it has none. The error names every problem by its path, one a line. */
export function readCatalogue(catalogue: Json | undefined): Result<Catalogue, string> {
  return catalogue === undefined ? ok(EMPTY_CATALOGUE) : parseCatalogue(catalogue);
}

/**
 * To be called before each analysis, in the turn that decides: true where the analyser was just given another catalogue, so that what
 * was remembered of actions no longer holds. A catalogue that cannot be read (its bundle would not have been activated) counts as none.
 */
export function openFollower(policy: Pick<Evaluator, 'bundle'>, analyser: Pick<Analyser, 'use'>): () => boolean {
  let known: PolicyBundle | undefined;
  let text = '';
  return () => {
    const { bundle } = policy;
    if (bundle === known) return false;
    known = bundle;
    const next = bundle.catalogue === undefined ? '' : JSON.stringify(bundle.catalogue);
    if (next === text) return false;
    text = next;
    const read = readCatalogue(bundle.catalogue);
    analyser.use(read.ok ? read.value : EMPTY_CATALOGUE);
    return true;
  };
}
