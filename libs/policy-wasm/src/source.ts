/** A policy as it was written: Rego, data and manifest. Reading a folder, merging an override, and the digest of it all. */
import { type Json, canonicalJson, sha256 } from '@countersign/kernel';

export interface PolicyManifest {
  readonly revision?: string;
  /** The profile in the record; without it the one that `data.countersign.config.profile` names. */
  readonly profile?: string;
}

export interface PolicySource {
  readonly name: string;
  /** Path → Rego v1 text. Modules whose path ends in `_test.rego` are for `testPolicy` only and never decide. */
  readonly modules: Readonly<Record<string, string>>;
  /** `data` as the rules see it: a JSON object. */
  readonly data: Json;
  readonly manifest?: PolicyManifest;
}

const TEST_MODULE = /_test\.rego$/;

/** The modules that can change a decision. */
export function decidingModules(source: PolicySource): Record<string, string> {
  return Object.fromEntries(Object.entries(source.modules).filter(([path]) => !TEST_MODULE.test(path)));
}

/**
 * SHA-256 (32 bytes) over the canonical JSON of name, deciding modules, data and manifest. Tests are left out: they cannot change a
 * decision, and an approval that is bound to this digest should survive a better test. Throws a TypeError where data is not JSON.
 */
export function policyDigest(source: PolicySource): Uint8Array {
  const { revision = '', profile = '' } = source.manifest ?? {};
  return sha256(
    canonicalJson({ name: source.name, modules: decidingModules(source), data: source.data, manifest: { revision, profile } }),
  );
}

/** The profile of the record: the manifest's, else `data.countersign.config.profile`, else empty. */
export function profileOf(source: PolicySource): string {
  if (source.manifest?.profile !== undefined) return source.manifest.profile;
  const named = member(member(member(source.data, 'countersign'), 'config'), 'profile');
  return typeof named === 'string' ? named : '';
}

/** A pack with a user's override on top: modules by path, data merged deeply, name and manifest the override's where it has them. */
export function mergeSources(base: PolicySource, override: Partial<PolicySource>): PolicySource {
  return {
    name: override.name ?? base.name,
    modules: { ...base.modules, ...override.modules },
    data: override.data === undefined ? base.data : mergeData(base.data, override.data),
    manifest: { ...base.manifest, ...override.manifest },
  };
}

/** Objects are merged key by key; everything else, arrays too, is replaced. */
export function mergeData(base: Json, override: Json): Json {
  if (!isObject(base) || !isObject(override)) return override;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(override)) {
    const old = merged.get(key);
    merged.set(key, old === undefined ? value : mergeData(old, value));
  }
  // fromEntries defines own properties, so that a key `__proto__` stays data.
  return Object.fromEntries(merged);
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
