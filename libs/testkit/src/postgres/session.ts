/** One session with PostgreSQL: the simple query protocol over a Unix socket, as text, without authentication. For specs. */
import { type Socket, createConnection } from 'node:net';

export interface Answer {
  /** Rows of all statements of the text. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The server's message; '' when it took everything. */
  readonly error: string;
}

export interface PostgresSession {
  /** Never rejects for an error of the server. `COPY … FROM STDIN` is given no rows. */
  query(sql: string): Promise<Answer>;
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export async function connect(path: string, user = 'admin', database = 'postgres'): Promise<PostgresSession> {
  const socket = createConnection(path);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const waiting: Pending[] = [];
  let rows: (string | null)[][] = [];
  let error = '';

  const finish = (): void => {
    const answer = { rows, error };
    rows = [];
    error = '';
    waiting.shift()?.resolve(answer);
  };
  const take = (type: string, body: Buffer): void => {
    if (type === 'D') rows.push(rowOf(body));
    else if (type === 'E') error ||= messageOf(body);
    else if (type === 'G') socket.write(Buffer.from('c\0\0\0\x04', 'latin1'));
    else if (type === 'Z') finish();
  };
  readMessages(socket, take);
  const lost = (): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the session with PostgreSQL is lost'));
  };
  socket.on('close', lost).on('error', lost);

  const ask = (message: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      socket.write(message);
    });
  const started = await ask(startup(user, database));
  if (started.error !== '') throw new Error(started.error);
  return {
    query: (sql) => ask(framed('Q', Buffer.from(`${sql}\0`))),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.end(framed('X', Buffer.alloc(0)));
      }),
  };
}

/** Each message: a letter, its length with the four bytes of the length, its body. */
function readMessages(socket: Socket, take: (type: string, body: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const end = rest.readInt32BE(1) + 1;
      take(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
      rest = rest.subarray(end);
    }
  });
}

function rowOf(body: Buffer): (string | null)[] {
  const row: (string | null)[] = [];
  let at = 2;
  for (let column = body.readInt16BE(0); column > 0; column--) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return row;
}

/** The field `M` of an ErrorResponse. */
function messageOf(body: Buffer): string {
  const fields = body.toString('utf8').split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'an error without a message';
}

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}
