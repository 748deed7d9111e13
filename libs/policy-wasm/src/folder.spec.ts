import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPolicyFolder } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

describe('a policy folder', () => {
  it('gives modules by path, data at its place and the manifest', async () => {
    await put({
      'main.rego': 'package countersign',
      'lib/sql.rego': 'package lib.sql',
      'data.json': '{"a": 1, "lib": {"x": 1}}',
      'lib/data.yaml': 'y: [2]\n',
      'manifest.json': '{"name": "mine", "revision": "7", "profile": "strict", "other": 1}',
      '.git/x.rego': 'not read',
      'notes.json': 'not read',
    });
    expect(await loadPolicyFolder(folder)).toEqual({
      ok: true,
      value: {
        name: 'mine',
        modules: { 'main.rego': 'package countersign', 'lib/sql.rego': 'package lib.sql' },
        data: { a: 1, lib: { x: 1, y: [2] } },
        manifest: { revision: '7', profile: 'strict' },
      },
    });
  });

  it('follows symbolic links, as mounted configuration uses them', async () => {
    await put({ '..v1/main.rego': 'package countersign' });
    await symlink(join(folder, '..v1', 'main.rego'), join(folder, 'main.rego'));
    expect(await loadPolicyFolder(folder)).toMatchObject({
      ok: true,
      value: { modules: { 'main.rego': 'package countersign' } },
    });
  });

  it('may hold data alone where it lies over a pack', async () => {
    await put({ 'data.json': '{"a": 1}' });
    expect(await loadPolicyFolder(folder, { dataOnly: true })).toMatchObject({
      ok: true,
      value: { modules: {}, data: { a: 1 } },
    });
    expect(await loadPolicyFolder(folder)).toMatchObject({ ok: false, error: { kind: 'folder' } });
  });
});

describe('a bad policy folder is refused', () => {
  it('that is missing', async () => {
    expect(await loadPolicyFolder(join(folder, 'none'))).toMatchObject({ ok: false, error: { kind: 'folder' } });
  });

  it('that is a file', async () => {
    await put({ file: 'x' });
    expect(await loadPolicyFolder(join(folder, 'file'))).toMatchObject({ ok: false, error: { kind: 'folder' } });
  });

  it('that holds a file which cannot be read', async () => {
    // A link to nowhere fails for every user; permissions do not stop the superuser.
    await symlink(join(folder, 'gone'), join(folder, 'main.rego'));
    expect(await loadPolicyFolder(folder)).toMatchObject({ ok: false, error: { kind: 'folder' } });
  });

  it.each([
    ['data.json', '{"a": 1', 'data.json: '],
    ['data.json', '[1]', 'data.json: must be an object'],
    ['lib/data.yaml', 'a: [1', 'lib/data.yaml: '],
    ['manifest.json', '{"revision": 7}', 'manifest.json: revision must be a text'],
  ])('whose %s is %j', async (path, text, message) => {
    await put({ 'main.rego': 'package countersign', [path]: text });
    const read = await loadPolicyFolder(folder);
    expect(read).toMatchObject({ ok: false, error: { kind: 'data', message: expect.stringContaining(message) } });
  });
});
