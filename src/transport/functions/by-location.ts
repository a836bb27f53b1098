/**
 * Finds the export that a function is by where it was written, which the inspector tells: for functions that no file on the stack
 * imports, as after a timer or from a container, and for modules whose namespace cannot be had.
 */
import { fileURLToPath } from 'node:url';
import { parseFile, type Node } from '../closures/parse.js';
import { locate, type Location } from '../inspect/look.js';
import { listedScript } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { offsetIn, sourceOf } from '../inspect/source.js';
import type { ReferencedFunction } from '../protocol.js';
import { isImportable } from './entry.js';
import { fingerprint } from './fingerprint.js';
import { loadedNamespace } from './loaded-namespace.js';
import { pathTo } from './members.js';
import { exportsByPlace } from './static-exports.js';

/** CommonJS is left out: what its modules export was found in `require.cache`, and what they do not is private. */
export function writtenInModule(fn: Function): ReferencedFunction | undefined {
  if (!inspectorAvailable()) return undefined;
  const place = locate(fn);
  if (place === undefined || !place.url.startsWith('file:') || !isModuleOfNode(place)) return undefined;
  if (!isImportable(fileURLToPath(place.url))) return undefined;
  const path = pathTo(loadedNamespace(place.url), fn) ?? provenPath(place);
  return path && { way: 'reference', module: place.url, path, loader: 'import', source: fingerprint(fn) };
}

/** Not a script that a test runner made of a file: that one's imports and mocks are other than Node's. */
function isModuleOfNode({ scriptId, url }: Location): boolean {
  return !isTransformedByTestRunner(url) && (loadedNamespace(url) !== undefined || listedScript(scriptId).isModule === true);
}

function isTransformedByTestRunner(url: string): boolean {
  return (process.env['VITEST'] !== undefined || process.env['JEST_WORKER_ID'] !== undefined) && !url.includes('/node_modules/');
}

/** By the syntax of the script that runs, which a loader may have made of another text in the file. */
function provenPath({ scriptId, line, column }: Location): readonly string[] | undefined {
  const { text, exports } = treeOf(scriptId);
  const offset = offsetIn(text, listedScript(scriptId), line, column);
  return offset === -1 ? undefined : exports.get(offset);
}

function treeOf(scriptId: string): Tree {
  let tree = trees.get(scriptId);
  if (tree !== undefined) return tree;
  const text = sourceOf(scriptId);
  const program: Node | undefined = text.length > longestParsed ? undefined : parseFile(text, true);
  tree = program === undefined ? { text: '', exports: new Map() } : { text, exports: exportsByPlace(program, text) };
  trees.set(scriptId, tree);
  return tree;
}

interface Tree {
  readonly text: string;
  readonly exports: ReadonlyMap<number, readonly string[]>;
}

const trees = new Map<string, Tree>();
/** Characters: parsing costs 0.25 to 0.5 s a million of them, on the calling thread. */
const longestParsed = 400_000;
