/** Actions as they are written on a command line or in a line of NDJSON, turned into requests of the contract. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { ACTION_KINDS, type Result, err, ok } from '@countersign/kernel';
import type { decision } from '@countersign/proto';

export type DecideInit = MessageInitShape<typeof decision.DecideRequestSchema>;

/** As `countersign inspect` reads it, and a line of NDJSON may be. */
export interface FlatAction {
  readonly kind: string;
  readonly text?: string;
  readonly name?: string;
  readonly dialect?: string;
  readonly payload?: unknown;
  readonly environment?: string;
  readonly labels?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const FULL_FIELDS = [
  'requestId',
  'subject',
  'delegation',
  'action',
  'resource',
  'purpose',
  'declaredEffects',
  'session',
  'model',
  'context',
  'traceparent',
  'grant',
];
const FLAT_FIELDS = ['kind', 'text', 'name', 'dialect', 'payload', 'environment', 'labels'];

/**
 * The line as an object, or what is wrong with it. An unknown field is wrong: a typing mistake must not change a decision. Where
 * `ignored` is given, unknown fields of the flat shape go there instead: lines for an inspection often carry notes of their own.
 */
export function parseLine(line: string, ignored?: Set<string>): Result<DecideInit, string> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return err('not JSON');
  }
  if (!isObject(value)) return err('not a JSON object');
  try {
    return ok('action' in value ? fullRequest(value) : requestOfFlat(flatAction(value, ignored)));
  } catch (thrown) {
    if (thrown instanceof BadField) return err(thrown.message);
    throw thrown;
  }
}

/** The flat shape, checked. Throws BadField. */
function flatAction(value: Fields, ignored?: Set<string>): FlatAction {
  if (ignored === undefined) known(value, '', FLAT_FIELDS);
  else for (const name of Object.keys(value)) if (!FLAT_FIELDS.includes(name)) ignored.add(name);
  return {
    kind: kindOf(value, ''),
    ...optional(value, ['text', 'name', 'dialect', 'environment'], ''),
    ...('payload' in value ? { payload: value.payload } : {}),
    ...('labels' in value ? { labels: texts(value.labels, 'labels') } : {}),
  };
}

export function requestOfFlat(flat: FlatAction): DecideInit {
  return {
    action: {
      kind: flat.kind,
      text: flat.text ?? '',
      name: flat.name ?? '',
      dialect: flat.dialect ?? '',
      payloadJson: jsonBytes(flat.payload),
    },
    resource: { environment: flat.environment ?? '', labels: [...(flat.labels ?? [])] },
  };
}

function fullRequest(value: Fields): DecideInit {
  known(value, '', FULL_FIELDS);
  const action = child(value, 'action');
  known(action, 'action.', ['kind', 'name', 'text', 'dialect', 'payload']);
  const resource = 'resource' in value ? child(value, 'resource') : {};
  known(resource, 'resource.', ['type', 'id', 'environment', 'labels']);
  const model = 'model' in value ? child(value, 'model') : {};
  known(model, 'model.', ['provider', 'model']);
  const { session, ...named } = optional(value, ['requestId', 'purpose', 'session', 'traceparent', 'grant'], '');
  return {
    ...named,
    sessionId: session ?? '',
    ...('declaredEffects' in value ? { declaredEffects: texts(value.declaredEffects, 'declaredEffects') } : {}),
    ...('subject' in value ? { subject: subjectOf(child(value, 'subject'), 'subject.') } : {}),
    delegation: list(value.delegation ?? [], 'delegation').map((link, index) => {
      if (!isObject(link)) throw new BadField(`delegation[${index}] must be an object`);
      return subjectOf(link, `delegation[${index}].`);
    }),
    action: {
      kind: kindOf(action, 'action.'),
      ...optional(action, ['name', 'text', 'dialect'], 'action.'),
      payloadJson: jsonBytes(action.payload),
    },
    resource: {
      ...optional(resource, ['type', 'id', 'environment'], 'resource.'),
      labels: texts(resource.labels ?? [], 'resource.labels'),
    },
    model: optional(model, ['provider', 'model'], 'model.'),
    contextJson: jsonBytes(value.context),
  };
}

function subjectOf(value: Fields, where: string): { id: string; owner: string; attributesJson: Uint8Array } {
  known(value, where, ['id', 'owner', 'attributes']);
  const { id = '', owner = '' } = optional(value, ['id', 'owner'], where);
  return { id, owner, attributesJson: jsonBytes(value.attributes) };
}

class BadField extends Error {}

function known(value: Fields, where: string, fields: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !fields.includes(name));
  if (unknown !== undefined) throw new BadField(`there is no field "${where}${unknown}" (known: ${fields.join(', ')})`);
}

function kindOf(value: Fields, where: string): string {
  const { kind } = value;
  if (typeof kind === 'string' && (ACTION_KINDS as readonly string[]).includes(kind)) return kind;
  throw new BadField(`"${where}kind" must be one of ${ACTION_KINDS.join(', ')}`);
}

/** The named fields that are there; each must be a text. */
function optional<K extends string>(value: Fields, names: readonly K[], where: string): { readonly [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const name of names) {
    const field = value[name];
    if (field === undefined || field === null) continue;
    if (typeof field !== 'string') throw new BadField(`"${where}${name}" must be a text`);
    found[name] = field;
  }
  return found;
}

function child(value: Fields, name: string): Fields {
  const found = value[name];
  if (!isObject(found)) throw new BadField(`"${name}" must be an object`);
  return found;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new BadField(`"${name}" must be a list`);
  return value;
}

function texts(value: unknown, name: string): string[] {
  return list(value, name).map((item) => {
    if (typeof item !== 'string') throw new BadField(`"${name}" must be a list of texts`);
    return item;
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonBytes(value: unknown): Uint8Array {
  return value === undefined || value === null ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(value));
}
