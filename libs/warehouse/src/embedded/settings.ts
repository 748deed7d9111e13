/** Settings that arrive in the URL: which ones a reader may give, and which belong to HTTP and not to the query. */
import { CODE, ClickHouseException } from './exception.ts';

/** Parameters of the HTTP interface itself. Sessions do not exist here: each request is on its own. */
const OF_THE_INTERFACE = new Set([
  ...['query', 'user', 'password', 'database', 'default_format', 'query_id', 'compress', 'decompress', 'enable_http_compression'],
  ...['wait_end_of_query', 'buffer_size', 'send_progress_in_http_headers', 'http_headers_progress_interval_ms', 'stacktrace'],
  ...['http_write_exception_in_output_format', 'add_http_cors_header', 'cancel_http_readonly_queries_on_client_close'],
  ...[
    'http_zlib_compression_level',
    'session_id',
    'session_check',
    'session_timeout',
    'close_session',
    'client_protocol_version',
  ],
  ...['quota_key', 'http_response_buffer_size', 'send_logs_level', 'readonly', 'role'],
]);

/** Upper bounds of what one reader's query may use. */
const LIMITS = {
  max_execution_time: 30,
  max_memory_usage: 2 ** 30,
  max_result_rows: 1_000_000,
  max_result_bytes: 128 * 2 ** 20,
  max_threads: 2,
} as const;

/**
 * Settings that change only how a value or a result is written, by name; the value must be one plain word or number. Not all of
 * `output_format_*`: `output_format_schema` names a file that the engine writes.
 */
const READER_MAY_SET =
  /^(output_format_(json|csv|tsv|pretty|arrow|parquet|orc|avro|native|binary|markdown|values)_\w+|output_format_decimal_trailing_zeros|format_csv_delimiter|date_time_(input|output)_format|session_timezone|join_use_nulls|extremes|limit|offset|group_by_use_nulls|union_default_mode|prefer_column_name_to_alias|max_block_size|result_overflow_mode|asterisk_include_\w+_columns|max_rows_to_read|use_client_time_zone)$/;
const PLAIN_VALUE = /^[\w.,+:/-]{0,64}$/;

/**
 * Connection settings (`name=value`) of a reader's query: bounds, then what the URL asks for within them. Throws UNKNOWN_SETTING or
 * BAD_ARGUMENTS for anything else, so a setting is never ignored in silence.
 */
export function readerSettings(url: URLSearchParams): readonly string[] {
  const settings = new Map<string, string>(Object.entries(LIMITS).map(([name, value]) => [name, String(value)]));
  settings.set('result_overflow_mode', 'throw');
  // Statistics of a result count what was read, other tenants' rows included.
  settings.set('output_format_write_statistics', '0');
  settings.set('use_query_condition_cache', '0');
  for (const [name, value] of given(url)) {
    const limit = (LIMITS as Readonly<Record<string, number>>)[name];
    if (limit !== undefined) settings.set(name, String(bounded(name, value, limit)));
    else if (!READER_MAY_SET.test(name)) {
      throw new ClickHouseException(CODE.UNKNOWN_SETTING, `The setting '${name}' cannot be set by readers.`);
    } else if (PLAIN_VALUE.test(value)) settings.set(name, value);
    else throw new ClickHouseException(CODE.BAD_ARGUMENTS, `The value of the setting '${name}' is not a plain word or number.`);
  }
  return [...settings].map(([name, value]) => `${name}=${value}`);
}

/** The writer sets what it likes; the engine refuses names that it does not know. */
export function writerSettings(url: URLSearchParams): readonly string[] {
  return given(url).map(([name, value]) => {
    if (!/^\w{1,128}$/.test(name) || value.includes('\0'))
      throw new ClickHouseException(CODE.BAD_ARGUMENTS, `Bad setting '${name}'.`);
    return `${name}=${value}`;
  });
}

/** `param_name` values, as they stand in the URL (escaped like TabSeparated, which is how the engine reads them). */
export function parametersOf(url: URLSearchParams): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [key, value] of url) {
    if (!key.startsWith('param_')) continue;
    if (!/^param_\w{1,128}$/.test(key)) throw new ClickHouseException(CODE.BAD_ARGUMENTS, `Bad parameter name '${key}'.`);
    parameters.set(key.slice('param_'.length), value);
  }
  return parameters;
}

function given(url: URLSearchParams): readonly (readonly [string, string])[] {
  return [...url].filter(([name]) => !OF_THE_INTERFACE.has(name) && !name.startsWith('param_'));
}

/** A reader may ask for less, not for more; 0 means "no limit" to the engine, so it means the bound here. */
function bounded(name: string, value: string, limit: number): number {
  const asked = Number(value);
  if (!Number.isFinite(asked) || asked < 0)
    throw new ClickHouseException(CODE.BAD_ARGUMENTS, `The setting '${name}' is not a number.`);
  return asked === 0 ? limit : Math.min(Math.ceil(asked), limit);
}
