/** Spots credentials by the shapes that their issuers gave them, so that a body or a URL that carries one is seen to. */

/** Prefixes are unique to the issuer; every pattern is linear and starts with literal text. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}/, 'a GitHub token'],
  [/\bgithub_pat_[A-Za-z0-9_]{40}/, 'a GitHub token'],
  [/\bglpat-[A-Za-z0-9_-]{20}/, 'a GitLab token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10}/, 'a Slack token'],
  [/\b[rs]k_live_[A-Za-z0-9]{16}/, 'a Stripe key'],
  [/\bAIza[A-Za-z0-9_-]{35}/, 'a Google API key'],
  [/\bya29\.[A-Za-z0-9_-]{20}/, 'a Google access token'],
  [/\bhvs\.[A-Za-z0-9_-]{20}/, 'a Vault token'],
  [/\bnpm_[A-Za-z0-9]{36}/, 'an npm token'],
  [/-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY/, 'a private key'],
  [/(?:^|\n)root:[^:\n]*:0:0:/, 'the file of users'],
  [/(?:^|\\n|\n)[a-z_][a-z0-9_-]{0,31}:\$[0-9a-z]{1,4}\$/, 'digests of passwords'],
];

/** What it is; '' for nothing known. Looks at the first 256 KiB. */
export function secretIn(text: string): string {
  const head = text.length > 262_144 ? text.slice(0, 262_144) : text;
  return SHAPES.find(([shape]) => shape.test(head))?.[1] ?? '';
}
