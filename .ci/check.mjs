// The checks that are neither build nor test: type-aware lint, types of the specs, boundary canary, contracts, licences, lockfile.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LICENCES =
  /^\(?(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|MPL-2\.0|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0)\b/;
const steps = [
  ['types of the specs', () => run('node', ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.spec.json'])],
  ['type-aware lint', () => run('node', ['node_modules/eslint/bin/eslint.js', '-c', 'eslint.typed.config.mjs', '.'])],
  ['the boundary canary fails its lint', checkCanary],
  ['contracts: lint', () => run('buf', ['lint', 'proto'])],
  ['contracts: nothing broken since the commit before', checkBreaking],
  ['generated code is what the contracts generate', checkGenerated],
  ['licences of what users install', checkLicences],
  ['the lockfile names no registry', checkLockfile],
];

let failed = 0;
for (const [name, step] of steps) {
  try {
    step();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.error(
      `FAILED  ${name}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stdout || error.stderr ? '' : error.message}`,
    );
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function run(command, args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NX_DAEMON: 'false' } });
}

function checkCanary() {
  const { status, stdout } = spawnSync('node', ['../../node_modules/eslint/bin/eslint.js', '.'], {
    cwd: 'libs/boundary-canary',
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  for (const rule of ['@nx/enforce-module-boundaries', 'no-restricted-imports']) {
    if (status !== 1 || !stdout.includes(rule))
      throw new Error(`the canary passed ${rule}: the boundaries hold nothing\n${stdout}`);
  }
}

function checkBreaking() {
  const before = spawnSync('git', ['rev-parse', '--verify', '-q', 'HEAD~1:proto'], { encoding: 'utf8' });
  if (before.status !== 0) {
    console.log('        (there is no earlier commit with contracts to compare with)');
    return;
  }
  run('buf', ['breaking', 'proto', '--against', '.git#ref=HEAD~1,subdir=proto']);
}

function checkGenerated() {
  run('buf', ['generate']);
  const changed = run('git', ['status', '--porcelain', '--', 'libs/proto/src/gen']);
  if (changed !== '') throw new Error(`run npm run generate and commit what it changes:\n${changed}`);
}

function checkLicences() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const bad = Object.entries(packages)
    .filter(([path, { dev, link, license }]) => path.startsWith('node_modules/') && !dev && !link && license !== undefined)
    .filter(([, { license }]) => !LICENCES.test(license))
    .map(([path, { license }]) => `${path}: ${license}`);
  if (bad.length > 0) throw new Error(bad.join('\n'));
}

function checkLockfile() {
  if (readFileSync('package-lock.json', 'utf8').includes('"resolved": "http')) throw new Error('remove the "resolved" lines');
}
