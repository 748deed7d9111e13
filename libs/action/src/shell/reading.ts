/** One reading of a shell text: what every part of the walk shares. */
import type { Effect, EffectKind, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type ReadContext, pointed, shifted } from '../reader.ts';
import type { Word } from '../programs/program.ts';
import type { Scope, ShellWord } from './scope.ts';

/** What comes in by standard input. */
export interface Input {
  /** Word for word, where it is known. */
  readonly text: Word | undefined;
  /** Something comes in that is not known. */
  readonly open: boolean;
  /** It is, or may hold, what a file or another program holds. */
  readonly data: boolean;
  /** Its lines are names of files that these words stand for. */
  readonly names?: readonly ShellWord[] | undefined;
}

export const NO_INPUT: Input = { text: undefined, open: false, data: false };

/** Shared by a text and all texts inside it: bounds the whole reading. */
export interface Allowance {
  commands: number;
  units: number;
  /** What the last command lists, for the next one in the pipeline. */
  listed: readonly ShellWord[] | undefined;
}

export interface Reading {
  readonly cx: ReadContext;
  readonly source: string;
  readonly scope: Scope;
  readonly allowance: Allowance;
  /** Shell texts inside each other. */
  readonly depth: number;
  readonly out: Effect[];
  /** Words of the outermost text that are values rather than commands and options. */
  readonly values: TextSpan[] | undefined;
  /** Beside other commands at the same time: in a pipeline or in the background. */
  readonly piped?: boolean;
}

/** Most commands that are read, functions and loops counted as often as they are read. */
export const COMMANDS = 1_000;
/** Most UTF-16 units of shell texts inside the text. */
export const UNITS = 64 * 1024;

export function inner(r: Reading, source: string, scope: Scope): Reading {
  return { cx: r.cx, source, scope, allowance: r.allowance, depth: r.depth + 1, out: [], values: undefined };
}

/** Puts a text's own effects where the text stands in the outer one. */
export function homed(effects: readonly Effect[], word: Word, via: string): readonly Effect[] {
  if (word.base >= 0) return shifted(effects, word.base, via);
  return pointed(effects, word.span, via);
}

export function say(r: Reading, kind: EffectKind, span: TextSpan, why: string, more: Partial<Effect> = {}): void {
  r.out.push({
    kind,
    scope: 'one',
    reversible: kind === 'code_execution' || kind === 'export' ? 'no' : 'unknown',
    targets: [],
    span,
    via: '',
    why,
    ...more,
  });
}

export function sayOpaque(r: Reading, span: TextSpan, why: string): void {
  r.out.push(opaqueEffect(span, why));
}

export function spanOf(node: { readonly pos: number; readonly end: number }): TextSpan {
  return { start: node.pos, end: node.end };
}
