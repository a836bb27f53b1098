/**
 * The source files of the house and what they import, types included, as the TypeScript compiler reads them.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { isIn, type Room, rooms } from './house.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** From the root: `src/pool/pool.ts`. */
  readonly path: string;
  readonly text: string;
  readonly room: Room | undefined;
  /** Each import's specifier as written, and the file of the house that it means, if it means one. */
  readonly imports: readonly { readonly specifier: string; readonly file: string | undefined }[];
}

/** All source files under a folder (or the file itself): none where the room is not built yet. */
export function sourceFiles(...paths: string[]): SourceFile[] {
  return paths
    .flatMap((path) => filesUnder(join(root, path)))
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map(readSource);
}

/** The innermost. */
function roomOf(path: string): Room | undefined {
  return rooms.filter((room) => isIn(path, room.path)).sort((a, b) => b.path.length - a.path.length)[0];
}

export function filesUnder(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesUnder(join(path, name)));
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const path = relative(root, file);
  const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({ specifier: fileName, file: resolve(file, fileName) }));
  return { path, text, room: roomOf(path), imports };
}

function resolve(importer: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = join(dirname(importer), specifier);
  const file = [target.replace(/js$/, 'ts'), target].find((candidate) => existsSync(candidate));
  return relative(root, file ?? target);
}
