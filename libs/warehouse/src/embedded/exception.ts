/** ClickHouse's own shape of an error: a number, a name, a text, and the HTTP status that its server would send. */

export class ClickHouseException extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'ClickHouseException';
    this.code = code;
  }

  /** The line that every ClickHouse client parses. */
  get text(): string {
    return `Code: ${this.code}. DB::Exception: ${this.message} (${NAMES[this.code] ?? 'UNKNOWN_EXCEPTION'})`;
  }
}

/** Numbers from ClickHouse's src/Common/ErrorCodes.cpp. */
export const CODE = {
  BAD_ARGUMENTS: 36,
  SYNTAX_ERROR: 62,
  UNKNOWN_SETTING: 115,
  READONLY: 164,
  QUERY_IS_TOO_LARGE: 229,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  QUERY_WAS_CANCELLED: 394,
  ACCESS_DENIED: 497,
  AUTHENTICATION_FAILED: 516,
  ABORTED: 236,
  UNKNOWN: 1002,
} as const;

const NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(CODE).map(([name, code]) => [code, name === 'UNKNOWN' ? 'UNKNOWN_EXCEPTION' : name]),
);

/** Engine errors arrive as text `Code: N. DB::Exception: …. (NAME)`; anything else is passed on as unknown. */
export function fromEngine(thrown: unknown): ClickHouseException {
  if (thrown instanceof ClickHouseException) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const match = /^Code: (\d+)\. DB::Exception: ([^]*)$/.exec(text);
  if (match === null) return new ClickHouseException(CODE.UNKNOWN, text);
  return new EngineException(Number(match[1]), match[2] ?? '', text.trim());
}

/** Keeps the engine's text as it is (it already ends with the name of the code). */
class EngineException extends ClickHouseException {
  readonly #whole: string;

  constructor(code: number, message: string, whole: string) {
    super(code, message);
    this.#whole = whole;
  }

  override get text(): string {
    return this.#whole;
  }
}

/** As `exceptionCodeToHTTPStatus` of ClickHouse's HTTP handler, with 401 and 503 where a plain HTTP client expects them. */
export function httpStatusOf(code: number): number {
  switch (code) {
    case CODE.AUTHENTICATION_FAILED:
      return 401;
    case CODE.ACCESS_DENIED:
    case CODE.READONLY:
      return 403;
    case 60: // UNKNOWN_TABLE
    case 81: // UNKNOWN_DATABASE
    case 46: // UNKNOWN_FUNCTION
      return 404;
    case 159: // TIMEOUT_EXCEEDED
      return 408;
    case CODE.QUERY_IS_TOO_LARGE:
      return 413;
    case CODE.TOO_MANY_SIMULTANEOUS_QUERIES:
    case CODE.ABORTED:
      return 503;
    case CODE.SYNTAX_ERROR:
    case CODE.BAD_ARGUMENTS:
    case CODE.UNKNOWN_SETTING:
    case 26: // CANNOT_PARSE_QUOTED_STRING
    case 27: // CANNOT_PARSE_INPUT_ASSERTION_FAILED
    case 41: // CANNOT_PARSE_DATETIME
    case 43: // ILLEGAL_TYPE_OF_ARGUMENT
    case 47: // UNKNOWN_IDENTIFIER
    case 53: // TYPE_MISMATCH
    case 117: // INCORRECT_DATA
    case 130: // CANNOT_READ_ARRAY_FROM_TEXT
    case 456: // UNKNOWN_QUERY_PARAMETER
    case 457: // BAD_QUERY_PARAMETER
      return 400;
    default:
      return 500;
  }
}
