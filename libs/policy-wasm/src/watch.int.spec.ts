import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PolicyChange, watchPolicyFolder } from './index.ts';

type Read = Parameters<PolicyChange>[0];

let parent: string;
let folder: string;
let stop: () => Promise<void> = async () => undefined;
let reads: Read[];
let wake: () => void;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'policy-watch-'));
  folder = join(parent, 'policy');
  await mkdir(folder);
  await writeFile(join(folder, 'a.rego'), 'package a # 0');
  reads = [];
  wake = () => undefined;
});
afterEach(async () => {
  await stop();
  await rm(parent, { recursive: true, force: true });
});

async function watchIt(): Promise<void> {
  stop = watchPolicyFolder(
    folder,
    (read) => {
      reads.push(read);
      wake();
    },
    { settleMs: 20, lookMs: 60 },
  );
  // The state at the start is noted asynchronously; the first look comes after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Waits until a read matches; the test's own limit ends it if none does. */
async function until(matches: (read: Read) => boolean): Promise<void> {
  while (!reads.some(matches)) await new Promise<void>((resolve) => (wake = resolve));
}

const holds =
  (text: string) =>
  (read: Read): boolean =>
    read.ok && Object.values(read.value.modules).includes(text);

describe('watching a policy folder', () => {
  it('tells a change, and nothing before it', async () => {
    await watchIt();
    await writeFile(join(folder, 'a.rego'), 'package a # 1 changed');
    await until(holds('package a # 1 changed'));
    expect(reads.every((read) => !holds('package a # 0')(read))).toBe(true);
  });

  it('sees a file that an editor writes beside and renames', async () => {
    await watchIt();
    await writeFile(join(folder, '.a.rego.swp'), 'package a # 2');
    await rename(join(folder, '.a.rego.swp'), join(folder, 'a.rego'));
    await until(holds('package a # 2'));
    await writeFile(join(folder, '.a.rego.swp'), 'package a # 3');
    await rename(join(folder, '.a.rego.swp'), join(folder, 'a.rego'));
    await until(holds('package a # 3'));
  });

  it('sees a change in a new folder below, and a folder that is replaced', async () => {
    await watchIt();
    await mkdir(join(folder, 'lib'));
    await writeFile(join(folder, 'lib', 'b.rego'), 'package b');
    await until(holds('package b'));
    await mkdir(join(parent, 'next'));
    await writeFile(join(parent, 'next', 'a.rego'), 'package a # next');
    await rename(folder, join(parent, 'old'));
    await rename(join(parent, 'next'), folder);
    await until(holds('package a # next'));
  });

  it('tells a folder that went away, and that it is back', async () => {
    await watchIt();
    await rename(folder, join(parent, 'away'));
    await until((read) => !read.ok && read.error.kind === 'folder');
    await rename(join(parent, 'away'), folder);
    await until(holds('package a # 0'));
  });

  it('says nothing after it was ended', async () => {
    await watchIt();
    await stop();
    await writeFile(join(folder, 'a.rego'), 'package a # late');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(reads).toEqual([]);
  });
});
