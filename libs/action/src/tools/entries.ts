/** Looks a call up in the operator's catalogue; the shipped tables of public servers only speak where an entry says `like`. */
import { EFFECT_KINDS } from '@countersign/kernel';
import type { CatalogueEffect, ToolEntry } from '../catalogue.ts';
import type { ToolCall } from './calls.ts';
import { DATA_SERVERS } from './known/data.ts';
import type { ToolRow } from './known/known.ts';
import { LOCAL_SERVERS } from './known/local.ts';
import { SERVICE_SERVERS } from './known/services.ts';

/** What is known of a tool. */
export interface Known {
  readonly effects: readonly CatalogueEffect[];
  readonly arguments: Readonly<Record<string, string>>;
  /** A server's table may say of a tool that nothing can be said. */
  readonly opaque: boolean;
}

/** `changed`: the catalogue knows the tool, but not in the form in which it was called. */
export type Lookup = { readonly known: Known } | { readonly why: string; readonly changed: boolean };

/** Where several entries fit, those that name a schema go before those that take any. */
export function lookUp(call: ToolCall, tools: readonly ToolEntry[]): Lookup {
  const server = call.server === '' ? '*' : call.server;
  const byServer = indexOf(tools).get(server) ?? [];
  const fitting = byServer.filter((entry) => entry.tool === call.name || (entry.tool === '*' && entry.like !== undefined));
  if (fitting.length === 0) return { why: `the catalogue does not know the tool ${shown(call)}`, changed: false };
  const exact = fitting.find((entry) => entry.schemaDigest !== '' && entry.schemaDigest === call.schemaDigest);
  const pinned = fitting.some((entry) => entry.schemaDigest !== '');
  const entry = exact ?? (pinned ? undefined : fitting[0]);
  if (entry === undefined) {
    return {
      changed: call.schemaDigest !== '',
      why:
        call.schemaDigest === ''
          ? `the schema of ${shown(call)} was not passed, so nobody knows whether it changed`
          : `the schema of ${shown(call)} is not the one in the catalogue`,
    };
  }
  return entry.like === undefined
    ? { known: { effects: entry.effects, arguments: entry.arguments, opaque: false } }
    : shipped(call, entry, entry.like);
}

const indexes = new WeakMap<readonly ToolEntry[], ReadonlyMap<string, readonly ToolEntry[]>>();

/** By server; made once a catalogue. */
function indexOf(tools: readonly ToolEntry[]): ReadonlyMap<string, readonly ToolEntry[]> {
  let index = indexes.get(tools);
  if (index === undefined) {
    index = Map.groupBy(tools, (entry) => entry.server);
    indexes.set(tools, index);
  }
  return index;
}

function shown(call: ToolCall): string {
  const server = call.server === '' ? '' : ` of ${call.server.slice(0, 60)}`;
  return `${call.name.slice(0, 60)}${server}`;
}

function shipped(call: ToolCall, entry: ToolEntry, like: string): Lookup {
  const table = SERVERS.get(like);
  const known = table?.get(call.name);
  if (known === undefined)
    return { why: `servers like ${like.slice(0, 60)} have no tool ${call.name.slice(0, 60)} that is known`, changed: false };
  // What the operator adds counts beside it.
  return {
    known: {
      effects: [...known.effects, ...entry.effects],
      arguments: { ...known.arguments, ...entry.arguments },
      opaque: known.opaque,
    },
  };
}

const SCOPES = ['one', 'bounded', 'unbounded', 'unknown'] as const;

const SERVERS: ReadonlyMap<string, ReadonlyMap<string, Known>> = new Map(
  [...LOCAL_SERVERS, ...DATA_SERVERS, ...SERVICE_SERVERS].map((server) => [server.name, new Map(server.tools.flatMap(toolsOf))]),
);

export const KNOWN_SERVERS: readonly string[] = [...SERVERS.keys()];

function toolsOf(row: ToolRow): [string, Known][] {
  const [names, does, args] = row;
  const pairs = (args ?? '').split(' ').filter((pair) => pair !== '');
  const known: Known = {
    effects: does === 'opaque' || does === '' ? [] : does.split(' + ').map(effectOfClause),
    arguments: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
    opaque: does === 'opaque',
  };
  return names.split(' ').map((name) => [name, known]);
}

function effectOfClause(clause: string): CatalogueEffect {
  const [word, ...words] = clause.split(' ');
  const kind = EFFECT_KINDS.find((one) => one === word) ?? 'opaque';
  const scope = SCOPES.find((one) => words.includes(one));
  const targets = words.filter((one) => one.includes('=')).map((one) => one.replace('=', ':'));
  return { kind, ...(scope === undefined ? {} : { scope }), targets };
}
