// Boundaries (DESIGN §6) and syntactic rules; run by `nx run-many -t lint`, since the boundary rule needs Nx' project graph.
// Rules that need types are in eslint.typed.config.mjs.
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** One row a type of project and no wildcard row: what is not named is forbidden, and an untagged project fails. */
const MAY_IMPORT = {
  'type:kernel': [],
  'type:proto': [],
  'type:guardrails': [],
  'type:domain': ['type:kernel'],
  'type:ports': ['type:kernel'],
  'type:identity': ['type:kernel'],
  'type:adapter': ['type:ports', 'type:kernel'],
  'type:grpc': ['type:proto', 'type:kernel'],
  'type:wire': ['type:proto', 'type:domain', 'type:kernel'],
  'type:testkit': ['type:ports', 'type:kernel', 'type:adapter', 'type:wire'],
  'type:service': [
    'type:kernel',
    'type:proto',
    'type:domain',
    'type:ports',
    'type:adapter',
    'type:grpc',
    'type:identity',
    'type:wire',
    'type:guardrails',
  ],
  'type:standalone': [
    'type:kernel',
    'type:proto',
    'type:ports',
    'type:adapter',
    'type:grpc',
    'type:identity',
    'type:wire',
    'type:guardrails',
    'type:service',
  ],
  'type:cli': [
    'type:kernel',
    'type:proto',
    'type:wire',
    'type:grpc',
    'type:adapter',
    'type:ports',
    'type:service',
    'type:standalone',
  ],
  'type:bench': [
    'type:kernel',
    'type:proto',
    'type:domain',
    'type:ports',
    'type:adapter',
    'type:grpc',
    'type:wire',
    'type:guardrails',
    'type:service',
  ],
  'type:canary': ['type:kernel'],
};

/** Specs may also use the test kit, and real adapters in place of fakes. */
const SPEC_ALSO = ['type:testkit', 'type:adapter', 'type:ports', 'type:guardrails'];

const boundaries = (also) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow: [],
    depConstraints: Object.entries(MAY_IMPORT).map(([sourceTag, tags]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...tags, ...also],
    })),
  },
];

/** Each driver has one home: replacing it touches one lib. */
const DRIVER_HOMES = {
  '@clickhouse/client': 'libs/warehouse',
  '@grpc/grpc-js': 'libs/grpc',
  '@open-policy-agent/opa-wasm': 'libs/policy-wasm',
  chdb: 'libs/warehouse',
  kafkajs: 'libs/journal-kafka',
  '@guanmingchiu/sqlparser-ts': 'libs/action',
  'libpg-query': 'libs/action',
  unbash: 'libs/action',
  lmdb: 'libs/journal-embedded',
};

const DOMAIN_LIBS = ['action', 'decision', 'masking', 'approval', 'lineage', 'ledger'];

const driversNotOf = (home) =>
  Object.entries(DRIVER_HOMES)
    .filter(([, lib]) => lib !== home)
    .map(([name, lib]) => ({ regex: `^${name.replaceAll('/', '\\/')}(\\/.*)?$`, message: `only ${lib} imports ${name}` }));

const DOMAIN_PATTERNS = [
  {
    regex: '^node:(?!worker_threads$|module$|url$)',
    message: 'a domain lib does no I/O: time, ids and bytes come in as arguments',
  },
  { regex: '^(@nestjs|@bufbuild|fastify)', message: 'a domain lib knows no framework and no generated code' },
];

const restricted = (patterns) => ['error', { patterns }];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'libs/proto/src/gen/**', '**/.countersign/**', '.nx/**', '**/*.rego'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': restricted(driversNotOf('')),
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration[exported=null]', message: 'name what is exported' }],
    },
  },
  ...[...new Set(Object.values(DRIVER_HOMES))].map((home) => ({
    files: [`${home}/**/*.ts`],
    rules: {
      'no-restricted-imports': restricted([
        ...driversNotOf(home),
        ...(DOMAIN_LIBS.includes(home.split('/')[1]) ? DOMAIN_PATTERNS : []),
      ]),
    },
  })),
  ...DOMAIN_LIBS.filter((lib) => lib !== 'action').map((lib) => ({
    files: [`libs/${lib}/src/**/*.ts`],
    rules: { 'no-restricted-imports': restricted([...driversNotOf(''), ...DOMAIN_PATTERNS]) },
  })),
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'libs/testkit/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(SPEC_ALSO),
      'no-restricted-imports': 'off',
      'no-console': 'off',
    },
  },
  {
    // What a person starts in a terminal writes to it.
    files: ['apps/{cli,standalone,bench}/src/**/*.ts', 'libs/policy-wasm/src/conformance/**/*.ts', '**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
);
