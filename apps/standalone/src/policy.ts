/** Hot reload: the policy folder is read again whenever it changes. */
import { type DecisionService, loadPolicy } from '@countersign/decision-service';
import { messageOf } from '@countersign/kernel';
import { watchPolicyFolder } from '@countersign/policy-wasm';
import type { Logger } from './log.ts';

/** Activates each change; a policy that cannot be used is logged and put on record, and the one before keeps deciding. */
export function followPolicy(folder: string, decisions: DecisionService, log: Logger): () => Promise<void> {
  if (folder === '') return () => Promise.resolve();

  async function reload(): Promise<void> {
    const source = await loadPolicy(folder);
    if (!source.ok) {
      log.error({ folder }, `the policy could not be read, the one before keeps deciding: ${source.error.message}`);
      await decisions.refusePolicy(folder, source.error.message);
      return;
    }
    const activated = await decisions.activate(source.value);
    if (activated.ok) log.info({ policy: activated.value.name, profile: activated.value.profile }, 'policy reloaded');
    else log.error({ folder }, `the policy was refused, the one before keeps deciding: ${activated.error.message}`);
  }

  return watchPolicyFolder(folder, () =>
    reload().catch((error: unknown) => log.error({ folder }, `the policy could not be reloaded: ${messageOf(error)}`)),
  );
}
