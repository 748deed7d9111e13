// PostgreSQL's own regression statements through the analysis: none may throw, take long, or be read as something else than its
// verb says; and what it calls a mere read is run on a real server, where it must not write.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnalyser } from '../libs/action/dist/index.js';
import { tokenEnd, isComment, isSpace, skipSpace } from '../libs/action/dist/sql/lexer.js';
import { harmlessIndeed } from './postgres-harmless.mjs';
import { fetchStatements, split } from './postgres-statements.mjs';

/** What a statement that begins with this must at least have among its effects; `opaque` always will do. */
const VERBS = {
  'alter database': 'config_change privilege_change schema_change',
  'alter default': 'privilege_change',
  'alter role': 'privilege_change config_change',
  'alter user': 'privilege_change config_change',
  'alter system': 'config_change',
  alter: 'schema_change schema_drop privilege_change log_tamper config_change persistence',
  analyze: 'write',
  call: 'read write delete none session',
  cluster: 'process_control',
  comment: 'schema_change',
  copy: 'export write',
  'create role': 'privilege_change',
  'create user': 'privilege_change',
  'create policy': 'privilege_change',
  'create trigger': 'persistence',
  'create event': 'persistence',
  'create rule': 'persistence',
  'create temp': 'session write schema_change',
  'create temporary': 'session write schema_change',
  create: 'schema_change privilege_change persistence session',
  deallocate: 'session',
  declare: 'read none schema_change',
  delete: 'delete',
  do: 'process_control',
  drop: 'schema_drop privilege_change',
  execute: 'session',
  grant: 'privilege_change',
  insert: 'write',
  listen: 'session',
  lock: 'process_control',
  merge: 'write delete read',
  notify: 'process_control',
  reassign: 'privilege_change',
  refresh: 'write delete',
  reindex: 'write process_control',
  revoke: 'privilege_change',
  security: 'privilege_change',
  select:
    'read none secret_read write export config_change process_control schema_change delete session identity_change log_tamper',
  table: 'read',
  truncate: 'delete',
  update: 'write',
  vacuum: 'write process_control',
  values: 'none read write',
};

const folder = mkdtempSync(join(tmpdir(), 'cs-regress-'));
let failed = false;
try {
  const files = fetchStatements(folder);
  const analyser = await openAnalyser();
  const seen = { statements: 0, unreadable: 0, opaque: 0, slowest: 0 };
  const wrong = [];
  const told = [];
  for (const [name, text] of files) {
    for (const statement of split(text)) {
      seen.statements += 1;
      const action = { kind: 'sql', name: '', dialect: 'postgres', text: statement };
      const started = process.threadCpuUsage();
      const now = analyser.analyseNow(action);
      seen.slowest = Math.max(seen.slowest, process.threadCpuUsage(started).user / 1000);
      const { effects } = now ?? (await analyser.analyse(action));
      told.push({ name, statement, kinds: new Set(effects.map(({ kind }) => kind)) });
      if (effects.some(({ why }) => why.startsWith('not PostgreSQL'))) seen.unreadable += 1;
      if (effects.some(({ kind }) => kind === 'opaque')) seen.opaque += 1;
      else if (!fits(statement, effects))
        wrong.push(`${name}: ${statement.slice(0, 200)}\n    ${effects.map(({ kind, scope }) => `${kind} ${scope}`).join(', ')}`);
    }
  }
  await analyser.close();
  console.log(`${files.length} files, ${JSON.stringify(seen)}, ${wrong.length} read as something else`);
  for (const line of wrong) console.error(line);
  const { ran, wrote } = harmlessIndeed(told, folder);
  console.log(`${ran} statements that only read were run, ${wrote.length} of them wrote`);
  for (const line of wrote) console.error(line);
  // What psql makes of its variables, and what is wrong on purpose, cannot be read; hardly anything else.
  failed =
    wrong.length > 0 ||
    wrote.length > 0 ||
    ran < 8000 ||
    seen.slowest > 50 ||
    seen.statements < 20_000 ||
    seen.unreadable > seen.statements * 0.04;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

function fits(statement, effects) {
  let at = skipSpace(statement, 0);
  while (statement[at] === '(') at = skipSpace(statement, at + 1);
  const words = [];
  for (let i = at; words.length < 2 && i < statement.length; i = tokenEnd(statement, i)) {
    if (!isSpace(statement.charCodeAt(i)) && !isComment(statement, i))
      words.push(statement.slice(i, tokenEnd(statement, i)).toLowerCase());
  }
  const expected = VERBS[words.join(' ')] ?? VERBS[words[0] ?? ''];
  return expected === undefined || expected.split(' ').some((kind) => effects.some((effect) => effect.kind === kind));
}
