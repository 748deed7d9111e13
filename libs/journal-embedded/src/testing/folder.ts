/** Folders that a spec may fill and that are gone after it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestFolder {
  readonly dir: string;
  remove(): Promise<void>;
}

export async function makeTestFolder(): Promise<TestFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'countersign-journal-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
