/**
 * Whether a function of a bundle is a package's. Bundlers say it in the source map, or in a comment above each file's code.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { locate } from './look.js';
import { listedScript, type Script } from './scripts.js';
import { inspectorAvailable } from './session.js';
import { offsetIn, sourceOf } from './source.js';

/** Where neither says anything, a long file is taken for a bundle. Cost: reading the source map, once a script. */
export function isOfBundledPackage(fn: AnyFunction): boolean {
  const place = inspectorAvailable() ? locate(fn) : undefined;
  if (place === undefined) return false;
  const script = listedScript(place.scriptId);
  const mapped = mapOf(script)?.findEntry(place.line, place.column);
  if (mapped !== undefined && 'originalSource' in mapped) return isPackages(mapped.originalSource);
  const { text, files } = layoutOf(script);
  const offset = offsetIn(text, script, place.line, place.column);
  const file = files.findLast(({ at }) => at < offset)?.file;
  return file === undefined ? text.length > LONG : isPackages(file);
}

/** Kept for the script that was asked about last: an object may lead to many functions of one bundle. */
function layoutOf({ id }: Script): Layout {
  if (last?.id === id) return last;
  const text = sourceOf(id);
  const files = [...text.matchAll(FILE_COMMENT)].map(({ index, 1: file = '' }) => ({ at: index, file }));
  last = { id, text, files };
  return last;
}

interface Layout {
  readonly id: string;
  readonly text: string;
  /** Where each file's code begins. */
  readonly files: readonly { readonly at: number; readonly file: string }[];
}

function isPackages(file: string): boolean {
  return /(?:^|[\\/])node_modules[\\/]/.test(file);
}

function mapOf(script: Script): SourceMap | undefined {
  if (!maps.has(script.id)) maps.set(script.id, readMap(script));
  return maps.get(script.id);
}

function readMap({ url, sourceMap = '' }: Script): SourceMap | undefined {
  try {
    if (sourceMap === '') return undefined;
    const [, data] = /^data:[^,]*;base64,(.*)$/.exec(sourceMap) ?? [];
    const file = new URL(sourceMap, url.startsWith('file:') ? url : pathToFileURL(url));
    const text = data === undefined ? readFileSync(fileURLToPath(file), 'utf8') : Buffer.from(data, 'base64').toString();
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

let last: Layout | undefined;
const maps = new Map<string, SourceMap | undefined>();
/** esbuild's `// node_modules/lodash/lodash.js`, Rolldown's with `#region`. */
const FILE_COMMENT = /^\/\/(?:#region)? (\S+\.[cm]?[jt]sx?)$/gm;
/** Characters. A guess: few write so much into one file, and bundles that hold a package are mostly longer. */
const LONG = 50_000;
