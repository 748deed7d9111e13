/** PostgreSQL's own grammar (libpg-query) as plain functions: text in, syntax tree or the parser's refusal out. */
import { messageOf } from '@countersign/kernel';
import type { ParseResult } from 'libpg-query';
import createInstance, { type PgQueryInstance } from 'libpg-query/wasm/libpg-query.js';

export type Parsed<T> =
  | { readonly ok: true; readonly tree: T }
  /** `at` is a byte offset, -1 when unknown. */
  | { readonly ok: false; readonly message: string; readonly at: number };

export interface SqlParser {
  parse(sql: string): Parsed<ParseResult>;
  /** Bodies of the `CREATE FUNCTION … LANGUAGE plpgsql` or `DO` statement in `sql`, as libpg-query's JSON. */
  parsePlpgsql(sql: string): Parsed<unknown>;
  fingerprint(sql: string): string;
}

/** The instance is no longer to be trusted (it overflowed, trapped or answered nonsense): drop it. */
export class ParserBroken extends Error {
  override readonly name = 'ParserBroken';
}

/** Instantiates a fresh parser: about 20 ms and 128 MB of address space, of which little is touched. */
export async function createParser(): Promise<SqlParser> {
  const instance = await createInstance({ print: ignore, printErr: ignore });
  return {
    parse: (sql) => guarded(() => parse(instance, sql)),
    parsePlpgsql: (sql) => guarded(() => parsePlpgsql(instance, sql)),
    fingerprint: (sql) => guarded(() => fingerprint(instance, sql)),
  };
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new ParserBroken(messageOf(error), { cause: error });
  }
}

/** Layout of PgQueryParseResult and PgQueryError on wasm32: pointers and ints of four bytes each. */
const TREE = 0;
const ERROR = 8;
const ERROR_MESSAGE = 0;
const ERROR_CURSOR = 16;

function parse(instance: PgQueryInstance, sql: string): Parsed<ParseResult> {
  return withText(instance, sql, (pointer) => {
    const result = instance._wasm_parse_query_raw(pointer);
    if (result === 0) throw new Error('the parser is out of memory');
    const error = instance.getValue(result + ERROR, 'i32');
    const answer: Parsed<ParseResult> =
      error === 0
        ? { ok: true, tree: JSON.parse(textAt(instance, instance.getValue(result + TREE, 'i32'))) as ParseResult }
        : {
            ok: false,
            message: textAt(instance, instance.getValue(error + ERROR_MESSAGE, 'i32')),
            at: instance.getValue(error + ERROR_CURSOR, 'i32') - 1,
          };
    instance._wasm_free_parse_result(result);
    return answer;
  });
}

function parsePlpgsql(instance: PgQueryInstance, sql: string): Parsed<unknown> {
  return withText(instance, sql, (pointer) => {
    const result = instance._wasm_parse_plpgsql(pointer);
    const json = textAt(instance, result);
    instance._wasm_free_string(result);
    // libpg-query answers a refusal as bare text in the place of the JSON.
    return json.startsWith('{') ? { ok: true, tree: JSON.parse(json) } : { ok: false, message: json, at: -1 };
  });
}

function fingerprint(instance: PgQueryInstance, sql: string): string {
  return withText(instance, sql, (pointer) => {
    const result = instance._wasm_fingerprint(pointer);
    const text = textAt(instance, result);
    instance._wasm_free_string(result);
    return /^[0-9a-f]{16}$/.test(text) ? text : '';
  });
}

function withText<T>(instance: PgQueryInstance, sql: string, use: (pointer: number) => T): T {
  const bytes = instance.lengthBytesUTF8(sql) + 1;
  const pointer = instance._malloc(bytes);
  instance.stringToUTF8(sql, pointer, bytes);
  // Not in a `finally`: after a trap the heap is not to be touched again.
  const answer = use(pointer);
  instance._free(pointer);
  return answer;
}

function textAt(instance: PgQueryInstance, pointer: number): string {
  if (pointer === 0) throw new Error('the parser gave no answer');
  return instance.UTF8ToString(pointer);
}

function ignore(): void {
  // The parser's chatter on stdout and stderr belongs to nobody.
}
