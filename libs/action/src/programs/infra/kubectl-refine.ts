/** What the manifests and patches in the words of kubectl, or in its input, do. */
import { pointed, shifted } from '../../reader.ts';
import type { Refine } from '../program.ts';

/** A manifest that comes by standard input and is known is judged by what it holds. */
export function byManifest(name: string): Refine {
  return (call, found, cx) => {
    const [file] = call.options.get('-f') ?? [];
    if (file?.text !== '-' || call.stdin === undefined || !call.stdin.known) return found;
    const inner = cx.embedded({ kind: 'kubernetes', name, text: call.stdin.text });
    const effects =
      call.stdin.base < 0
        ? pointed(inner.effects, call.stdin.span, `kubectl ${name}`)
        : shifted(inner.effects, call.stdin.base, `kubectl ${name}`);
    return [
      ...found.filter((effect) => !effect.targets.some((target) => target.type === 'file' && target.name === '-')),
      ...effects,
    ];
  };
}

/** A patch, or an override of a pod, is a part of an object: what it opens counts. */
export function byPart(option: string): Refine {
  return (call, found, cx) => {
    const [part] = call.options.get(option) ?? [];
    if (part === undefined || !part.known || found.every((effect) => effect.kind === 'none')) return found;
    const inner = cx
      .embedded({ kind: 'kubernetes', name: 'patch', text: part.text })
      .effects.filter((effect) => effect.kind === 'privilege_change');
    return [...found, ...pointed(inner, part.span, option)];
  };
}
