/** The written style as a ratchet: what the whole workspace holds to is checked over the whole workspace. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const DOMAIN = ['action', 'decision', 'masking', 'approval', 'lineage', 'ledger'];
const SKIPPED = new Set(['node_modules', 'dist', 'gen', '.nx', '.countersign']);

interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
}

const sources: readonly Source[] = ['apps', 'libs'].flatMap((folder) => walk(join(ROOT, folder))).map(read);
const code = sources.filter(({ path }) => !path.endsWith('.spec.ts'));
const specs = sources.filter(({ path }) => path.endsWith('.spec.ts'));
const domain = code.filter(({ path }) => DOMAIN.some((lib) => path.startsWith(`libs/${lib}/`)));

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8');
  return { path: relative(ROOT, path), text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

function every(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => every(child, visit));
}

function lineOf({ ast }: Source, position: number): number {
  return ast.getLineAndCharacterOfPosition(position).line + 1;
}

/** `path:line what` for every node that `say` has something to say about. */
function findings(of: readonly Source[], say: (node: ts.Node, source: Source) => string | undefined): string[] {
  const found: string[] = [];
  for (const source of of) {
    every(source.ast, (node) => {
      const what = say(node, source);
      if (what !== undefined) found.push(`${source.path}:${lineOf(source, node.getStart())} ${what}`);
    });
  }
  return found;
}

function lines(of: readonly Source[], pattern: RegExp): string[] {
  return of.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

function callName(node: ts.Node): string {
  return ts.isCallExpression(node) ? node.expression.getText() : '';
}

describe('style', () => {
  it('looks at the real workspace', () => {
    expect(code.length).toBeGreaterThan(50);
    expect(specs.length).toBeGreaterThan(10);
    expect(domain.length).toBeGreaterThan(10);
  });

  it(`keeps files to ${MAX_FILE_LINES} lines`, () => {
    const long = code.filter(({ text }) => text.split('\n').length - 1 > MAX_FILE_LINES);
    expect(long.map(({ path, text }) => `${path} ${text.split('\n').length - 1}`)).toEqual([]);
  });

  it(`keeps functions to ${MAX_FUNCTION_LINES} lines of their own`, () => {
    const long = findings(code, (node, source) => {
      if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return undefined;
      // A room's factory holds its functions: each is measured by itself, and not again in what surrounds it.
      let length = lineOf(source, node.getEnd()) - lineOf(source, node.getStart()) + 1;
      node.body.forEachChild((child) => {
        every(child, (inner) => {
          if (ts.isFunctionLike(inner) && !insideFunction(inner, node)) {
            length -= lineOf(source, inner.getEnd()) - lineOf(source, inner.getStart());
          }
        });
      });
      return length > MAX_FUNCTION_LINES ? `${length} lines` : undefined;
    });
    expect(long).toEqual([]);
  });

  it('opens each file with one sentence on what it is for', () => {
    const silent = code.filter(({ text, path }) => !/^(#!.*\n)?(\/\/|\/\*)/.test(text) && !path.endsWith('index.ts'));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('leaves nothing unfinished', () => {
    expect(
      lines(
        sources.filter(({ path }) => !path.includes('/style/')),
        /\b(FIXME|XXX|TODO)\b/,
      ),
    ).toEqual([]);
  });

  it('keeps time, randomness and the environment out of the domain', () => {
    expect(lines(domain, /Date\.now\(|Math\.random\(|new Date\(\)|process\.env/)).toEqual([]);
  });

  it('reads the environment in entry points only', () => {
    const allowed = /(^apps\/[^/]+\/src\/(main|.*-main)\.ts$)|(^apps\/(cli|standalone)\/src\/)|(^libs\/testkit\/)/;
    expect(lines(code, /process\.env/).filter((line) => !allowed.test(line.split(':')[0] ?? ''))).toEqual([]);
  });

  it('names what it exports', () => {
    const stars = findings(code, (node) =>
      ts.isExportDeclaration(node) && node.exportClause === undefined ? 'export *' : undefined,
    );
    expect(stars).toEqual([]);
  });

  it('has no empty catch', () => {
    const empty = findings(sources, (node, { text }) =>
      ts.isCatchClause(node) && node.block.statements.length === 0 && !/\/[/*]/.test(text.slice(node.block.pos, node.block.end))
        ? 'empty catch'
        : undefined,
    );
    expect(empty).toEqual([]);
  });

  it('expects unconditionally', () => {
    const conditional = findings(specs, (node) => {
      if (callName(node) !== 'expect') return undefined;
      for (let outer: ts.Node = node; outer.parent && !ts.isFunctionLike(outer); outer = outer.parent) {
        if (ts.isIfStatement(outer)) return 'expect inside an if';
      }
      return undefined;
    });
    expect(conditional).toEqual([]);
  });

  it('skips no test', () => {
    const skipped = findings(specs, (node) =>
      /^(it|test|describe)\.(only|skip|todo|fails)$|^x(it|describe)$/.test(callName(node)) ? callName(node) : undefined,
    );
    expect(skipped).toEqual([]);
  });

  it('has no orphan module', () => {
    const known = new Set(sources.map(({ path }) => path));
    const imported = new Set(sources.flatMap((source) => importsOf(source).filter((path) => known.has(path))));
    const exported = new Set(readdirSync(join(ROOT, 'libs')).flatMap((lib) => exportsOf('libs', lib)));
    for (const app of readdirSync(join(ROOT, 'apps'))) for (const path of exportsOf('apps', app)) exported.add(path);
    const orphans = code.filter(
      ({ path }) => !imported.has(path) && !exported.has(path) && !/\/(index|main|[a-z-]+-main|[a-z-]+\.d)\.ts$/.test(path),
    );
    expect(orphans.map(({ path }) => path)).toEqual([]);
  });
});

function insideFunction(node: ts.Node, outermost: ts.Node): boolean {
  for (let outer = node.parent; outer !== outermost; outer = outer.parent) if (ts.isFunctionLike(outer)) return true;
  return false;
}

function importsOf({ path, ast }: Source): string[] {
  const found: string[] = [];
  every(ast, (node) => {
    const from =
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
        ? node.moduleSpecifier.text
        : ts.isCallExpression(node) &&
            node.expression.kind === ts.SyntaxKind.ImportKeyword &&
            node.arguments[0] &&
            ts.isStringLiteral(node.arguments[0])
          ? node.arguments[0].text
          : undefined;
    if (from?.startsWith('.')) found.push(normalize(join(dirname(path), from)));
  });
  return found;
}

/** The sources behind a package's subpaths: what it exports is used by somebody outside. */
function exportsOf(folder: string, name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, name, 'package.json'), 'utf8')) as { exports?: object };
  return [...JSON.stringify(manifest.exports ?? {}).matchAll(/"\.\/(?:src|dist)\/([^"]+?)(?:\.d)?\.(?:ts|js)"/g)].map(
    ([, path]) => `${folder}/${name}/src/${path}.ts`,
  );
}
