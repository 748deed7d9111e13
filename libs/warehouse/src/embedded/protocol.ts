/** What the supervisor and the child process of the embedded ClickHouse say to each other over IPC. */

/** Who may read, and whose rows: the SHA-256 of a Countersign token (64 hex digits) and the tenant it reads. */
export interface ReaderCredential {
  readonly tokenSha256Hex: string;
  readonly tenant: string;
}

/** Everything the child needs to serve; sent over IPC because arguments and environment are visible to other processes. */
export interface ServeOptions {
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose on the first start; later starts get the port that was chosen. */
  readonly port: number;
  readonly writerPassword: string;
  readonly readerPassword: string;
  readonly database: string;
  readonly readers: readonly ReaderCredential[];
}

export type FailureKind = 'port-taken' | 'data-in-use' | 'data-newer' | 'data-unwritable' | 'engine';

export type ToChild =
  | { readonly type: 'serve'; readonly options: ServeOptions }
  | { readonly type: 'readers'; readonly readers: readonly ReaderCredential[] }
  | { readonly type: 'stop' };

export type FromChild =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string };

export const WRITER_USER = 'countersign_writer';
export const READER_USER = 'countersign_reader';
/** The internal reader of the lineage service names the tenant of each query here. */
export const TENANT_HEADER = 'x-countersign-tenant';
