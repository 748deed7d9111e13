/** A reader's statement: admitted by the gate, bounded in time, memory and result, on a connection that sees one tenant's rows. */
import type { Connection, Engine } from './engine.ts';
import { CODE, ClickHouseException } from './exception.ts';
import { DEFAULT_FORMAT } from './formats.ts';
import { admit } from './gate.ts';
import { Slots } from './lock.ts';
import { readAll } from './request.ts';
import type { Asked } from './request.ts';
import type { Answer } from './responder.ts';
import { parametersOf, readerSettings } from './settings.ts';
import { quoteLiteral } from './sql-text.ts';

const BODY_CAP_BYTES = 2 ** 20;
/** Each running query may take `max_memory_usage`, and a thread of libuv's pool. */
export const RUNNING_QUERIES = 4;
const WAITING_QUERIES = 64;

export class Reader {
  readonly #engine: Engine;
  readonly #slots = new Slots(
    RUNNING_QUERIES,
    WAITING_QUERIES,
    () =>
      new ClickHouseException(
        CODE.TOO_MANY_SIMULTANEOUS_QUERIES,
        `Too many queries: ${RUNNING_QUERIES} run, ${WAITING_QUERIES} wait.`,
      ),
  );

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `signal` kills the query. Throws ClickHouseException for everything that the asker can mend. */
  async run(asked: Asked, tenant: string, signal: AbortSignal): Promise<Answer> {
    const settings = readerSettings(asked.parameters);
    const parameters = parametersOf(asked.parameters);
    this.#refuseOtherDatabase(asked.parameters.get('database') ?? '');
    const body = await readAll(asked.body, BODY_CAP_BYTES);
    const statement = [asked.query, body.toString()].filter((text) => text !== '').join('\n');
    return this.#slots.run(signal, () =>
      this.#engine.asTenant(tenant, settings, async (connection) => {
        await connection.query(`USE ${this.#engine.database}`, 'Null');
        const admitted = await admit(connection, statement, this.#engine.database);
        await bind(connection, parameters);
        const format = asked.format ?? DEFAULT_FORMAT;
        const { bytes, elapsed, rowsRead } = await connection.query(admitted.sql, format, signal);
        return { bytes, format: admitted.format ?? format, rows: rowsRead, elapsedSeconds: elapsed };
      }),
    );
  }

  /** `default` is what clients name that know no better. `system` would let a table of it be named without its database. */
  #refuseOtherDatabase(database: string): void {
    if (['', 'default', this.#engine.database].includes(database)) return;
    throw new ClickHouseException(CODE.ACCESS_DENIED, `Not allowed for readers: the database is ${this.#engine.database}.`);
  }
}

/** `SET param_x` belongs to this connection alone; the addon's own binding is shared by all connections of the process. */
async function bind(connection: Connection, parameters: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, value] of parameters) await connection.query(`SET param_${name} = ${quoteLiteral(value)}`, 'Null');
}
