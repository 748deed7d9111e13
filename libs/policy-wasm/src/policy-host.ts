/**
 * The policy that decides now. A new one is built completely aside and then swapped in by one assignment; a refused one changes
 * nothing. The one before stays ready for rollback.
 */
import { type Result, err, messageOf, ok } from '@countersign/kernel';
import type { Evaluator, PolicyBundle } from '@countersign/ports';
import { SERVED } from './builtins/index.ts';
import { compileSource, unservedBuiltins } from './compile/compile.ts';
import { type ActivePolicy, openPolicy } from './host/policy.ts';
import { type PolicyProblem, plainProblem } from './problem.ts';
import { type PolicySource, isObject, policyDigest, profileOf } from './source.ts';

export interface PolicyHostOptions {
  /** Where compiled policies are kept between starts; made when it is missing. Without it every activation compiles. */
  readonly compileCacheDir?: string;
  /** For compilation and trial together, in ms. */
  readonly compileLimitMs?: number;
  /** Inputs that a policy must survive before it may decide; by default a small, ordinary one and an empty one. */
  readonly trials?: readonly Uint8Array[];
  /** Judges the answer to each trial (undefined: the policy had none); a text refuses the policy. */
  readonly judge?: (answer: Uint8Array | undefined) => string | undefined;
  /** Told what does not stop an activation, such as a cache that cannot be written. */
  readonly onWarning?: (message: string) => void;
}

export interface PolicyHost extends Evaluator {
  /** Refusals leave the present bundle deciding. Throws an EnvironmentError when the compiler cannot run. One at a time, in order. */
  activate(source: PolicySource): Promise<Result<PolicyBundle, PolicyProblem>>;
  /** Back to the bundle before this one; a second call goes forward again. */
  rollback(): Result<PolicyBundle, PolicyProblem>;
  /** Evaluates this input as often as asked, so that the compiler of the JavaScript engine has seen the policy before a caller has. */
  warm(input: Uint8Array, times?: number): void;
}

const WARM_EVALUATIONS = 500;

export function createPolicyHost(options: PolicyHostOptions = {}): PolicyHost {
  const trials = options.trials ?? DEFAULT_TRIALS;
  let active: ActivePolicy | undefined;
  let previous: ActivePolicy | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function present(): ActivePolicy {
    if (active === undefined) throw new Error('no policy is active');
    return active;
  }

  async function build(source: PolicySource): Promise<Result<ActivePolicy, PolicyProblem>> {
    const compiled = await compileSource(source, {
      trials,
      ...(options.compileCacheDir === undefined ? {} : { cacheDir: options.compileCacheDir }),
      ...(options.compileLimitMs === undefined ? {} : { limitMs: options.compileLimitMs }),
      ...(options.onWarning === undefined ? {} : { onWarning: options.onWarning }),
    });
    if (!compiled.ok) return compiled;
    const { reads } = compiled.value;
    const bundle = { digest: policyDigest(source), name: source.name, profile: profileOf(source), reads, ...catalogueOf(source) };
    try {
      const module = await WebAssembly.compile(compiled.value.wasm);
      const policy = openPolicy(bundle, module, Buffer.from(JSON.stringify(source.data)), SERVED);
      const unserved = unservedBuiltins(policy.builtins, compiled.value);
      if (unserved) return err(unserved);
      for (const trial of trials) {
        const complaint = options.judge?.(policy.evaluate(trial));
        if (complaint !== undefined) return err(plainProblem('evaluation', complaint));
      }
      return ok(policy);
    } catch (thrown) {
      return err(plainProblem('evaluation', messageOf(thrown)));
    }
  }

  async function activate(source: PolicySource): Promise<Result<PolicyBundle, PolicyProblem>> {
    const built = await build(source);
    if (!built.ok) return built;
    previous = active;
    active = built.value;
    return ok(active.bundle);
  }

  return {
    get bundle() {
      return present().bundle;
    },
    evaluate: (input) => present().evaluate(input),
    evaluateParts: (parts) => present().evaluateParts(parts),
    activate(source) {
      const turn = queue.then(() => activate(source));
      queue = turn.catch(() => undefined);
      return turn;
    },
    rollback() {
      if (previous === undefined) return err(plainProblem('rollback', 'there is no earlier policy to go back to'));
      [active, previous] = [previous, active];
      return ok(present().bundle);
    },
    warm(input, times = WARM_EVALUATIONS) {
      const policy = present();
      for (let count = 0; count < times; count += 1) policy.evaluate(input);
    },
  };
}

function catalogueOf({ data }: PolicySource): Pick<PolicyBundle, 'catalogue'> {
  const catalogue = isObject(data) ? data['catalogue'] : undefined;
  return catalogue === undefined ? {} : { catalogue };
}

const ORDINARY_INPUT = {
  subject: { type: 'agent', id: 'agent:trial', owner: 'person:trial', attributes: {} },
  delegation: [],
  action: { kind: 'sql', name: '', dialect: 'postgresql', text: 'SELECT 1', payload: null, digest: '' },
  effects: [{ kind: 'read', scope: 'bounded', reversible: 'yes', targets: [], span: { start: 0, end: 8 }, via: '', why: '' }],
  resource: { type: 'database', id: 'trial', environment: 'development', labels: [] },
  purpose: '',
  session: { id: '' },
  model: { provider: '', model: '' },
  context: {},
  approval: null,
  time: '2026-01-01T00:00:00.000Z',
};

const DEFAULT_TRIALS: readonly Uint8Array[] = [Buffer.from(JSON.stringify(ORDINARY_INPUT)), Buffer.from('{}')];
