/** Kills the product at random moments under load, starts it again, and compares what it promised with what it kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareJournal, compareTables, type Findings } from './compare.ts';
import { drive, emptyLedger, type Ledger, settle } from './load.ts';
import { type Product, startProduct } from './product.ts';

export interface SurvivalOptions {
  readonly kills: number;
  /** 0 ≤ x < 1; decides when and what is killed. */
  readonly random: () => number;
  readonly report: (line: string) => void;
}

export interface SurvivalResult extends Findings {
  readonly kills: number;
  readonly killsOfClickHouse: number;
  readonly approvalsDecided: number;
  readonly slowestStartMs: number;
}

const SHORTEST_RUN_MS = 50;
const LONGEST_RUN_MS = 1_500;
/** One kill in this many takes the ClickHouse child alone; the others take the whole process. */
const CHILD_SHARE = 3;
const REPORT_EVERY = 10;

export async function survive(options: SurvivalOptions): Promise<SurvivalResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-survival-'));
  const ledger = emptyLedger();
  let product = await startProduct(dataDir);
  let slowestStartMs = product.startedInMs;
  let killsOfClickHouse = 0;
  try {
    const approver = await approverToken(product);
    for (let kill = 1; kill <= options.kills; kill++) {
      const childOnly = Math.floor(options.random() * CHILD_SHARE) === 0;
      await runAndKill(product, ledger, `run-${kill}`, approver, childOnly, options.random);
      if (childOnly) killsOfClickHouse += 1;
      else {
        product = await startProduct(dataDir);
        slowestStartMs = Math.max(slowestStartMs, product.startedInMs);
      }
      await settle(product, ledger);
      if (kill % REPORT_EVERY === 0) options.report(`${kill} kills, ${ledger.acknowledged.length} decisions acknowledged`);
    }
    const tableFaults = await compareTables(product, ledger);
    await product.kill('SIGTERM');
    const findings = await compareJournal(dataDir, ledger);
    return {
      ...findings,
      faults: [...tableFaults, ...findings.faults],
      kills: options.kills,
      killsOfClickHouse,
      approvalsDecided: ledger.approvals.size,
      slowestStartMs,
    };
  } finally {
    await product.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function runAndKill(
  product: Product,
  ledger: Ledger,
  run: string,
  approver: string,
  childOnly: boolean,
  random: () => number,
): Promise<void> {
  const stop = new AbortController();
  const load = drive(product, ledger, run, approver, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, SHORTEST_RUN_MS + random() * (LONGEST_RUN_MS - SHORTEST_RUN_MS)));
  if (childOnly) {
    const pid = product.clickhousePid();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    stop.abort();
  } else {
    await product.kill('SIGKILL');
  }
  await load;
}

async function approverToken(product: Product): Promise<string> {
  const { status, body } = await product.call('POST', '/v1/tokens', product.token('admin'), {
    subject: 'person:ana',
    roles: ['approver'],
  });
  if (status !== 201 && status !== 200) throw new Error(`no approver token: ${JSON.stringify(body)}`);
  return body.token as string;
}
