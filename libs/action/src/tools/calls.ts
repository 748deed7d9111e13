/** Finds the calls in a payload, whatever protocol wrote it: JSON-RPC of MCP, OpenAI, Anthropic, Gemini, Bedrock, or name and arguments. */
import { type Json, canonicalJson, sha256Hex } from '@countersign/kernel';
import { type Members, at, isMembers, membersIn, parseJson, stringIn } from '../http/json.ts';

export interface ToolCall {
  /** '' where none is named. */
  readonly server: string;
  readonly name: string;
  readonly arguments: Members;
  /** SHA-256 in hex of the tool's input schema as the caller has it; '' when it was not passed. */
  readonly schemaDigest: string;
  /** What the server says about its own tool: never believed, but where it warns. */
  readonly annotations: Members;
}

/** A message that is no call of a tool, or one that cannot be read. */
export interface OtherMessage {
  readonly method: string;
  readonly params: Members;
}

export interface Found {
  readonly calls: ToolCall[];
  /** Command lines that the protocol itself defines as such. */
  readonly shells: (string | readonly string[])[];
  readonly others: OtherMessage[];
  /** What could not be read. */
  readonly problems: string[];
}

const CALLS = 100;
const DEPTH = 8;
const SCHEMA_UNITS = 256 * 1024;

/** `name` is the action's own: where the payload names no tool, it is the tool and the payload its arguments. */
export function callsIn(payload: unknown, name: string): Found {
  const found: Found = { calls: [], shells: [], others: [], problems: [] };
  if (!collect(payload, found, contextOf(payload, NO_CONTEXT), 0)) {
    if (name !== '' && isMembers(payload))
      found.calls.push(callOf(name, payload['tool'] === undefined ? payload : without(payload), contextOf(payload, NO_CONTEXT)));
    else found.problems.push('no call of a tool in the payload');
  }
  if (found.calls.length > CALLS) found.problems.push(`more than ${CALLS} calls`);
  return found;
}

interface Context {
  readonly server: string;
  readonly schemaDigest: string;
  readonly annotations: Members;
}

const NO_CONTEXT: Context = { server: '', schemaDigest: '', annotations: {} };

/** `tool: {server, inputSchema, annotations}` beside the call, or in its `_meta`: what the caller knows about the tool. */
function contextOf(payload: unknown, outer: Context): Context {
  if (!isMembers(payload)) return outer;
  const tool = [payload['tool'], at(payload, '_meta.tool'), at(payload, 'params._meta.tool')].find(isMembers);
  const server = stringIn(payload, 'server_label') ?? stringIn(payload, 'server_name') ?? stringIn(payload, 'server');
  if (tool === undefined) return server === undefined ? outer : { ...outer, server };
  const schema = tool['inputSchema'] ?? tool['input_schema'] ?? tool['schema'] ?? tool['parameters'];
  return {
    server: stringIn(tool, 'server') ?? server ?? outer.server,
    schemaDigest: schema === undefined ? (stringIn(tool, 'schemaDigest') ?? outer.schemaDigest).toLowerCase() : digestOf(schema),
    annotations: membersIn(tool, 'annotations') ?? outer.annotations,
  };
}

/** The digest by which an operator's catalogue knows a schema; "unreadable" for what has none. */
export function digestOf(schema: unknown): string {
  try {
    const text = canonicalJson(schema as Json);
    return text.length > SCHEMA_UNITS ? 'unreadable' : sha256Hex(text);
  } catch {
    return 'unreadable';
  }
}

function without(payload: Members): Members {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== 'tool' && name !== '_meta'));
}

/** True when the value was a message of a known shape. */
function collect(value: unknown, found: Found, outer: Context, depth: number): boolean {
  if (depth > DEPTH || found.calls.length > CALLS) {
    found.problems.push('the calls are nested too deeply, or too many');
    return true;
  }
  if (Array.isArray(value)) return value.map((item) => collect(item, found, contextOf(item, outer), depth + 1)).some(Boolean);
  if (!isMembers(value)) return false;
  if (typeof value['method'] === 'string' && (value['jsonrpc'] !== undefined || isMembers(value['params'])))
    return jsonRpc(value, found, outer);
  return typed(value, found, outer) || wrapped(value, found, outer, depth);
}

function jsonRpc(message: Members, found: Found, outer: Context): boolean {
  const params = membersIn(message, 'params') ?? {};
  const method = stringIn(message, 'method') ?? '';
  if (method !== 'tools/call') found.others.push({ method, params });
  else add(stringIn(params, 'name'), params['arguments'], found, outer);
  return true;
}

/** Items that say their own type. */
function typed(item: Members, found: Found, outer: Context): boolean {
  switch (item['type']) {
    case 'function':
      if (!isMembers(item['function'])) return false;
      add(stringIn(item['function'], 'name'), item['function']['arguments'], found, outer);
      return true;
    case 'function_call':
    case 'mcp_call':
      add(stringIn(item, 'name'), item['arguments'], found, outer);
      return true;
    case 'custom_tool_call':
      add(stringIn(item, 'name'), { input: item['input'] }, found, outer);
      return true;
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      add(stringIn(item, 'name'), item['input'], found, outer);
      return true;
    case 'local_shell_call':
    case 'shell_call': {
      const command = at(item, 'action.command') ?? at(item, 'action.commands');
      if (typeof command === 'string' || (Array.isArray(command) && command.every((word) => typeof word === 'string')))
        found.shells.push(command);
      else found.problems.push('a call of the shell without a command');
      return true;
    }
    case 'text':
    case 'thinking':
    case 'reasoning':
    case 'output_text':
    case 'refusal':
      // Said, not done; unless it names a tool all the same.
      return item['name'] === undefined;
    default:
      return false;
  }
}

/** Shapes that hold calls inside. */
function wrapped(item: Members, found: Found, outer: Context, depth: number): boolean {
  let any = false;
  const legacy = item['function_call'] ?? item['functionCall'] ?? item['toolUse'];
  if (isMembers(legacy)) {
    add(stringIn(legacy, 'name'), legacy['arguments'] ?? legacy['args'] ?? legacy['input'], found, outer);
    any = true;
  }
  for (const name of ['tool_calls', 'content', 'parts', 'output', 'candidates', 'choices', 'message', 'calls']) {
    if (name in item && typeof item[name] === 'object' && collect(item[name], found, contextOf(item[name], outer), depth + 1))
      any = true;
  }
  const given = ['arguments', 'args', 'input', 'parameters', 'params'].find((name) => name in item);
  const name = stringIn(item, 'name') ?? stringIn(item, 'tool_name') ?? stringIn(item, 'toolName') ?? stringIn(item, 'tool');
  if (name === undefined || given === undefined) return any;
  add(name, item[given], found, outer);
  return true;
}

function add(name: string | undefined, given: unknown, found: Found, context: Context): void {
  if (name === undefined || name === '') {
    found.problems.push('a call names no tool');
    return;
  }
  const value = typeof given === 'string' ? parseJson(given === '' ? '{}' : given) : (given ?? {});
  if (isMembers(value)) found.calls.push(callOf(name, value, context));
  else {
    found.problems.push(`the arguments of ${name.slice(0, 60)} are not a JSON object`);
    found.calls.push(callOf(name, typeof given === 'string' ? { input: given } : { input: value }, context));
  }
}

/** Hosts write the server into the name: `mcp__github__create_issue`, `github/create_issue`. */
function callOf(name: string, given: Members, context: Context): ToolCall {
  const prefixed = /^mcp__(.+?)__(.+)$/.exec(name) ?? /^([\w.-]+)(?:\/|::)([\w.-]+)$/.exec(name);
  if (prefixed !== null && (context.server === '' || context.server === prefixed[1])) {
    return { ...context, server: prefixed[1] ?? '', name: prefixed[2] ?? '', arguments: given };
  }
  return { ...context, name, arguments: given };
}
