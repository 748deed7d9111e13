/** Which policy decides: the shipped pack, with the user's folder laid over it. */
import { shippedPacks } from '@countersign/guardrails';
import { type Json, ok, type Result } from '@countersign/kernel';
import { loadPolicyFolder, mergeSources, type PolicyProblem, type PolicySource } from '@countersign/policy-wasm';

/** `folder` empty: the shipped pack alone. Rego of the folder joins the pack's, module by path; its data is merged over the pack's. */
export async function loadPolicy(folder: string): Promise<Result<PolicySource, PolicyProblem>> {
  const pack = shippedPacks();
  const shipped: PolicySource = { name: pack.name, modules: pack.modules, data: pack.data as Json };
  if (folder === '') return ok(withProfile(shipped));
  const loaded = await loadPolicyFolder(folder, { dataOnly: true });
  return loaded.ok ? ok(withProfile(mergeSources(shipped, loaded.value))) : loaded;
}

/** The record names the profile that the data selects. */
function withProfile(source: PolicySource): PolicySource {
  const { data } = source;
  const baseline = typeof data === 'object' && data !== null && 'baseline' in data ? data['baseline'] : undefined;
  const profile = typeof baseline === 'object' && baseline !== null && 'profile' in baseline ? baseline['profile'] : undefined;
  return typeof profile === 'string' ? { ...source, manifest: { profile, ...source.manifest } } : source;
}
