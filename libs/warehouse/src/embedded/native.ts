/**
 * The few calls of chDB's native addon that the embedded ClickHouse uses. The package's own `Session` is not enough: it frees no
 * connection while any other query runs, cannot classify statements, and binds parameters through one queue for all connections.
 */
import { createRequire } from 'node:module';

/** An open connection; opaque to JavaScript. */
export type NativeConnection = { readonly brand: 'chdb-connection' };

export interface NativeResult {
  readonly bytes: Buffer;
  /** Seconds. */
  readonly elapsed: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** Answer of the engine's own parser: 0 is a read (it counts EXPLAIN, SHOW, DESCRIBE and CHECK as reads too). */
export interface NativeClassification {
  readonly statementCount: number;
  readonly queryClass: number;
  readonly hasSecrets: boolean;
}

export interface Native {
  /** Synchronous, 60–90 ms for the first connection of a folder, 0.4 ms for the others. `args` as of `clickhouse local`. */
  CreateConnection(path: string, args: readonly string[]): NativeConnection | null;
  /** Never call this while a query runs on the connection: the engine aborts for the whole process. */
  CloseConnection(connection: NativeConnection): void;
  QueryAsyncConnection(connection: NativeConnection, sql: string, format: string): Promise<NativeResult>;
  DurableClassifyAsync(connection: NativeConnection, sql: string, database: string | null): Promise<NativeClassification>;
}

/** Loads the addon (25 ms from a warm page cache). The loader is an internal file of the exactly pinned package. */
export function loadNative(): Native {
  const manifest = createRequire(import.meta.url).resolve('chdb/package.json');
  const loader = createRequire(manifest)('./dist/loader.js') as { loadNative(): Native };
  return loader.loadNative();
}
