/** English verbs of a stated purpose → what somebody who says so may be expected to do. Data for `intent.ts`. */
import type { EffectKind } from '@countersign/kernel';

/**
 * Base forms; the regular inflections ("checks", "checked", "checking", "dropped") are added. Words that say little ("get", "see",
 * "answer", "help") are left out on purpose: with none of these words in it, a purpose declares nothing.
 */
const VERBS: readonly (readonly [words: string, ...kinds: EffectKind[]])[] = [
  [
    'read view show list search query inspect count analyse analyze investigate diagnose debug monitor summarise summarize explain ' +
      'describe review audit verify validate compare examine display browse select retrieve lookup check look trace profile measure',
    'read',
  ],
  ['fetch pull ping', 'read', 'network'],
  ['download', 'read', 'network', 'write'],
  ['clone', 'read', 'network', 'write'],
  ['connect tunnel', 'network'],
  [
    'write add insert edit save store record fill backfill import load seed correct mark upsert merge append register assign ' +
      'refund cancel approve reject close reopen pay book charge credit subscribe unsubscribe post comment tag label note translate',
    'write',
  ],
  ['update change modify adjust revise', 'write', 'schema_change', 'config_change', 'infra_change'],
  ['set toggle', 'write', 'config_change'],
  ['fix repair resolve mend', 'write', 'schema_change', 'config_change', 'infra_change', 'process_control'],
  ['copy replicate mirror sync synchronise synchronize', 'write', 'export', 'network'],
  ['move rename replace archive anonymise anonymize', 'write', 'delete', 'schema_change'],
  ['create make', 'write', 'schema_change', 'infra_create'],
  ['delete remove purge clean cleanup clear prune erase truncate wipe discard expire trim deduplicate forget', 'delete', 'write'],
  ['drop', 'schema_drop', 'delete'],
  ['alter index partition refactor restructure', 'schema_change', 'write'],
  ['export dump extract send share upload transfer email', 'export', 'network'],
  ['publish release', 'export', 'network', 'infra_change', 'code_execution'],
  ['backup back', 'export', 'write'],
  ['restore recover revert undo', 'write', 'delete', 'schema_change', 'schema_drop', 'infra_change'],
  ['grant revoke permit authorise authorize onboard offboard', 'privilege_change', 'write'],
  ['impersonate', 'identity_change'],
  ['configure reconfigure tune enable disable', 'config_change', 'write'],
  ['rotate', 'secret_read', 'write', 'config_change', 'privilege_change'],
  ['decrypt', 'secret_read'],
  ['run execute build compile test install lint', 'code_execution', 'write', 'process_control', 'network'],
  ['restart start stop kill terminate reload reboot drain cordon', 'process_control', 'infra_change'],
  ['deploy rollout roll patch upgrade apply', 'infra_create', 'infra_change', 'code_execution', 'process_control', 'network'],
  ['provision launch', 'infra_create'],
  ['scale resize', 'infra_change'],
  ['destroy decommission deprovision teardown tear', 'infra_destroy', 'delete', 'schema_drop'],
  ['rebase squash amend rewrite', 'history_rewrite', 'write'],
  ['commit push', 'write', 'export', 'network'],
  ['schedule automate', 'persistence', 'write'],
];

/** Whoever says so may do anything: nothing can be told from it. */
const BROAD = 'maintain manage handle process administer operate migrate migration maintenance';

/** A verb behind one of these says what will not happen: "without deleting", "do not change". */
export const NEGATIONS: ReadonlySet<string> = new Set(['not', 'no', 'never', 'without', 'dont', 'cannot', 'nothing', 'avoid']);

/** By lower-case word. */
export const PURPOSE_WORDS: ReadonlyMap<string, readonly EffectKind[]> = new Map(
  VERBS.flatMap(([words, ...kinds]) =>
    words.split(' ').flatMap((word) => inflections(word).map((form) => [form, kinds] as const)),
  ),
);

export const BROAD_WORDS: ReadonlySet<string> = new Set(BROAD.split(' ').flatMap(inflections));

/** For the reference page: the base forms in their groups. */
export const PURPOSE_VERBS = VERBS;

export const BROAD_VERBS = BROAD;

function inflections(word: string): string[] {
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(word) ? word + word.slice(-1) : word;
  const short = word.endsWith('e') ? word.slice(0, -1) : doubled;
  const past = word.endsWith('y') && !/[aeiou]y$/.test(word) ? `${word.slice(0, -1)}ied` : `${short}ed`;
  const third = /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : past.endsWith('ied') ? `${word.slice(0, -1)}ies` : `${word}s`;
  return [word, third, past, `${short}ing`];
}
