/** What a path alone cannot tell: requests whose body or query says what they do. */
import type { Effect } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { pointed } from '../../reader.ts';
import { graphqlOfBody } from '../body.ts';
import { at, isMembers, parseJson } from '../json.ts';
import type { HttpRequest } from '../request.ts';
import { type Asked, type Refinement, one } from './asked.ts';
import { BODY_REFINEMENTS } from './bodies.ts';
import { MACHINE_REFINEMENTS } from './machine-refinements.ts';

const ALL: Readonly<Record<string, Refinement>> = {
  ...BODY_REFINEMENTS,
  ...MACHINE_REFINEMENTS,
  sql,
  action,
  command,
  recursive,
  graphql: (asked) =>
    graphqlOfBody(asked.request, asked.address, asked.span) ?? [opaqueEffect(asked.span, 'no GraphQL document')],
};

export function refine(name: string, asked: Asked): readonly Effect[] {
  const known = ALL[name];
  return known === undefined ? [opaqueEffect(asked.span, `no reader of ${name}`)] : known(asked);
}

/** SQL in a query parameter, in the body, or in both (then the body holds data or the rest of the statement). */
function sql(asked: Asked): readonly Effect[] {
  const [dialect = 'generic', parameter = 'query'] = asked.words;
  const inQuery = asked.address.query.get(parameter) ?? new URLSearchParams(formOf(asked.request)).get(parameter) ?? '';
  const inJson = at(asked.json, parameter);
  const body =
    typeof inJson === 'string'
      ? inJson
      : isMembers(parseJson(asked.request.body)) || formOf(asked.request) !== ''
        ? ''
        : asked.request.body;
  if (asked.request.bodyUnknown || (asked.request.upload && inQuery === ''))
    return [opaqueEffect(asked.span, 'the statement comes from a file')];
  const text = inQuery === '' ? body : /\b(?:insert|format|values)\b/i.test(inQuery) ? inQuery : `${inQuery}\n${body}`.trim();
  if (text.trim() === '')
    return asked.method === 'GET' || asked.method === 'HEAD' ? [one(asked, 'read')] : [opaqueEffect(asked.span, 'no statement')];
  return pointed(asked.cx.embedded({ kind: 'sql', dialect, text }).effects, asked.span, 'HTTP');
}

function formOf(request: HttpRequest): string {
  return (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded') ? request.body : '';
}

/** Solr's administration takes its verb as `action=`. */
function action(asked: Asked): readonly Effect[] {
  const verb = (asked.address.query.get('action') ?? '').toUpperCase();
  if (verb === '' || /^(STATUS|LIST|CLUSTERSTATUS|LISTALIASES|REQUESTSTATUS|LISTSNAPSHOTS|LISTBACKUP|COLSTATUS)$/.test(verb)) {
    return [asked.method === 'GET' || verb !== '' ? one(asked, 'read', 'bounded') : one(asked, 'config_change')];
  }
  if (/^(DELETE|UNLOAD|DELETESHARD|DELETEREPLICA|DELETENODE)$/.test(verb))
    return [one(asked, 'schema_drop', 'one', `action ${verb}`)];
  if (/^(RELOAD|FORCELEADER|REBALANCELEADERS)$/.test(verb)) return [one(asked, 'process_control', 'one', `action ${verb}`)];
  if (/^(BACKUP|CREATESNAPSHOT)$/.test(verb)) return [one(asked, 'export', 'one', `action ${verb}`)];
  return [one(asked, 'schema_change', 'one', `action ${verb}`)];
}

function command(asked: Asked): readonly Effect[] {
  const verb = asked.address.query.get('command') ?? '';
  if (/^(details|indexversion|filelist|status|)$/.test(verb)) return [one(asked, 'read')];
  if (verb === 'full-import') return [one(asked, 'delete', 'unknown', 'a full import replaces what is there')];
  return [one(asked, 'config_change', 'one', `command ${verb}`)];
}

/** Consul and etcd delete a whole tree with `?recurse` and `?recursive=true`. */
function recursive(asked: Asked): readonly Effect[] {
  const { query } = asked.address;
  const flag = query.get('recurse') ?? query.get('recursive');
  if (flag === null || flag === 'false') return [one(asked, 'delete', asked.address.computed ? 'unknown' : 'one')];
  const root = (asked.names.get('**') ?? '') === '';
  return [one(asked, 'delete', root ? 'unbounded' : 'unknown', root ? 'every key' : 'every key that begins so')];
}
