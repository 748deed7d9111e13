/**
 * The cases of OPA that our evaluator does not pass, each with its reason. The runner goes red when one of them passes, or when the
 * number of cases that need an unserved builtin changes: then this table is wrong and must follow.
 */

/** Cases by name, without the `v0/` or `v1/` before it; both fail for the same reason. */
export interface CaseException {
  readonly cases: readonly string[];
  readonly reason: string;
}

/** Cases that need a builtin which this host refuses at activation, and how many there are of each. */
export interface BuiltinException {
  readonly builtins: Readonly<Record<string, number>>;
  readonly reason: string;
}

export const BUILTIN_EXCEPTIONS: readonly BuiltinException[] = [
  {
    builtins: { 'http.send': 4, 'net.lookup_ip_addr': 6, 'opa.runtime': 2, 'rand.intn': 2, 'time.now_ns': 15, 'uuid.rfc4122': 1 },
    reason: 'the network, the machine, chance or the clock: what a decision rests on is recorded input',
  },
  {
    builtins: { 'io.jwt.encode_sign': 18, 'io.jwt.encode_sign_raw': 28, 'providers.aws.sign_req': 36 },
    reason: 'signing: a decision makes no tokens and no requests',
  },
  {
    builtins: {
      'graphql.is_valid': 14,
      'graphql.parse': 12,
      'graphql.parse_and_verify': 12,
      'graphql.parse_query': 64,
      'graphql.parse_schema': 91,
      'graphql.schema_is_valid': 92,
    },
    reason: 'GraphQL needs a parser of its own; no policy here reads GraphQL yet',
  },
  {
    builtins: {
      'crypto.parse_private_keys': 6,
      'crypto.x509.parse_and_verify_certificates': 4,
      'crypto.x509.parse_certificate_request': 10,
      'crypto.x509.parse_certificates': 20,
      'crypto.x509.parse_keypair': 4,
      'crypto.x509.parse_rsa_private_key': 4,
    },
    reason: "certificates and private keys are shown as Go's own structures; no policy here reads them yet",
  },
  {
    builtins: { 'json.match_schema': 10, 'json.verify_schema': 8 },
    reason: 'JSON Schema needs a validator of its own',
  },
  {
    builtins: { 'regex.find_n': 11, 'regex.globs_match': 12, 'regex.replace': 14, 'regex.split': 10, 'regex.template_match': 4 },
    reason: "these need an engine of linear time that tells positions; JavaScript's own can be made to hang by a text",
  },
  {
    builtins: { 'strings.render_template': 10 },
    reason: "Go's template language is a language of its own; sprintf and string interpolation are served",
  },
  {
    builtins: { 'rego.parse_module': 4 },
    reason: 'it would need the Rego parser at evaluation time',
  },
];

export const CASE_EXCEPTIONS: readonly CaseException[] = [
  {
    cases: ['data/nested integer', 'data/toplevel integer'],
    reason: 'data at a key that is a number is not found under WASM: open-policy-agent/opa#3711',
  },
  {
    cases: ['strings/format_int: bignum exact (>64-bit integer, all bases + negative)'],
    reason: 'whole numbers beyond 64 bits have no other base under WASM: open-policy-agent/opa#3711',
  },
  {
    cases: [
      'jsonbuiltins/unmarshal number beyond the supported exponent is undefined',
      'jsonbuiltins/unmarshal number with too big an exponent is undefined',
    ],
    reason: "OPA's own WASM reads JSON numbers without a limit of the exponent",
  },
  {
    cases: ['jwtdecodeverify/rs256-exp-now-expired', 'jwtdecodeverify/rs256-nbf-now-ok'],
    reason: 'they take the time from the clock; here it must be the constraint `time`, because a decision has no clock',
  },
  {
    cases: ['strings/sprintf: float too big'],
    reason: 'floats cross into the host as doubles, and this one is beyond them',
  },
  {
    cases: ['time/time caching'],
    reason: "its policy calls test.sleep, a builtin of OPA's own test program",
  },
];
