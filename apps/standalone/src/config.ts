/** The settings of the embedded mode: one table for reading, printing and documenting them. */
import { type Environment, type Problem, readSettings, type Result, type Values } from '@countersign/kernel';

/** 0 to 65535. */
const PORT = '(?:6553[0-5]|655[0-2]\\d|65[0-4]\\d{2}|6[0-4]\\d{3}|[1-5]\\d{4}|\\d{1,4})';
const LOOPBACK_ADDRESS = new RegExp(`^(127\\.0\\.0\\.1|localhost|\\[::1\\]):${PORT}$`);
const LOOPBACK_URL = new RegExp(`^http://127\\.0\\.0\\.1:${PORT}/?$`);

export const SETTINGS = {
  grpcAddress: {
    type: 'text',
    key: 'COUNTERSIGN_GRPC_ADDRESS',
    help: 'Where gRPC listens, all services on one port. Loopback only; port 0 takes a free one.',
    pattern: LOOPBACK_ADDRESS,
    shape: 'a loopback address and port, like 127.0.0.1:7400',
    fallback: '127.0.0.1:7400',
  },
  httpAddress: {
    type: 'text',
    key: 'COUNTERSIGN_HTTP_ADDRESS',
    help: 'Where the JSON API, health and metrics listen. Loopback only; port 0 takes a free one.',
    pattern: LOOPBACK_ADDRESS,
    shape: 'a loopback address and port, like 127.0.0.1:7480',
    fallback: '127.0.0.1:7480',
  },
  clickhouseUrl: {
    type: 'text',
    key: 'COUNTERSIGN_CLICKHOUSE_URL',
    help: 'Where the embedded ClickHouse HTTP interface listens, read-only for users. Loopback only; port 0 takes a free one.',
    pattern: LOOPBACK_URL,
    shape: 'a loopback URL, like http://127.0.0.1:7423',
    fallback: 'http://127.0.0.1:7423',
  },
  dataDir: {
    type: 'text',
    key: 'COUNTERSIGN_DATA_DIR',
    help: 'Where everything durable lies: journal, tables, keys, first tokens. Created when it is missing.',
    fallback: './.countersign',
  },
  journal: {
    type: 'choice',
    key: 'COUNTERSIGN_JOURNAL',
    help: 'Which journal to write.',
    choices: ['embedded'],
    fallback: 'embedded',
  },
  policy: {
    type: 'text',
    key: 'COUNTERSIGN_POLICY',
    help: 'A folder with Rego or data that overrides the shipped pack; read again whenever it changes. Empty: the shipped pack.',
    fallback: '',
  },
  logLevel: {
    type: 'choice',
    key: 'COUNTERSIGN_LOG_LEVEL',
    help: 'How much goes to the log on standard error, as JSON lines.',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    fallback: 'warn',
  },
} as const;

export type StandaloneConfig = Values<typeof SETTINGS>;

export function readConfig(env: Environment): Result<StandaloneConfig, readonly Problem[]> {
  return readSettings(SETTINGS, env);
}
