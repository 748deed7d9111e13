/** The SQL dialects that are read here: their names, the grammar that knows them, and how their texts fall into words. */

export type DialectName =
  | 'mysql'
  | 'sqlite'
  | 'mssql'
  | 'oracle'
  | 'snowflake'
  | 'bigquery'
  | 'redshift'
  | 'clickhouse'
  | 'duckdb'
  | 'databricks'
  | 'hive'
  | 'trino'
  | 'generic';

export interface Dialect {
  readonly name: DialectName;
  /** The grammar's own name for it. */
  readonly grammar: string;
  readonly lexing: Lexing;
}

/** How a server cuts a text into words. */
export interface Lexing {
  /** Characters that open a string. */
  readonly strings: string;
  /** Characters that open a quoted name; `[` closes with `]`. */
  readonly names: string;
  /** `always`: a backslash escapes in strings. `either`: a setting of the server decides, so both readings count. */
  readonly backslash: 'never' | 'always' | 'either';
  /** A backslash escapes in quoted names, too. */
  readonly escapedNames: boolean;
  /** What opens a comment up to the end of the line, beside `--`. */
  readonly lineComments: readonly string[];
  /** `--` opens a comment only before whitespace or a control character (MySQL). */
  readonly dashesNeedSpace: boolean;
  readonly nestedComments: boolean;
  /** `$tag$ … $tag$`, or `$$ … $$`. */
  readonly dollarQuotes: boolean;
  /** Oracle's `q'[…]'`. */
  readonly alternativeQuotes: boolean;
  /** `'''…'''` and `"""…"""`. */
  readonly tripleQuotes: boolean;
  /** Executable comments. */
  readonly versioned: boolean;
}

const PLAIN: Lexing = {
  strings: "'",
  names: '"',
  backslash: 'never',
  escapedNames: false,
  lineComments: [],
  dashesNeedSpace: false,
  nestedComments: false,
  dollarQuotes: false,
  alternativeQuotes: false,
  tripleQuotes: false,
  versioned: false,
};

const SPARK: Lexing = { ...PLAIN, strings: `'"`, names: '`', backslash: 'either' };

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  mysql: {
    name: 'mysql',
    grammar: 'mysql',
    lexing: {
      ...PLAIN,
      strings: `'"`,
      names: '`',
      backslash: 'either',
      lineComments: ['#'],
      dashesNeedSpace: true,
      versioned: true,
    },
  },
  sqlite: { name: 'sqlite', grammar: 'sqlite', lexing: { ...PLAIN, names: '"`[' } },
  mssql: { name: 'mssql', grammar: 'mssql', lexing: { ...PLAIN, names: '"[', nestedComments: true } },
  oracle: { name: 'oracle', grammar: 'oracle', lexing: { ...PLAIN, alternativeQuotes: true } },
  snowflake: {
    name: 'snowflake',
    grammar: 'snowflake',
    lexing: { ...PLAIN, backslash: 'always', lineComments: ['//'], dollarQuotes: true },
  },
  bigquery: {
    name: 'bigquery',
    grammar: 'bigquery',
    lexing: { ...PLAIN, strings: `'"`, names: '`', backslash: 'always', lineComments: ['#'], tripleQuotes: true },
  },
  redshift: {
    name: 'redshift',
    grammar: 'redshift',
    lexing: { ...PLAIN, backslash: 'either', nestedComments: true, dollarQuotes: true },
  },
  clickhouse: {
    name: 'clickhouse',
    grammar: 'clickhouse',
    lexing: { ...PLAIN, names: '"`', backslash: 'always', escapedNames: true, lineComments: ['#'], dollarQuotes: true },
  },
  duckdb: { name: 'duckdb', grammar: 'duckdb', lexing: { ...PLAIN, nestedComments: true, dollarQuotes: true } },
  databricks: { name: 'databricks', grammar: 'databricks', lexing: SPARK },
  hive: { name: 'hive', grammar: 'hive', lexing: SPARK },
  trino: { name: 'trino', grammar: 'ansi', lexing: PLAIN },
  generic: { name: 'generic', grammar: 'generic', lexing: { ...PLAIN, nestedComments: true } },
};

/** As people and drivers write them. */
const SYNONYMS: Readonly<Record<string, DialectName>> = {
  mariadb: 'mysql',
  tidb: 'mysql',
  percona: 'mysql',
  aurora: 'mysql',
  aurora_mysql: 'mysql',
  singlestore: 'mysql',
  memsql: 'mysql',
  oceanbase: 'mysql',
  doris: 'mysql',
  starrocks: 'mysql',
  vitess: 'mysql',
  planetscale: 'mysql',
  mysql5: 'mysql',
  mysql8: 'mysql',
  sqlite3: 'sqlite',
  libsql: 'sqlite',
  turso: 'sqlite',
  d1: 'sqlite',
  sqlserver: 'mssql',
  sql_server: 'mssql',
  tsql: 'mssql',
  transactsql: 'mssql',
  azuresql: 'mssql',
  azure_sql: 'mssql',
  synapse: 'mssql',
  fabric: 'mssql',
  sybase: 'mssql',
  plsql: 'oracle',
  oracledb: 'oracle',
  dameng: 'oracle',
  dm: 'oracle',
  snowflakesql: 'snowflake',
  bq: 'bigquery',
  googlesql: 'bigquery',
  spanner: 'bigquery',
  zetasql: 'bigquery',
  ch: 'clickhouse',
  chdb: 'clickhouse',
  motherduck: 'duckdb',
  spark: 'databricks',
  sparksql: 'databricks',
  spark_sql: 'databricks',
  delta: 'databricks',
  impala: 'hive',
  presto: 'trino',
  prestodb: 'trino',
  athena: 'trino',
};

/** undefined for a dialect that nobody reads here. */
export function dialectOf(name: string): Dialect | undefined {
  const plain = name.toLowerCase().replaceAll(/[\s-]/g, '_');
  if (Object.hasOwn(DIALECTS, plain)) return DIALECTS[plain as DialectName];
  const synonym = Object.hasOwn(SYNONYMS, plain) ? plain : plain.replaceAll('_', '');
  return Object.hasOwn(SYNONYMS, synonym) ? DIALECTS[SYNONYMS[synonym] as DialectName] : undefined;
}
