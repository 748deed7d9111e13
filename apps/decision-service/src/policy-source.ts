/** Which policy decides: the shipped pack, with the user's folder laid over it. */
import { shippedPacks } from '@countersign/guardrails';
import { err, type Json, ok, type Result } from '@countersign/kernel';
import { loadPolicyFolder, mergeSources, plainProblem, type PolicyProblem, type PolicySource } from '@countersign/policy-wasm';
import { readCatalogue } from './catalogue.ts';

/** `folder` empty: the shipped pack alone. Rego of the folder joins the pack's, module by path; its data is merged over the pack's. */
export async function loadPolicy(folder: string): Promise<Result<PolicySource, PolicyProblem>> {
  const pack = shippedPacks();
  const shipped: PolicySource = { name: pack.name, modules: pack.modules, data: pack.data as Json };
  if (folder === '') return ok(withProfile(shipped));
  const loaded = await loadPolicyFolder(folder, { dataOnly: true });
  if (!loaded.ok) return loaded;
  const merged = mergeSources(shipped, loaded.value);
  const problem = catalogueProblem(merged);
  return problem ? err(problem) : ok(withProfile(merged));
}

/** Why the analysers could not use what the policy's data tells of the operator's functions, tools and programs. */
export function catalogueProblem({ data }: PolicySource): PolicyProblem | undefined {
  const catalogue = typeof data === 'object' && data !== null && 'catalogue' in data ? data['catalogue'] : undefined;
  const read = readCatalogue(catalogue);
  return read.ok ? undefined : plainProblem('data', read.error);
}

/** The record names the profile that the data selects. */
function withProfile(source: PolicySource): PolicySource {
  const { data } = source;
  const baseline = typeof data === 'object' && data !== null && 'baseline' in data ? data['baseline'] : undefined;
  const profile = typeof baseline === 'object' && baseline !== null && 'profile' in baseline ? baseline['profile'] : undefined;
  return typeof profile === 'string' ? { ...source, manifest: { profile, ...source.manifest } } : source;
}
