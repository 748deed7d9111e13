/** A decision for people: the verdict, why, and the place in the text. */
import type { EffectJson, ReasonJson, VerdictJson, VerdictWord } from '../decision-json.ts';
import type { Colors } from '../host.ts';
import { clip, shown } from './escape.ts';
import { type Mark, underline } from './underline.ts';

const HARMLESS = new Set(['none', 'session', 'read']);
/** More is in --json. */
const CAP_MARKS = 8;
const CAP_REASONS = 10;
const CAP_WORDS_COLUMNS = 160;

const VERDICTS: Readonly<Record<VerdictWord, string>> = {
  allow: 'ALLOW',
  deny: 'DENY',
  require_approval: 'APPROVAL REQUIRED',
};

export function verdictLine({ verdict, risk, effectsInWords }: VerdictJson, colors: Colors): string {
  const paint = { allow: colors.green, deny: colors.red, require_approval: colors.yellow }[verdict];
  const words = effectsInWords === '' ? '' : `  ${clip(shown(effectsInWords), CAP_WORDS_COLUMNS)}`;
  return `${colors.bold(paint(VERDICTS[verdict]))}  risk ${risk} of 100${words}`;
}

/** Lines: verdict, reasons, and the text with what it would do. `text` may be empty (a payload without text). */
export function decisionLines(decision: VerdictJson, text: string, colors: Colors): readonly string[] {
  return [verdictLine(decision, colors), ...reasonLines(decision.reasons, colors), ...effectLines(decision.effects, text)];
}

export function reasonLines(reasons: readonly ReasonJson[], colors: Colors): readonly string[] {
  const lines = reasons.slice(0, CAP_REASONS).map(({ rule, severity, message }) => {
    const level = severity === '' ? '' : ` [${shown(severity)}]`;
    return `  ${colors.cyan(shown(rule))}${level}  ${shown(message)}`;
  });
  return reasons.length > CAP_REASONS ? [...lines, `  and ${reasons.length - CAP_REASONS} more reasons (--json)`] : lines;
}

/** What weighs is marked; where all is harmless, that is. */
export function effectLines(effects: readonly EffectJson[], text: string): readonly string[] {
  const weighty = effects.filter(({ kind }) => !HARMLESS.has(kind));
  const told = (weighty.length > 0 ? weighty : effects).slice(0, CAP_MARKS);
  if (text === '') return told.map((effect) => `  ${effectLabel(effect)}`);
  const marks: Mark[] = told.map((effect) => ({ ...effect.span, label: effectLabel(effect) }));
  const lines = underline(text, marks).map((line) => `  ${line}`);
  const more = weighty.length - CAP_MARKS;
  return ['', ...lines, ...(more > 0 ? [`  and ${more} more effects (--json)`] : [])];
}

const CAP_LABEL_COLUMNS = 100;

/** For instance: `delete table customers, unbounded, cannot be undone`. */
export function effectLabel({ kind, scope, reversible, targets, via, why }: EffectJson): string {
  const names = targets.slice(0, 3).map(({ type, name }) => `${type} ${name}`.trim());
  const more = targets.length > names.length ? ` and ${targets.length - names.length} more` : '';
  const parts = [
    `${kind} ${names.join(', ')}${more}`.trim(),
    scope === 'unbounded' ? 'everything in it' : '',
    scope === 'unknown' && kind !== 'none' ? 'how much is not known' : '',
    reversible === 'no' ? 'cannot be undone' : '',
    via === '' ? '' : `through ${via}`,
    why,
  ];
  return clip(shown(parts.filter((part) => part !== '').join('; ')), CAP_LABEL_COLUMNS);
}
