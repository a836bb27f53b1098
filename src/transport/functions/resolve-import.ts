/**
 * Where an `import` leads, by Node's published resolution algorithm for ES modules.
 *
 * Node answers `import.meta.resolve` for the asking module only, and `require.resolve` under other conditions: for a package that
 * ships both kinds of module, the wrong copy. What loaders change on top is not seen here, so what this finds is a lead, never a proof.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { exportedFile, importedFile, type PackageManifest } from './package-exports.js';

/** A `file:` URL of an existing file, `node:…`, or undefined. */
export function resolveImport(specifier: string, importer: string): string | undefined {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  try {
    if (/^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(specifier)) return locate(new URL(specifier, pathToFileURL(importer)));
    if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) return undefined;
    const file = specifier.startsWith('#') ? ownImport(specifier, importer) : packageFile(specifier, importer);
    return file === undefined ? undefined : locate(pathToFileURL(file));
  } catch {
    return undefined;
  }
}

/** The nearest `package.json` and its folder. */
export function packageOf(file: string): { readonly folder: string; readonly manifest: PackageManifest } | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest !== undefined) return { folder, manifest };
    if (folder === dirname(folder)) return undefined;
  }
}

function locate(url: URL): string | undefined {
  const file = existing(fileURLToPath(url));
  if (file === undefined) return undefined;
  const found = pathToFileURL(realpathSync(file));
  // `./a.js?v=2` is a module of its own.
  found.search = url.search;
  found.hash = url.hash;
  return found.href;
}

/** The file, or what a TypeScript loader would take for it: `./a.js` and `./a` mean `./a.ts`. */
function existing(path: string): string | undefined {
  if (isFile(path)) return path;
  const written = /\.([cm]?)jsx?$/.exec(path);
  const stem = written === null ? path : path.slice(0, written.index);
  const endings = written === null ? guessedEndings : [`.${written[1] ?? ''}ts`, '.tsx'];
  return endings.map((ending) => stem + ending).find(isFile);
}

function ownImport(specifier: string, importer: string): string | undefined {
  const own = packageOf(importer);
  const target = own && importedFile(own.manifest, specifier);
  if (own === undefined || target === undefined) return undefined;
  return target.startsWith('./') ? join(own.folder, target) : packageFile(target, importer);
}

function packageFile(specifier: string, importer: string): string | undefined {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  const own = packageOf(importer);
  if (own?.manifest.name === name && own.manifest.exports !== undefined) return fileOf(own.folder, own.manifest, rest);
  for (let folder = dirname(importer); ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', name);
    if (isFolder(home)) return fileOf(home, manifestIn(home) ?? {}, rest);
    if (folder === dirname(folder)) return undefined;
  }
}

function fileOf(folder: string, manifest: PackageManifest, rest: string): string | undefined {
  if (manifest.exports !== undefined && manifest.exports !== null) {
    const target = exportedFile(manifest, `.${rest}`);
    return target === undefined ? undefined : join(folder, target);
  }
  if (rest !== '') return join(folder, rest);
  const main = typeof manifest.main === 'string' ? manifest.main : 'index.js';
  return (
    ['', '.js', '.json', '.node', '/index.js', '/index.json'].map((ending) => join(folder, main + ending)).find(isFile) ??
    join(folder, 'index.js')
  );
}

/** Undefined where there is none. */
export function manifestIn(folder: string): PackageManifest | undefined {
  const known = manifests.get(folder);
  if (known !== undefined) return known ?? undefined;
  const read = readManifest(join(folder, 'package.json'));
  manifests.set(folder, read ?? null);
  return read;
}

function readManifest(file: string): PackageManifest | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const manifests = new Map<string, PackageManifest | null>();
const guessedEndings = ['.ts', '.js', '.tsx', '.mts', '/index.ts', '/index.js'];
