/** Reads a policy from a folder laid out as OPA reads one: Rego anywhere, data.json or data.yaml mounted at its own place. */
import { type Json, type Result, err, messageOf, ok } from '@countersign/kernel';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { type PolicyProblem, plainProblem } from './problem.ts';
import { type PolicyManifest, type PolicySource, isObject, mergeData } from './source.ts';

/** Far above any real policy; a wrong folder (a home, a disk) is refused instead of read for minutes. */
const CAP_FILES = 5_000;
const CAP_BYTES = 64 * 1024 * 1024;

const DATA_FILES = ['data.json', 'data.yaml', 'data.yml'];
const MANIFEST_FILE = 'manifest.json';

export interface FolderOptions {
  /** The folder lies over a pack that brings the rules: none of its own is fine. */
  readonly dataOnly?: boolean;
}

/**
 * Every `*.rego`, every `data.{json,yaml,yml}` (a file in `a/b/` becomes `data.a.b`) and `manifest.json` (`{name?, revision?, profile?}`)
 * at the top. Hidden files and folders are passed over. The name is the manifest's, else the folder's. Refusals: `folder`, `data`.
 */
export async function loadPolicyFolder(
  folder: string,
  { dataOnly = false }: FolderOptions = {},
): Promise<Result<PolicySource, PolicyProblem>> {
  let paths: readonly string[];
  const texts = new Map<string, string>();
  try {
    paths = await listPolicyFiles(folder);
    for (const path of paths) texts.set(path, await readFile(join(folder, path), 'utf8'));
  } catch (thrown) {
    return err(plainProblem('folder', `cannot read the policy folder ${folder}: ${messageOf(thrown)}`));
  }
  if (!dataOnly && !paths.some((path) => path.endsWith('.rego'))) {
    return err(plainProblem('folder', `the policy folder ${folder} holds no Rego file (*.rego)`));
  }
  const modules: Record<string, string> = {};
  let data: Json = {};
  let manifest: Json = {};
  for (const [path, text] of texts) {
    if (path.endsWith('.rego')) {
      modules[path] = text;
      continue;
    }
    const read = readData(path, text);
    if (!read.ok) return read;
    if (path === MANIFEST_FILE) manifest = read.value;
    else data = mergeData(data, mount(path, read.value));
  }
  return withManifest(basename(resolve(folder)), modules, data, manifest);
}

/** Slash-separated paths below the folder, sorted. Throws what the file system throws. */
export async function listPolicyFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let bytes = 0;
  const visit = async (below: string): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      if (name.startsWith('.')) continue;
      const path = join(below, name);
      // Not the directory entry: mounted configuration reaches its files through symbolic links.
      const state = await stat(join(folder, path));
      if (state.isDirectory()) await visit(path);
      else if (name.endsWith('.rego') || DATA_FILES.includes(name) || path === MANIFEST_FILE) {
        found.push(path.split(sep).join('/'));
        bytes += state.size;
      }
      if (found.length > CAP_FILES) throw new Error(`more than ${CAP_FILES} policy files`);
      if (bytes > CAP_BYTES) throw new Error(`policy files of more than ${CAP_BYTES} bytes`);
    }
  };
  await visit('');
  return found;
}

function readData(path: string, text: string): Result<Json, PolicyProblem> {
  try {
    const value = (path.endsWith('.json') ? JSON.parse(text) : parseYaml(text)) as Json;
    return isObject(value) ? ok(value) : err(plainProblem('data', 'must be an object', path));
  } catch (thrown) {
    return err(plainProblem('data', messageOf(thrown), path));
  }
}

function mount(path: string, value: Json): Json {
  const folders = dirname(path).split('/');
  return folders.reduceRight<Json>((inner, name) => (name === '.' ? inner : Object.fromEntries([[name, inner]])), value);
}

function withManifest(
  folderName: string,
  modules: Readonly<Record<string, string>>,
  data: Json,
  manifest: Json,
): Result<PolicySource, PolicyProblem> {
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(manifest as { readonly [key: string]: Json })) {
    if (!['name', 'revision', 'profile'].includes(key)) continue;
    if (typeof value !== 'string') return err(plainProblem('data', `${key} must be a text`, MANIFEST_FILE));
    fields[key] = value;
  }
  const { name = folderName, ...rest } = fields;
  return ok({ name, modules, data, manifest: rest satisfies PolicyManifest });
}
