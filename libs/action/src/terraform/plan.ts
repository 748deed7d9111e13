/** The plan of Terraform and OpenTofu: `show -json`, and the lines of `plan -json`. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type Json, type JsonObject, at, isObject, listAt, objectAt, textAt, textsAt } from '../kubernetes/json.ts';
import { type ReadContext, pointed } from '../reader.ts';
import { type Change, type Step, changeEffects, effect, provisioners } from './change.ts';
import type { Places } from './places.ts';

export function isPlan(value: JsonObject): boolean {
  return (
    at(value, 'resource_changes') !== undefined ||
    (textAt(value, 'format_version') !== '' && at(value, 'planned_values') !== undefined)
  );
}

/** `terraform show -json` of a state. */
export function isState(value: JsonObject): boolean {
  return (
    textAt(value, 'format_version') !== '' && at(value, 'values') !== undefined && at(value, 'resource_changes') === undefined
  );
}

export function planEffects(plan: JsonObject, places: Places, cx: ReadContext): Effect[] {
  const effects: Effect[] = [];
  const whole = places.whole;
  if (!/^[01]\./.test(textAt(plan, 'format_version'))) effects.push(opaqueEffect(whole, 'a plan of a format that is not known'));
  if (at(plan, 'errored') === true) effects.push(opaqueEffect(whole, 'the plan ended in an error: it does not hold all changes'));
  if (at(plan, 'complete') === false || listAt(plan, 'deferred_changes').length > 0)
    effects.push(opaqueEffect(whole, 'the plan leaves changes for later'));
  if (listAt(plan, 'action_invocations').length > 0) effects.push(opaqueEffect(whole, 'the plan invokes actions of a provider'));
  for (const row of listAt(plan, 'resource_changes')) effects.push(...rowEffects(row, places, cx));
  effects.push(...commandEffects(plan, places, cx));
  return effects;
}

function rowEffects(row: Json, places: Places, cx: ReadContext): Effect[] {
  const address = textAt(row, 'address') || `${textAt(row, 'type')}.${textAt(row, 'name')}`;
  const span = places.of(address);
  const steps = stepsOf(textsAt(row, 'change', 'actions'));
  if (steps === undefined) return [opaqueEffect(span, `what becomes of ${address} is not known`)];
  const change: Omit<Change, 'step'> = {
    address,
    type: textAt(row, 'type'),
    before: at(row, 'change', 'before'),
    after: at(row, 'change', 'after'),
    span,
  };
  const found = steps.flatMap((step) => changeEffects({ ...change, step }, cx));
  if (at(row, 'change', 'importing') !== undefined && at(row, 'change', 'importing') !== null)
    found.push(...changeEffects({ ...change, step: 'import' }, cx));
  if (textAt(row, 'previous_address') !== '') found.push(...changeEffects({ ...change, step: 'move' }, cx));
  return found;
}

function stepsOf(actions: readonly string[]): Step[] | undefined {
  switch (actions.join(' ')) {
    case 'no-op':
      return ['none'];
    case 'create':
    case 'read':
    case 'update':
    case 'delete':
    case 'forget':
      return [actions[0] as Step];
    case 'delete create':
    case 'create delete':
      return ['replace'];
    case 'create forget':
    case 'forget create':
      return ['forget', 'create'];
    default:
      return undefined;
  }
}

/** Commands that run on this machine, or over there, when a resource is made. */
function commandEffects(plan: JsonObject, places: Places, cx: ReadContext): Effect[] {
  const made = new Set(
    listAt(plan, 'resource_changes')
      .filter((row) => textsAt(row, 'change', 'actions').some((action) => action === 'create' || action === 'delete'))
      .map((row) => `${textAt(row, 'type')}.${textAt(row, 'name')}`),
  );
  const effects: Effect[] = [];
  for (const resource of provisioners(objectAt(plan, 'configuration'))) {
    const type = textAt(resource, 'type');
    const address = textAt(resource, 'address') || `${type}.${textAt(resource, 'name')}`;
    const span = places.of(address);
    if (textAt(resource, 'mode') === 'data' && type === 'external')
      effects.push(effect({ address, type, span }, 'code_execution', 'one', 'runs a program of this machine'));
    if (!made.has(`${type}.${textAt(resource, 'name')}`)) continue;
    for (const provisioner of listAt(resource, 'provisioners'))
      effects.push(...provisionerEffects(provisioner, { address, type, span }, cx));
  }
  return effects;
}

function provisionerEffects(
  provisioner: Json,
  change: { address: string; type: string; span: TextSpan },
  cx: ReadContext,
): Effect[] {
  const command = textAt(provisioner, 'expressions', 'command', 'constant_value');
  const via = `${textAt(provisioner, 'type')} of ${change.address}`;
  const runs = effect(
    change,
    'code_execution',
    'one',
    textAt(provisioner, 'type') === 'local-exec' ? 'runs a command on this machine' : 'runs commands on the new machine',
  );
  return command === '' ? [runs] : [runs, ...pointed(cx.embedded({ kind: 'shell', text: command }).effects, change.span, via)];
}

const UI_STEPS: Readonly<Record<string, Step>> = {
  noop: 'none',
  create: 'create',
  read: 'read',
  update: 'update',
  replace: 'replace',
  delete: 'delete',
  remove: 'forget',
  forget: 'forget',
  import: 'import',
  move: 'move',
};

/** The lines of `terraform plan -json`, which hold no values: only types and addresses count. Nothing where these are not such lines. */
export function lineEffects(lines: readonly JsonObject[], places: Places, cx: ReadContext): Effect[] | undefined {
  if (
    !lines.some(
      (line) =>
        textAt(line, 'type') === 'version' ||
        textAt(line, 'type') === 'planned_change' ||
        textAt(line, 'type') === 'change_summary',
    )
  )
    return undefined;
  const effects: Effect[] = [];
  let ended = false;
  for (const line of lines) {
    const type = textAt(line, 'type');
    if (type === 'change_summary') ended = true;
    if (type === 'diagnostic' && textAt(line, 'diagnostic', 'severity') === 'error')
      effects.push(opaqueEffect(places.whole, 'the plan ended in an error'));
    if (type !== 'planned_change') continue;
    const resource = objectAt(line, 'change', 'resource');
    const address = textAt(resource, 'addr');
    const span = places.of(address);
    const step = UI_STEPS[textAt(line, 'change', 'action')];
    if (step === undefined) effects.push(opaqueEffect(span, `what becomes of ${address} is not known`));
    else
      effects.push(
        ...changeEffects(
          { address, type: textAt(resource, 'resource_type'), step, before: undefined, after: undefined, span },
          cx,
        ),
      );
  }
  if (!ended) effects.push(opaqueEffect(places.whole, 'the lines of the plan are not complete'));
  return effects;
}

export function objectsOf(text: string, most: number): JsonObject[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || lines.length > most) return undefined;
  const objects: JsonObject[] = [];
  for (const line of lines) {
    if (!line.trimStart().startsWith('{')) return undefined;
    try {
      const value = JSON.parse(line) as Json;
      if (!isObject(value)) return undefined;
      objects.push(value);
    } catch {
      return undefined;
    }
  }
  return objects;
}
