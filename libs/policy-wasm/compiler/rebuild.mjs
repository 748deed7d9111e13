/**
 * Rebuilds the Rego compiler from its Go source and compares it, byte for byte, with the committed artifact.
 * `--write` replaces the artifact. Exit codes: 0 the same (or written), 1 different, or Go could not build it.
 *
 * The build has no path, time or version-control stamp in it and the Go version is pinned in go.mod, so every machine makes
 * the same bytes. Compared is the unpacked WASM: the packing depends on the release of the brotli library, the code does not.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const SOURCE = fileURLToPath(new URL('./', import.meta.url));
const ARTIFACT = join(SOURCE, 'rego-compiler.wasm.br');

const built = build();
if (process.argv.includes('--write')) write(built);
else compare(built);

function build() {
  const folder = mkdtempSync(join(tmpdir(), 'rego-compiler-'));
  try {
    const output = join(folder, 'rego-compiler.wasm');
    execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-buildvcs=false', '-o', output, '.'], {
      cwd: SOURCE,
      stdio: ['ignore', 'inherit', 'inherit'],
      // The pinned toolchain and nothing of the machine's own flags: both would change the bytes.
      env: {
        ...process.env,
        GOOS: 'wasip1',
        GOARCH: 'wasm',
        CGO_ENABLED: '0',
        GOFLAGS: '-mod=readonly',
        GOWASM: '',
        GOEXPERIMENT: '',
      },
    });
    return readFileSync(output);
  } catch (cause) {
    const advice = cause.code === 'ENOENT' ? 'Go is not installed' : cause.message;
    fail(`cannot rebuild the Rego compiler: ${advice}; it needs the Go version that ${join(SOURCE, 'go.mod')} names`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(wasm) {
  const packed = brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    },
  });
  writeFileSync(`${ARTIFACT}.new`, packed);
  renameSync(`${ARTIFACT}.new`, ARTIFACT);
  console.log(`written: ${packed.length} bytes packed, ${wasm.length} unpacked, SHA-256 ${sha256(wasm)}`);
}

function compare(wasm) {
  if (!existsSync(ARTIFACT)) fail(`${ARTIFACT} is missing; make it with: node libs/policy-wasm/compiler/rebuild.mjs --write`);
  const committed = brotliDecompressSync(readFileSync(ARTIFACT));
  if (!committed.equals(wasm)) {
    fail(
      `the committed Rego compiler is not what its source builds\n  committed ${sha256(committed)} (${committed.length} bytes)\n` +
        `  rebuilt   ${sha256(wasm)} (${wasm.length} bytes)\nIf the source was changed on purpose: node libs/policy-wasm/compiler/rebuild.mjs --write`,
    );
  }
  console.log(`the committed Rego compiler is what its source builds: SHA-256 ${sha256(wasm)}`);
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
