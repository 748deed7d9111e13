/** The emscripten factory inside libpg-query: the package's own entry keeps one instance for ever, we must drop broken ones. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export interface PgQueryInstance {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(sql: number): number;
    _wasm_fingerprint(sql: number): number;
    _wasm_free_string(pointer: number): void;
    getValue(pointer: number, type: 'i32'): number;
    UTF8ToString(pointer: number): string;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    lengthBytesUTF8(text: string): number;
  }
  const create: (options?: { print?: (line: string) => void; printErr?: (line: string) => void }) => Promise<PgQueryInstance>;
  export default create;
}
