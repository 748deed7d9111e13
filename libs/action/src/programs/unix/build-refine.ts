/** Targets and scripts of a project: building and testing stay in its folder, others reach beyond it. */
import type { Effect } from '@countersign/kernel';
import type { Call, Word } from '../program.ts';
import { effect, given, opaque, valuesOf } from './define.ts';

/** A word of a target's name that says it reaches beyond the project. */
const BEYOND =
  /^(?:install|uninstall|deploy|deployment|publish|release|upload|push|apply|destroy|teardown|drop|nuke|purge|prod|production|rollback|migrate|migrations?|seed|provision|promote|rollout|ship|wipe|truncate|sync|backup|restore|send|notify|sign|exec|antrun|cd)$/iu;
/** Whole targets that run the product of the build, or a program of their own. */
const RUNS = /^(?:run|bootRun|start|serve|shell|console|repl|(?:[\w-]+:)?(?:run|java|exec))$/u;
/** Such a word means less with these beside it: `install-deps`, `release-notes`, `migration-check`. */
const HARMLESS =
  /(?:^|[:/_.-])(?:deps|dependencies|check|lint|test|tests|dry|dryrun|plan|status|notes|help|list|docs|format|validate|types|local)(?:$|[:/_.-])/iu;

/** Folders where anybody may have put something, places on the network, and what comes by a pipe. */
const FOREIGN = /^(?:-$|\/dev\/|\/proc\/|\/tmp|\/var\/tmp|\/dev\/shm|~\/Downloads|\w+:\/\/)/u;
const UNSAFE_VALUE = /[;&|`$<>()]|\n/u;
const STEERS = /^(?:\.?SHELL(?:FLAGS)?|MAKE(?:FLAGS|FILES|FILE)?|CC|CXX|LD|AR|AS|CPP|RM|MAKEFILE_LIST|PATH|LD_PRELOAD)[:+?]?=/u;

export function targeted(call: Call, found: readonly Effect[]): readonly Effect[] {
  const effects = [...found];
  const variables = call.operands.filter((word) => /^[\w.]+[:+?]?=/u.test(word.text));
  const targets = call.operands.filter((word) => !variables.includes(word));
  for (const word of variables)
    if (!word.known || STEERS.test(word.text) || UNSAFE_VALUE.test(word.text))
      effects.push(
        effect(call, 'code_execution', { on: [word], type: 'variable', scope: 'unknown', why: 'what is run for the rules' }),
      );
  effects.push(...reaching(call, targets));
  const elsewhere = [...valuesOf(call, '-C', '-f', '--init-script'), ...targets].filter(
    (word) => FOREIGN.test(word.text) || /^\.\.(?:\/|$)/u.test(word.text),
  );
  if (elsewhere.length > 0)
    effects.push(
      effect(call, 'code_execution', { on: elsewhere, type: 'folder', why: 'rules or code from outside the project' }),
    );
  return effects;
}

/** `npm run deploy`, `yarn publish-all`: by the name of the script. */
export function scripted(call: Call, found: readonly Effect[]): readonly Effect[] {
  const [script] = call.operands;
  if (script === undefined) return found;
  if (/\.[cm]?[jt]sx?$|^\.{0,2}\//u.test(script.text))
    return [effect(call, 'code_execution', { on: [script], type: 'script', why: 'runs a script that is not in the text' })];
  const beyond = reaching(call, [script]).filter((one) => one.kind !== 'write');
  return beyond.length > 0 ? beyond : found;
}

function reaching(call: Call, targets: readonly Word[]): Effect[] {
  const unknown = targets.filter((word) => !word.known);
  const beyond = targets.filter((word) => word.known && reaches(word.text));
  const effects: Effect[] = [];
  if (unknown.length > 0) effects.push(opaque(call, 'which target is only known at run time', unknown[0]));
  if (beyond.length > 0)
    effects.push(
      effect(call, 'code_execution', {
        on: beyond,
        type: 'target',
        scope: 'unknown',
        why: 'a target that reaches beyond the project',
      }),
    );
  if (beyond.length + unknown.length < targets.length || targets.length === 0)
    effects.push(
      effect(call, 'write', {
        type: 'folder',
        name: 'project',
        scope: 'bounded',
        why: 'builds or tests the project with its own rules',
      }),
    );
  return given(call, '-n') ? effects.filter((one) => one.kind !== 'write') : effects;
}

function reaches(target: string): boolean {
  if (RUNS.test(target)) return true;
  if (HARMLESS.test(target) && !/(?:^|[:/_.-])(?:drop|destroy|purge|wipe|nuke)/iu.test(target)) return false;
  return target.split(/[:/_.-]+|(?<=[a-z])(?=[A-Z])/u).some((piece) => BEYOND.test(piece));
}
