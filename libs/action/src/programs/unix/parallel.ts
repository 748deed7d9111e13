/** GNU parallel: its template with each argument put in is a shell command line of its own. */
import type { Effect } from '@countersign/kernel';
import { pointed, type ReadContext } from '../../reader.ts';
import type { Call, Word } from '../program.ts';
import { effect, given, opaque } from './define.ts';

/** Command lines that are read of one call; more arguments than that are not all read. */
const MOST = 16;

/** An argument that is only known at run time. */
const UNKNOWN = '"$argument"';

export function parallelled(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  const template: Word[] = [];
  const groups: string[][] = [];
  let fromFile = false;
  for (const word of call.operands) {
    if (/^:::\+?$/u.test(word.text)) groups.push([]);
    else if (/^::::\+?$/u.test(word.text)) {
      fromFile = true;
      groups.push([]);
    } else if (groups.length === 0) template.push(word);
    else groups[groups.length - 1]?.push(fromFile || !word.known ? UNKNOWN : word.text);
  }
  if (template.length === 0 && groups.length === 0)
    return call.words.length === 0 ? [opaque(call, 'the commands come from standard input')] : found;
  if (fromFile) for (const group of groups) group.fill(UNKNOWN);
  const rounds = Math.max(1, ...groups.map((group) => group.length));
  if (rounds > MOST) return [...found, opaque(call, `more than ${MOST} arguments`)];
  const effects = [...found];
  for (let round = 0; round < rounds; round += 1) {
    // Without -q the template loses one level of quotes; both readings count, as versions differ.
    const texts = new Set([filled(template, groups, round, given(call, '-q')), filled(template, groups, round, true)]);
    for (const text of texts) effects.push(...pointed(cx.embedded({ kind: 'shell', text }).effects, call.span, 'parallel'));
  }
  return given(call, '--dry-run', '--dryrun') ? [effect(call, 'none')] : effects;
}

/** `xargs -I{}`: what stands for an argument is only known at run time. */
export function replaced(call: Call, found: readonly Effect[]): readonly Effect[] {
  const marks = ['-I', '-i', '-J'].flatMap((option) =>
    (call.options.get(option) ?? []).map((word) => (word === undefined || word.text === '' ? '{}' : word.text)),
  );
  if (marks.length === 0) return found;
  return found.map((one) => {
    if (
      one.kind === 'none' ||
      one.scope === 'unbounded' ||
      !one.targets.some(({ name }) => marks.some((mark) => name.includes(mark)))
    )
      return one;
    return { ...one, scope: 'unknown' as const, why: one.why === '' ? 'what it stands for is only known at run time' : one.why };
  });
}

function filled(template: readonly Word[], groups: readonly (readonly string[])[], round: number, quoting: boolean): string {
  const chosen = groups.map((group) => group[Math.min(round, group.length - 1)] ?? UNKNOWN);
  if (groups.length === 0) chosen.push(UNKNOWN);
  const all = chosen.join(' ');
  if (template.length === 0) return all;
  let used = false;
  const words = template.map((word) => {
    // parallel hands its template to a shell as it is, so a quoted word is split again there; -q keeps it together.
    const text = quoting && !/^[\w./:=@{}+,-]+$/u.test(word.text) ? `'${word.text.replaceAll("'", `'\\''`)}'` : word.text;
    return text.replaceAll(/\{(\d*)[^{}\s]{0,3}\}/gu, (_, index: string) => {
      used = true;
      return index === '' ? all : (chosen[Number(index) - 1] ?? UNKNOWN);
    });
  });
  return used ? words.join(' ') : `${words.join(' ')} ${all}`;
}
