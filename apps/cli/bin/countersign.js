#!/usr/bin/env node
// Starts the command line on the Node that the workspace pins. Everything in this file must run on Node 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_MAJOR = 22;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'dist', 'main.js');

if (!existsSync(main)) fail('Countersign is not built yet. Run: npm run build');
else if (Number(process.versions.node.split('.')[0]) < OLDEST_MAJOR) runOnPinnedNode();
else {
  if (process.channel) dieWithParent();
  // Spares most of the parsing at each later start.
  if (typeof module.enableCompileCache === 'function') module.enableCompileCache();
  await import('../dist/main.js');
}

function runOnPinnedNode() {
  const node = pinnedNode();
  if (node === undefined) {
    return fail(
      `Countersign needs Node ${OLDEST_MAJOR} or newer; this is ${process.version}. Run: npm ci (it brings the right one)`,
    );
  }
  // The channel carries nothing: its end tells the child that this process was killed, even by SIGKILL.
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to both; this process only waits for what the child makes of it.
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  child.on('error', (error) => fail(`Node at ${node} could not be started: ${error.message}. Run: npm ci`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of FORWARDED_SIGNALS) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function pinnedNode() {
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function dieWithParent() {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

function fail(message) {
  process.stderr.write(`countersign: ${message}\n`);
  process.exitCode = 1;
}
