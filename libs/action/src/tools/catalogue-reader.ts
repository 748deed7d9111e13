/** Reads the operator's catalogue out of the policy's data: every problem is named, by its path. */
import { EFFECT_KINDS, type Result, err, ok } from '@countersign/kernel';
import type { Catalogue, CatalogueEffect, ToolEntry } from '../catalogue.ts';
import { isMembers } from '../http/json.ts';
import { KNOWN_SERVERS } from './entries.ts';
import { Problems, checkProgram } from './catalogue-programs.ts';

const SCOPES = ['one', 'bounded', 'unbounded', 'unknown'];
const REVERSIBLE = ['yes', 'no', 'unknown'];
const LANGUAGES = new Set('sql shell argv url path host graphql code datastore kubernetes json any word text'.split(' '));
const PATH_USES = new Set(['read', 'write', 'delete', 'tree']);

/** `data.catalogue`; all of its three parts may be left out. The error is a list of problems, one a line. */
export function parseCatalogue(json: unknown): Result<Catalogue, string> {
  const problems = new Problems();
  if (!isMembers(json)) return err('catalogue: is not an object');
  problems.onlyMembers(json, 'catalogue', ['functions', 'tools', 'programs']);
  const functions = functionsOf(json['functions'], problems);
  const tools = listAt(json['tools'], 'catalogue.tools', problems).map((item, index) =>
    toolOf(item, `catalogue.tools[${index}]`, problems),
  );
  const programs = listAt(json['programs'], 'catalogue.programs', problems).map((item, index) =>
    checkProgram(item, `catalogue.programs[${index}]`, problems),
  );
  if (problems.list.length > 0) return err(problems.list.join('\n'));
  return ok({
    functions,
    tools: tools.filter((tool) => tool !== undefined),
    programs: programs.filter((program) => program !== undefined),
  });
}

function functionsOf(value: unknown, problems: Problems): Catalogue['functions'] {
  const path = 'catalogue.functions';
  const out: Record<string, Record<string, readonly CatalogueEffect[]>> = {};
  if (value === undefined) return out;
  if (!isMembers(value)) {
    problems.add(path, 'is not an object of targets');
    return out;
  }
  for (const [target, names] of Object.entries(value)) {
    if (!isMembers(names)) {
      problems.add(`${path}.${target}`, 'is not an object of function names');
      continue;
    }
    const own: Record<string, readonly CatalogueEffect[]> = {};
    for (const [name, effects] of Object.entries(names)) {
      const here = `${path}.${target}.${name}`;
      if (name !== name.toLowerCase()) problems.add(here, 'function names are written in lower case');
      own[name] = effectsOf(effects, here, problems);
    }
    out[target] = own;
  }
  return out;
}

function effectsOf(value: unknown, path: string, problems: Problems): CatalogueEffect[] {
  return listAt(value, path, problems).flatMap((item, index) => {
    const effect = effectOf(item, `${path}[${index}]`, problems);
    return effect === undefined ? [] : [effect];
  });
}

function effectOf(value: unknown, path: string, problems: Problems): CatalogueEffect | undefined {
  if (!isMembers(value)) {
    problems.add(path, 'is not an effect');
    return undefined;
  }
  problems.onlyMembers(value, path, ['kind', 'scope', 'reversible', 'targets']);
  problems.oneOf(value['kind'], `${path}.kind`, EFFECT_KINDS);
  if (value['scope'] !== undefined) problems.oneOf(value['scope'], `${path}.scope`, SCOPES);
  if (value['reversible'] !== undefined) problems.oneOf(value['reversible'], `${path}.reversible`, REVERSIBLE);
  for (const [index, target] of listAt(value['targets'], `${path}.targets`, problems).entries()) {
    if (typeof target !== 'string' || !/^[\w.-]+:/.test(target)) problems.add(`${path}.targets[${index}]`, 'is not "type:name"');
  }
  return value as unknown as CatalogueEffect;
}

function toolOf(value: unknown, path: string, problems: Problems): ToolEntry | undefined {
  if (!isMembers(value)) {
    problems.add(path, 'is not an object');
    return undefined;
  }
  problems.onlyMembers(value, path, ['server', 'tool', 'schemaDigest', 'effects', 'arguments', 'like']);
  const like = value['like'];
  const server = problems.text(value['server'], `${path}.server`);
  const tool = value['tool'] === undefined && like !== undefined ? '*' : problems.text(value['tool'], `${path}.tool`);
  const schemaDigest =
    value['schemaDigest'] === undefined ? '' : problems.text(value['schemaDigest'], `${path}.schemaDigest`, true).toLowerCase();
  if (schemaDigest !== '' && !/^[0-9a-f]{64}$/.test(schemaDigest))
    problems.add(`${path}.schemaDigest`, 'is not a SHA-256 in hex');
  if (like !== undefined) problems.oneOf(like, `${path}.like`, KNOWN_SERVERS);
  if (tool === '*' && like === undefined) problems.add(`${path}.tool`, '"*" is only allowed together with `like`');
  const entry = {
    server,
    tool,
    schemaDigest,
    effects: effectsOf(value['effects'], `${path}.effects`, problems),
    arguments: argumentsOf(value['arguments'], `${path}.arguments`, problems),
  };
  if (like === undefined && value['effects'] === undefined && value['arguments'] === undefined) {
    problems.add(
      path,
      'says neither `effects`, `arguments` nor `like`: a tool that does nothing has "effects": [{"kind": "none"}]',
    );
  }
  return typeof like === 'string' ? { ...entry, like } : entry;
}

function argumentsOf(value: unknown, path: string, problems: Problems): Record<string, string> {
  if (value === undefined) return {};
  if (!isMembers(value)) {
    problems.add(path, 'is not an object');
    return {};
  }
  const out: Record<string, string> = {};
  for (const [name, holding] of Object.entries(value)) {
    const [language = '', detail = ''] = typeof holding === 'string' ? holding.split(':') : [];
    const known = LANGUAGES.has(language) && (language !== 'path' || PATH_USES.has(detail));
    if (typeof holding !== 'string' || !known) problems.add(`${path}.${name}`, 'is not what an argument can hold');
    else out[name] = holding;
  }
  return out;
}

function listAt(value: unknown, path: string, problems: Problems): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as readonly unknown[];
  problems.add(path, 'is not a list');
  return [];
}
