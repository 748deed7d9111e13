/** The last step of the build: compiles the shipped policy, so that the first start does not have to. */
import { loadPolicy } from '@countersign/decision-service';
import { createPolicyHost } from '@countersign/policy-wasm';
import { SHIPPED_CACHE } from './shipped-policy.ts';

const source = await loadPolicy('');
if (!source.ok) throw new Error(source.error.message);
const activated = await createPolicyHost({ compileCacheDir: SHIPPED_CACHE }).activate(source.value);
if (!activated.ok) throw new Error(activated.error.message);
