/** Which names of a program are given different values in different places. */
import type { Expression } from './expression.ts';

const MOST = 20_000;

export function changingNames(program: readonly Expression[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const changing = new Set<string>();
  const pending: Expression[] = [...program];
  for (let steps = 0; pending.length > 0 && steps < MOST; steps++) {
    const next = pending.pop() as Expression;
    if (next.type === 'assign') {
      const written = signature(next.value) ?? `${next.span.start}`;
      for (const name of namesIn(next.target)) {
        // Names that a reader makes up for itself are used at once.
        if (name.startsWith(' ')) continue;
        const before = first.get(name);
        if (before !== undefined && before !== written) changing.add(name);
        first.set(name, written);
      }
    }
    pending.push(...partsOf(next));
  }
  return changing;
}

function namesIn(target: Expression): string[] {
  if (target.type === 'name') return [target.name];
  if (target.type === 'list') return target.items.flatMap(namesIn);
  return target.type === 'other' ? target.parts.flatMap(namesIn) : [];
}

/** The same for expressions that say the same; undefined for those that are not compared. */
function signature(expression: Expression): string | undefined {
  if (expression.type === 'text') return `text ${expression.value}`;
  if (expression.type === 'name') return `name ${expression.name}`;
  if (expression.type !== 'member') return undefined;
  const object = signature(expression.object);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'list':
      return expression.items;
    case 'join':
    case 'other':
      return expression.parts;
    case 'member':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.args.map((argument) => argument.value)];
    case 'assign':
      return [expression.target, expression.value];
    case 'function':
      return expression.body;
    default:
      return [];
  }
}
