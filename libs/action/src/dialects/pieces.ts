/** Cuts a token list into statements, at whatever the dialect or its usual client takes for their end. */
import type { DialectName } from './dialects.ts';
import type { Token } from './lexer.ts';

/** The tokens of one statement; `start` and `end` are UTF-16 units of the text. */
export interface Piece {
  readonly tokens: readonly Token[];
  readonly start: number;
  readonly end: number;
}

export function pieceOf(tokens: readonly Token[]): Piece {
  return { tokens, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}

export function piecesOf(tokens: readonly Token[], text: string, dialect: DialectName): Piece[] {
  const pieces: Piece[] = [];
  let current: Token[] = [];
  const cut = (): void => {
    if (current.length > 0) pieces.push(pieceOf(current));
    current = [];
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.word === ';' && token.kind === 'symbol') cut();
    else if (dialect === 'mssql' && token.word === 'GO' && token.kind === 'word' && aloneOnLine(text, tokens, i)) {
      cut();
      if (tokens[i + 1]?.kind === 'number' && sameLine(text, token, tokens[i + 1])) i++;
    } else if (dialect === 'oracle' && token.word === '/' && token.kind === 'symbol' && aloneOnLine(text, tokens, i)) cut();
    else current.push(token);
  }
  cut();
  return dialect === 'mssql' ? pieces.flatMap(unseparated) : pieces;
}

function aloneOnLine(text: string, tokens: readonly Token[], i: number): boolean {
  const token = tokens[i] as Token;
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  if (before !== undefined && sameLine(text, before, token)) return false;
  return after === undefined || !sameLine(text, token, after) || after.kind === 'number';
}

function sameLine(text: string, one: Token, two: Token | undefined): boolean {
  return two !== undefined && !text.slice(one.end, two.start).includes('\n');
}

/** Reserved words of T-SQL that begin a statement: unquoted they can be nothing else, so no `;` is needed before them. */
const STARTERS: ReadonlySet<string> = new Set(
  `ALTER BACKUP BEGIN BULK CHECKPOINT CLOSE COMMIT CREATE DBCC DEALLOCATE DECLARE DELETE DENY DROP ELSE END EXEC EXECUTE FETCH GRANT
   IF INSERT KILL MERGE OPEN PRINT RAISERROR RECONFIGURE RESTORE RETURN REVERT REVOKE ROLLBACK SAVE SELECT SET SHUTDOWN TRUNCATE UPDATE
   USE WAITFOR WHILE WITH`.split(/\s+/),
);

/** After these words a starter goes on with the statement. */
const GOES_ON: ReadonlySet<string> = new Set(
  `UNION ALL EXCEPT INTERSECT ON FOR AFTER OF AS THEN AND OR NOT WHEN FROM TO BY INTO JOIN , = + - CASE WHERE`.split(/\s+/),
);

/** What a statement may hold without a parenthesis, beside its first word. */
const HOLDS: Readonly<Record<string, string>> = {
  INSERT: 'SELECT EXEC EXECUTE WITH',
  UPDATE: 'SET WITH',
  DELETE: 'WITH',
  MERGE: 'SET UPDATE INSERT DELETE WITH',
  SELECT: 'WITH ELSE END FETCH',
  WITH: 'SELECT INSERT UPDATE DELETE MERGE SET ELSE END FETCH WITH',
  CREATE: 'WITH SET EXECUTE',
  ALTER: 'WITH SET DROP ALTER CHECK',
  GRANT: 'SELECT INSERT UPDATE DELETE EXECUTE EXEC ALTER CREATE BACKUP WITH',
  DENY: 'SELECT INSERT UPDATE DELETE EXECUTE EXEC ALTER CREATE BACKUP',
  REVOKE: 'SELECT INSERT UPDATE DELETE EXECUTE EXEC ALTER CREATE BACKUP GRANT',
  BACKUP: 'WITH',
  RESTORE: 'WITH',
  DBCC: 'WITH',
  DECLARE: 'SELECT',
  EXEC: 'WITH',
  EXECUTE: 'WITH',
  BULK: 'INSERT WITH',
  TRUNCATE: 'WITH',
  SET: 'CASE END ELSE',
  IF: 'EXISTS',
  BEGIN: '',
  RAISERROR: 'WITH',
  SAVE: '',
  SHUTDOWN: 'WITH',
  RECONFIGURE: 'WITH',
  KILL: 'WITH',
  DROP: '',
};

function unseparated(piece: Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let depth = 0;
  for (let i = 0; i < piece.tokens.length; i++) {
    const { kind, word } = piece.tokens[i] as Token;
    if (kind === 'symbol') depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    if (kind !== 'word' || i === from || depth > 0 || !STARTERS.has(word)) continue;
    if (goesOn(piece.tokens, from, i, word)) continue;
    pieces.push(pieceOf(piece.tokens.slice(from, i)));
    from = i;
  }
  pieces.push(pieceOf(from === 0 ? piece.tokens : piece.tokens.slice(from)));
  return pieces;
}

function goesOn(tokens: readonly Token[], from: number, i: number, word: string): boolean {
  const before = tokens[i - 1]?.word ?? '';
  if (GOES_ON.has(before)) return true;
  const first = tokens[from]?.word ?? '';
  if ((word === 'END' || word === 'ELSE') && openCase(tokens, from, i)) return true;
  if (first === 'BEGIN' || first === 'END' || first === 'ELSE') return false;
  return (HOLDS[first] ?? '').split(' ').includes(word);
}

function openCase(tokens: readonly Token[], from: number, to: number): boolean {
  let open = 0;
  for (let i = from; i < to; i++) {
    if (tokens[i]?.word === 'CASE') open++;
    else if (tokens[i]?.word === 'END' && open > 0) open--;
  }
  return open > 0;
}
