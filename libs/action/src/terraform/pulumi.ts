/** `pulumi preview --json`: steps by operation and URN. */
import type { Effect } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type JsonObject, at, listAt, textAt } from '../kubernetes/json.ts';
import type { ReadContext } from '../reader.ts';
import { type Step, changeEffects } from './change.ts';
import type { Places } from './places.ts';

const STEPS: Readonly<Record<string, Step>> = {
  same: 'none',
  create: 'create',
  update: 'update',
  delete: 'delete',
  replace: 'none',
  'create-replacement': 'create',
  'delete-replaced': 'delete',
  read: 'read',
  'read-replacement': 'read',
  refresh: 'none',
  'read-discard': 'forget',
  discard: 'forget',
  'discard-replaced': 'forget',
  'remove-pending-replace': 'none',
  import: 'import',
  'import-replacement': 'replace',
};

export function isPreview(value: JsonObject): boolean {
  return (
    Array.isArray(at(value, 'steps')) &&
    (at(value, 'changeSummary') !== undefined ||
      listAt(value, 'steps').some((step) => textAt(step, 'urn').startsWith('urn:pulumi:')))
  );
}

export function previewEffects(preview: JsonObject, places: Places, cx: ReadContext): Effect[] {
  const steps = listAt(preview, 'steps');
  const effects: Effect[] = [];
  if (listAt(preview, 'diagnostics').some((line) => textAt(line, 'severity') === 'error'))
    effects.push(opaqueEffect(places.whole, 'the preview ended in an error'));
  const summary = at(preview, 'changeSummary');
  if (steps.length === 0 && typeof summary === 'object' && summary !== null && Object.keys(summary).some((op) => op !== 'same')) {
    effects.push(opaqueEffect(places.whole, 'the preview says that there are changes, not which'));
  }
  const replaced = new Set(steps.filter((step) => textAt(step, 'op') === 'delete-replaced').map((step) => textAt(step, 'urn')));
  for (const step of steps) {
    const urn = textAt(step, 'urn');
    const op = textAt(step, 'op');
    const span = places.of(urn);
    // A replacement may be told by its parts, or as one step.
    const known = op === 'replace' && !replaced.has(urn) ? 'replace' : STEPS[op];
    if (known === undefined) {
      effects.push(opaqueEffect(span, `what becomes of ${urn} is not known`));
      continue;
    }
    const parts = urn.split('::');
    // The stack's own resource stands for nothing in the cloud.
    const type = (parts[2] ?? '').split('$').at(-1) ?? '';
    if (type === 'pulumi:pulumi:Stack' || type.startsWith('pulumi:providers:')) continue;
    effects.push(
      ...changeEffects(
        {
          address: parts.slice(3).join('::') || urn,
          type,
          step: known,
          before: at(step, 'oldState', 'inputs'),
          after: at(step, 'newState', 'inputs'),
          span,
        },
        cx,
      ),
    );
  }
  return effects;
}
