// Runs the regression statements on a real PostgreSQL, file by file as they are meant to run. A statement of which the analysis says
// that it only reads runs in a transaction of its own, which must not have been given a transaction id: only writing takes one.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'countersign-xid';
const READS = new Set(['none', 'read', 'session']);
/** Nothing of this belongs on a machine that runs tests. */
const LEFT_OUT = ['code_execution', 'export', 'secret_read', 'network', 'persistence', 'process_control', 'config_change'];
/** They need folders of the source tree. */
const FILES_LEFT_OUT = new Set(['tablespace.sql', 'largeobject.sql']);

/** Asking for one's id takes one; so do row locks, temporary tables, and a view of one test that asks in turn. */
const TAKES_AN_ID =
  /pg_current_xact_id\(|txid_current\(|\bfor\s+(no\s+key\s+)?(update|share|key\s+share)\b|\btemp(orary)?\b|pg_temp|my_locks/i;
/** A transaction that is open already would have its id from what came before. */
const TRANSACTION = /^(begin|start|commit|rollback|end|abort|savepoint|release|prepare\s+transaction)\b/i;
const NOT_ALONE = /^(set|reset|show|prepare|execute|declare|fetch|move|close|deallocate|discard|listen|unlisten)\b/i;

/** `told` are the statements in their order: `{name, statement, kinds}`. */
export function harmlessIndeed(told, folder) {
  const server = start(folder);
  const wrote = [];
  let ran = 0;
  try {
    const names = [...new Set(told.map(({ name }) => name))].filter((name) => !FILES_LEFT_OUT.has(name));
    // Everything else builds on it.
    names.sort((a, b) => Number(b === 'test_setup.sql') - Number(a === 'test_setup.sql') || (a < b ? -1 : 1));
    for (const name of names) {
      const statements = told.filter((entry) => entry.name === name);
      for (const [index, id] of server.run(statements.map(scripted).join('\n'))) {
        ran += 1;
        if (id !== '') wrote.push(`${name}: ${statements[index]?.statement.slice(0, 300)}`);
      }
    }
  } finally {
    server.stop();
  }
  return { ran, wrote };
}

function scripted({ statement, kinds }, index) {
  if (LEFT_OUT.some((kind) => kinds.has(kind))) return '';
  const verb = statement.replace(/^(\s|--.*\n|\/\*[^]*?\*\/)*/, '');
  if (TRANSACTION.test(verb)) return '';
  const reads = [...kinds].every((kind) => READS.has(kind)) && !TAKES_AN_ID.test(statement) && !NOT_ALONE.test(verb);
  // A comment at its end must not swallow what follows.
  if (!reads) return `${statement}\n;${/\bfrom\s+stdin\b/i.test(statement) ? '\n\\.' : ''}`;
  return `BEGIN;\n${statement}\n;\nSELECT '${MARK}', ${index}, pg_current_xact_id_if_assigned();\nCOMMIT;`;
}

function start(folder) {
  const installed = '/usr/lib/postgresql';
  const [version] = readdirSync(installed).sort((a, b) => Number(b) - Number(a));
  const bin = join(installed, version, 'bin');
  const home = join(folder, 'server');
  mkdirSync(home);
  chmodSync(folder, 0o755);
  const owner = {};
  if (process.getuid() === 0) {
    owner.uid = Number(execFileSync('id', ['-u', 'postgres']));
    owner.gid = Number(execFileSync('id', ['-g', 'postgres']));
    chownSync(home, owner.uid, owner.gid);
  }
  const run = (program, ...args) => execFileSync(join(bin, program), args, { ...owner, cwd: home, stdio: 'ignore' });
  run('initdb', '-D', join(home, 'data'), '-U', 'admin', '-A', 'trust', '--locale=C', '-E', 'UTF8', '--no-sync');
  run('pg_ctl', '-w', '-D', join(home, 'data'), '-o', `-F -c listen_addresses= -k ${home}`, '-l', join(home, 'log'), 'start');
  return {
    run: (script) => {
      const file = join(home, 'script.sql');
      writeFileSync(file, `SET statement_timeout = '2s'; SET lock_timeout = '1s';\n${script}\n`);
      const args = ['-X', '-q', '-A', '-t', '-F', '|', '-h', home, '-U', 'admin', '-d', 'postgres', '-f', file];
      const { stdout } = spawnSync('psql', args, { cwd: home, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
      const lines = stdout.split('\n').filter((line) => line.startsWith(`${MARK}|`));
      return lines.map((line) => line.split('|').slice(1)).map(([index, id]) => [Number(index), id ?? '']);
    },
    stop: () => run('pg_ctl', '-w', '-D', join(home, 'data'), '-m', 'immediate', 'stop'),
  };
}
