/** The writer's statements, one at a time: whatever it sends runs, and each insert is one block from one file. */
import { createWriteStream } from 'node:fs';
import { writeFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connection, Engine } from './engine.ts';
import { DEFAULT_FORMAT } from './formats.ts';
import { readAll } from './request.ts';
import type { Asked } from './request.ts';
import type { Answer } from './responder.ts';
import { parametersOf, writerSettings } from './settings.ts';
import { quoteLiteral } from './sql-text.ts';
import { Slots } from './lock.ts';

/** Statements without a `query` parameter, and inline data: larger inserts give their statement in the URL. */
const STATEMENT_CAP_BYTES = 64 * 2 ** 20;

/**
 * One block for one insert, whatever its size up to 4 Mi rows: the engine would cut it at 1 Mi rows or 256 MiB, and only a single
 * block into one partition is a single part, which is there as a whole or not at all.
 */
const ONE_BLOCK = [
  'max_insert_block_size=4194304',
  'min_insert_block_size_rows=4194304',
  'min_insert_block_size_bytes=0',
  'max_insert_threads=1',
  'async_insert=0',
];

const ONLY_ROWS = /^\s*(insert|select|with|show|desc|describe|exists|explain|\()/i;
const INSERT_HEAD = /^(\s*INSERT\s+INTO\s[^]*?)(\s+SETTINGS\s[^]*?)?(\s+FORMAT\s+(\w+)|\s+VALUES)\s*;?\s*$/i;

export class Writer {
  readonly #engine: Engine;
  readonly #turn = new Slots(1, 10_000, () => new Error('too many waiting writes'));

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `signal` kills a statement whose sender has gone; an insert that has reached the engine is not interrupted. */
  async run(asked: Asked, signal: AbortSignal): Promise<Answer> {
    const head = INSERT_HEAD.exec(asked.query);
    if (head !== null) return this.#insert(asked, head, signal);
    const body = await readAll(asked.body, STATEMENT_CAP_BYTES);
    const inline = asked.query === '' ? splitInlineInsert(body) : undefined;
    if (inline !== undefined) return this.#insert({ ...asked, query: inline.statement }, inline.head, signal, inline.data);
    const statement = [asked.query, body.toString()].filter((text) => text !== '').join('\n');
    const format = asked.format ?? DEFAULT_FORMAT;
    const settings = [...ONE_BLOCK, ...writerSettings(asked.parameters)];
    const work = async (connection: Connection): Promise<Answer> => {
      await this.#prepare(connection, asked);
      const { bytes, elapsed, rowsRead } = await connection.query(statement, format, signal);
      return { bytes, format: formatOf(statement) ?? format, rows: rowsRead, elapsedSeconds: elapsed };
    };
    const bare = statement.replace(/^(\s|\/\*[^]*?\*\/|--[^\n]*\n)+/, '');
    return this.#turn.run(signal, () =>
      ONLY_ROWS.test(bare) ? this.#engine.asWriter(settings, work) : this.#engine.asWriterAlone(settings, work),
    );
  }

  /** The body goes to a file first: the engine's call for bytes in memory ends at an empty line and cannot read binary formats. */
  async #insert(asked: Asked, head: RegExpExecArray, signal: AbortSignal, data?: Buffer): Promise<Answer> {
    const [, target = '', settings = '', , format = 'Values'] = head;
    const file = join(this.#engine.folders.incoming, randomUUID());
    try {
      if (data === undefined) await pipeline(asked.body, createWriteStream(file, { mode: 0o600 }), { signal });
      else await writeFile(file, data, { mode: 0o600 });
      const statement = `${target} FROM INFILE ${quoteLiteral(file)} COMPRESSION 'none'${settings} FORMAT ${format}`;
      return await this.#turn.run(signal, () =>
        this.#engine.asWriter([...ONE_BLOCK, ...writerSettings(asked.parameters)], async (connection) => {
          await this.#prepare(connection, asked);
          const { elapsed } = await connection.query(statement, 'Null');
          return { bytes: Buffer.alloc(0), format: DEFAULT_FORMAT, rows: 0, elapsedSeconds: elapsed };
        }),
      );
    } finally {
      await rm(file, { force: true });
    }
  }

  async #prepare(connection: Connection, asked: Asked): Promise<void> {
    const database = asked.parameters.get('database') ?? '';
    // Without one named, a database that the writer itself has dropped is no error.
    if (database !== '' && database !== 'default')
      await connection.query(`USE \`${database.replace(/[`\\]/g, '\\$&')}\``, 'Null');
    else await connection.query(`USE ${this.#engine.database}`, 'Null').catch(() => undefined);
    for (const [name, value] of parametersOf(asked.parameters)) {
      await connection.query(`SET param_${name} = ${quoteLiteral(value)}`, 'Null');
    }
  }
}

/** `INSERT INTO t FORMAT X` and its data in one body, as curl sends it. `VALUES (…)` runs as it stands. */
function splitInlineInsert(
  body: Buffer,
): { readonly statement: string; readonly head: RegExpExecArray; readonly data: Buffer } | undefined {
  const start = body.subarray(0, 65_536).toString('latin1');
  const match = /^\s*INSERT\s+INTO\s[^]*?\sFORMAT\s+(?!Values\b)\w+[ \t]*\r?\n/i.exec(start);
  if (match === null || /\bVALUES\s*\(|\bSELECT\b/i.test(match[0])) return undefined;
  const statement = body.subarray(0, match[0].length).toString();
  const head = INSERT_HEAD.exec(statement);
  return head === null ? undefined : { statement, head, data: body.subarray(match[0].length) };
}

/** The FORMAT clause at the end of a statement, which wins over the default. */
function formatOf(statement: string): string | undefined {
  return /\sFORMAT\s+(\w+)\s*;?\s*(SETTINGS\s[^]*)?$/i.exec(statement)?.[1];
}
