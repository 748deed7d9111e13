/** Which effect kinds fit the words with which a label's author says what an action does. */
import type { EffectKind } from '@countersign/kernel';

/** Word stems of the labels' own vocabulary, most telling first. A label that none fits is not counted. */
const KINDS_OF_WORDS: readonly (readonly [RegExp, readonly EffectKind[]])[] = [
  [/drop|destructive-ddl|cascade/, ['schema_drop']],
  [/truncate|delete-no-where|merge-delete/, ['delete']],
  [/update-no-where/, ['write']],
  [/no-where/, ['write', 'delete']],
  [/privilege|rls-off|setuid|permission/, ['privilege_change', 'identity_change', 'config_change', 'schema_drop']],
  [/sudo/, ['identity_change', 'privilege_change']],
  [/copy-out|exfil|post of/, ['export', 'code_execution', 'secret_read']],
  [/persistence|rc alias|cron|shell rc|ld_preload/, ['persistence', 'code_execution', 'config_change']],
  [/mass kill|service stop|shutdown/, ['process_control']],
  [/clear history|timestomp/, ['log_tamper', 'delete', 'write']],
  [/delete of|data destruction|rm-rf|clean-force/, ['delete', 'log_tamper']],
  [/reset-hard|push-force|stash-drop/, ['history_rewrite', 'delete']],
  [/read of sensitive|creds|private keys|shadow|ssh keys/, ['secret_read', 'read', 'privilege_change', 'export']],
  [/create account|account/, ['privilege_change', 'config_change', 'delete', 'infra_destroy']],
  [/kernel module/, ['code_execution', 'config_change']],
  [/download/, ['code_execution', 'network', 'write']],
];

/** True or false where the label says which kind to expect; undefined where it does not. An opaque reading never fits. */
export function kindFits(said: string, kinds: readonly string[]): boolean | undefined {
  const row = KINDS_OF_WORDS.find(([words]) => words.test(said.toLowerCase()));
  return row === undefined ? undefined : row[1].some((kind) => kinds.includes(kind));
}
