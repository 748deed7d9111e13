/** JSON over HTTP to the server, for what has no gRPC contract. */
import { messageOf } from '@countersign/kernel';
import { CommandFailed, httpUnreachable } from './failure.ts';
import type { Host } from './host.ts';
import { type TokenName, settingsOf, tokenOf } from './settings.ts';

const PATIENCE_MS = 30_000;

/** Rejects with the `detail` of the problem that the server answered (RFC 9457). */
export async function request<T>(host: Host, token: TokenName, method: string, path: string, body?: unknown): Promise<T> {
  const url = `http://${settingsOf(host).httpAddress}`;
  const headers = { authorization: `Bearer ${tokenOf(host, token)}`, 'content-type': 'application/json' };
  let response: Response;
  let text: string;
  try {
    const init =
      body === undefined ? { headers: { authorization: headers.authorization } } : { headers, body: JSON.stringify(body) };
    response = await fetch(`${url}${path}`, { method, ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    text = await response.text();
  } catch {
    throw httpUnreachable(url);
  }
  const answer = parse(text);
  if (!response.ok) throw new CommandFailed(detailOf(answer) ?? `The server answered ${response.status} to ${method} ${path}.`);
  if (answer === undefined)
    throw new CommandFailed(`What answers at ${url} is not Countersign.`, 'Check COUNTERSIGN_HTTP_ADDRESS.');
  return answer as T;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function detailOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('detail' in answer) return messageOf(answer.detail);
  return 'message' in answer ? messageOf(answer.message) : undefined;
}
