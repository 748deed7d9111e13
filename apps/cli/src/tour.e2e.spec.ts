/**
 * The README's tour, run: each command of each console block in order, in one shell, against the output that the README shows.
 * `UPDATE_README=1` writes the real output into the README instead.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Product, startProduct } from '@countersign/testkit/survival';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const README = join(ROOT, 'README.md');
const BLOCK = /```console\n([\s\S]*?)```/g;
const LIMIT_MS = 120_000;

interface Step {
  readonly command: string;
  readonly output: string;
}

const readme = readFileSync(README, 'utf8');
const blocks = [...readme.matchAll(BLOCK)].map(([, body = '']) => stepsOf(body));

let folder: string;
let product: Product;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-tour-'));
  // The tour's own folder, in which everything of the checkout that it names is at hand.
  for (const name of ['node_modules', 'examples', 'package.json']) symlinkSync(join(ROOT, name), join(folder, name));
  product = await startProduct(join(folder, '.countersign'));
}, LIMIT_MS);

afterAll(async () => {
  await product?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}, LIMIT_MS);

function stepsOf(body: string): Step[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const lines = text.split('\n');
      // A command goes on over lines that end in a backslash or that leave a quote open.
      let taken = 1;
      while (lines[taken - 1]?.endsWith('\\') || isOpen(lines.slice(0, taken).join('\n'))) taken += 1;
      return { command: lines.slice(0, taken).join('\n'), output: lines.slice(taken).join('\n').trimEnd() };
    });
}

function isOpen(text: string): boolean {
  return (text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

/** Runs all steps in one shell, so that variables hold, and gives the output of each. */
async function runTour(steps: readonly Step[]): Promise<string[]> {
  const mark = '-----next-----';
  const script = steps.map(({ command }) => `${atTestPorts(command)}\necho '${mark}'`).join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd: folder,
    maxBuffer: 8 << 20,
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
      COUNTERSIGN_GRPC_ADDRESS: `127.0.0.1:${product.grpcPort}`,
      COUNTERSIGN_HTTP_ADDRESS: product.http.replace('http://', ''),
      npm_config_loglevel: 'silent',
      NO_COLOR: '1',
    },
  });
  return stdout
    .split(`${mark}\n`)
    .slice(0, -1)
    .map((text) => text.trimEnd());
}

function atTestPorts(command: string): string {
  return command
    .replaceAll('http://127.0.0.1:7423', product.clickhouse)
    .replaceAll('127.0.0.1:7400', `127.0.0.1:${product.grpcPort}`);
}

/** What differs from run to run is replaced; everything else must be as the README says. */
function steady(output: string): string {
  return output
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/sha256:[0-9a-f]{64}/g, 'DIGEST')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/g, 'TIME')
    .replace(/"(lapsesAtMs|offset)": "\d+"/g, '"$1": "N"')
    .replace(/in [\d.]+ s \([\d,]+\/s\)/g, 'in N s (N/s)')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function hasGrpcurl(): boolean {
  try {
    execFileSync('grpcurl', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the tour of the README', () => {
  it('has at most ten numbered steps, each with its output', () => {
    expect(readme.match(/^\*\*\d+\. /gm)?.length).toBe(10);
    expect(blocks.length).toBe(10);
  });

  it(
    'shows what its commands really print',
    async () => {
      // grpcurl is the user's own tool; where it is missing only its step cannot run, and CI has it.
      const runnable = hasGrpcurl() || process.env['CI'] === 'true' ? blocks : blocks.slice(0, -1);
      if (runnable !== blocks) process.stderr.write('The grpcurl step of the tour did not run: grpcurl is not installed.\n');
      const steps = runnable.flat();
      const outputs = await runTour(steps);
      if (process.env['UPDATE_README']) writeFileSync(README, withOutputs(outputs));
      const shown = process.env['UPDATE_README'] ? outputs : steps.map(({ output }) => output);
      expect(outputs.map(steady)).toEqual(shown.map(steady));
    },
    LIMIT_MS,
  );
});

function withOutputs(outputs: readonly string[]): string {
  let next = 0;
  return readme.replace(BLOCK, (_, body: string) => {
    const steps = stepsOf(body).map(({ command }) => `$ ${command}\n${withNewline(outputs[next++] ?? '')}`);
    return `\`\`\`console\n${steps.join('')}\`\`\``;
  });
}

function withNewline(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
