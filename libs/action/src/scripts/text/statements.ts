/**
 * Perl and Ruby one-liners. Perl has no parser but itself, and Ruby's is a hundred times the size of what one-liners need, so only
 * programs are read of which every statement has a known form from end to end; whatever else stands there makes the program opaque.
 */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { type ReadContext, pointed } from '../../reader.ts';
import { quote } from '../deeds.ts';

/** Longer statements are not looked at: what they hold is no one-liner, and patterns take their time. */
const LONGEST = 240;

/** A form of a statement. `deed` is a command line in which `$1` is the constant text of the first string; '-' for one that only computes. */
export interface Form {
  readonly pattern: RegExp;
  readonly deed: string;
}

/** Words that act, wherever they stand: named in the reason when a program is not read. */
export interface Alarm {
  readonly pattern: RegExp;
  readonly kind: 'code_execution' | 'delete' | 'network' | 'write';
  readonly why: string;
}

export function readStatements(
  text: string,
  forms: readonly Form[],
  alarms: readonly Alarm[],
  cx: ReadContext,
): readonly Effect[] {
  const out: Effect[] = [];
  for (const { start, end } of statementsOf(text)) {
    const statement = text.slice(start, end);
    const form = statement.length > LONGEST ? undefined : forms.find(({ pattern }) => pattern.test(statement));
    if (form === undefined) {
      alarm(statement, { start, end }, alarms, out);
      out.push(opaqueEffect({ start, end }, 'a statement that this reader does not know'));
    } else if (form.deed !== '-') act(form, statement, { start, end }, cx, out);
  }
  return out;
}

function act(form: Form, statement: string, span: TextSpan, cx: ReadContext, out: Effect[]): void {
  const match = form.pattern.exec(statement);
  const via = /^[\w:.]+/.exec(statement)?.[0] ?? '`…`';
  const texts = (match ?? []).slice(1).filter((group): group is string => group !== undefined);
  const values = texts.map(constant);
  if (values.includes(undefined)) {
    out.push(opaqueEffect(span, 'what it acts on is worked out when it runs', via));
    return;
  }
  const command = form.deed
    .replaceAll(/\$(\d)/g, (_, i: string) => values[Number(i) - 1] ?? '')
    .replaceAll(/@(\d)/g, (_, i: string) => quote(values[Number(i) - 1] ?? ''));
  const { effects } = cx.embedded({ kind: 'shell', text: command });
  out.push(...pointed(effects, span, via).filter((effect) => effect.kind !== 'none'));
}

/** The content of a string that holds no variable and no escape that matters; undefined for others. */
function constant(literal: string): string | undefined {
  const double = literal.startsWith('"') || literal.startsWith('`');
  const content = /^["'`]/.test(literal) ? literal.slice(1, -1) : literal;
  if (double && /[$@]\w|[$@{]\{|#\{/.test(content)) return undefined;
  return content.replaceAll(/\\(["'`\\$@/])/g, '$1');
}

function alarm(statement: string, span: TextSpan, alarms: readonly Alarm[], out: Effect[]): void {
  for (const { pattern, kind, why } of alarms) {
    if (pattern.test(statement))
      out.push({
        kind,
        scope: 'unknown',
        reversible: 'unknown',
        targets: [],
        span,
        via: pattern.exec(statement)?.[0] ?? '',
        why,
      });
  }
}

/** Cut at `;` and line ends outside quotes. */
function statementsOf(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let from = 0;
  let open = '';
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (open !== '') open = char === open ? '' : open;
    else if (char === '"' || char === "'" || char === '`') open = char;
    else if (char === ';' || char === '\n' || char === undefined) {
      const piece = text.slice(from, i);
      const lead = piece.length - piece.trimStart().length;
      const trimmed = piece.trim();
      if (trimmed !== '' && !trimmed.startsWith('#')) spans.push({ start: from + lead, end: from + lead + trimmed.length });
      from = i + 1;
    }
  }
  if (open !== '' && from < text.length) spans.push({ start: from, end: text.length });
  return spans;
}
