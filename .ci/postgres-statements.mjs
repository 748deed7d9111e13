// PostgreSQL's own regression statements, from Debian's source package: they stay outside the project.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { skipSpace, tokenEnd } from '../libs/action/dist/sql/lexer.js';

const PACKAGE = process.env.COUNTERSIGN_TEST_POSTGRES_SOURCE ?? 'postgresql-15';

/** `[name, text]` of each file. A folder may be given instead, for a machine that has the sources. */
export function fetchStatements(target) {
  const [given] = process.argv.slice(2);
  const sql = given ?? download(target);
  return readdirSync(sql)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => [name, readFileSync(join(sql, name), 'utf8')]);
}

function download(target) {
  const list = join(target, 'sources.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const { VERSION_CODENAME: release } = Object.fromEntries(
    readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .map((line) => line.split('=')),
  );
  writeFileSync(list, `deb-src [signed-by=${keyring}] http://deb.debian.org/debian ${release} main\n`);
  execFileSync('mkdir', ['-p', join(target, 'lists', 'partial')]);
  const apt = (...args) =>
    execFileSync(
      'apt-get',
      [
        ...['-qq', '-o', `Dir::Etc::SourceList=${list}`, '-o', 'Dir::Etc::SourceParts=/dev/null'],
        ...['-o', `Dir::State::Lists=${join(target, 'lists')}`, ...args],
      ],
      { cwd: target, stdio: ['ignore', 'inherit', 'ignore'] },
    );
  apt('update');
  apt('source', '--download-only', PACKAGE);
  const archive = readdirSync(target).find((name) => /\.orig\.tar\./.test(name));
  execFileSync('tar', ['xf', archive, '--wildcards', '--strip-components=5', '-C', target, '*/src/test/regress/sql/*.sql'], {
    cwd: target,
  });
  return target;
}

/** Statements as psql sends them: its own commands and the data of COPY are left out. */
export function split(text) {
  const statements = [];
  let start = 0;
  let depth = 0;
  let atomic = false;
  const push = (end) => {
    const statement = text.slice(start, end).trim();
    if (skipSpace(statement, 0) < statement.length) statements.push(statement);
  };
  for (let i = 0; i < text.length;) {
    const end = tokenEnd(text, i);
    const word = text.slice(i, end);
    if (word === '\\') {
      push(i);
      i = start = lineEnd(text, i);
      continue;
    }
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    else if (/^atomic$/i.test(word)) atomic = true;
    else if (atomic && /^end$/i.test(word)) atomic = false;
    else if (word === ';' && depth <= 0 && !atomic) {
      push(i);
      const copied = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i.test(text.slice(start, i).replace(/^(\s*--.*\n)+/, ''));
      start = copied ? dataEnd(text, end) : end;
      i = start;
      depth = 0;
      continue;
    }
    i = end;
  }
  push(text.length);
  return statements;
}

function lineEnd(text, at) {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function dataEnd(text, at) {
  const end = text.indexOf('\n\\.\n', at);
  return end < 0 ? at : end + 4;
}
