/**
 * Finds the export that a function is by where it was written, which the inspector tells: for functions that no file on the stack
 * imports, as after a timer or from a container, and for modules whose namespace cannot be had.
 */

import { fileURLToPath } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { type Location, locate, scopesOf } from '../inspect/look.js';
import { listedScript } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { offsetIn, sourceOf as scriptText } from '../inspect/source.js';
import type { ReferencedFunction } from '../protocol.js';
import { type Node, parseFile } from '../syntax/parse.js';
import { isImportable } from './entry.js';
import { fingerprint, isGenerated, sourceOf } from './fingerprint.js';
import { loadedThrough } from './load-order.js';
import { loadedNamespace } from './loaded-namespace.js';
import { membersOf, pathTo } from './members.js';
import { mainModules, mainsUsing, modulesOfPackage } from './package-modules.js';
import { exportsByPlace } from './static-exports.js';
import { isTransformedByTestRunner } from './test-runner.js';

/** What CommonJS modules export was found in `require.cache`. Cost: the inspector's look, and for what packages made, up to some 10 ms once. */
export function writtenInModule(fn: AnyFunction): ReferencedFunction | undefined {
  if (!inspectorAvailable() || isGenerated(sourceOf(fn))) return undefined;
  const place = locate(fn);
  return place && (inItsModule(fn, place) ?? madeByPackage(fn, place));
}

function inItsModule(fn: AnyFunction, place: Location): ReferencedFunction | undefined {
  if (!isModuleOfNode(fn, place.url) || !isImportable(fileURLToPath(place.url))) return undefined;
  return exportedFrom(modulesOfPackage(place.url), fn) ?? reference(place.url, provenPath(place), fn);
}

/**
 * One package generates functions for another to export (typed-function for mathjs): the place does not tell whose it is, so those that
 * depend on it are asked, and of code without a name all.
 */
function madeByPackage(fn: AnyFunction, { url }: Location): ReferencedFunction | undefined {
  if (url !== '' && !url.includes('/node_modules/')) return undefined;
  const found = namedByMain(fn, url === '' ? mainModules() : mainsUsing(url));
  return found && reference(found.module, found.path, fn);
}

/** One index of all: a call may lead to thousands of functions. A namespace costs up to a millisecond, and a program loads hundreds of packages. */
function namedByMain(fn: AnyFunction, mains: readonly string[]): Named | undefined {
  for (const module of mains) {
    if (walked.has(module)) continue;
    const namespace = loadedNamespace(module);
    if (namespace === undefined) continue;
    walked.add(module);
    for (const [path, member] of membersOf(namespace, 'read'))
      if (!exportsOfMains.has(member)) exportsOfMains.set(member, { module, path });
  }
  return exportsOfMains.get(fn);
}

/** The first of the modules that exports the function. */
export function exportedFrom(modules: readonly string[], fn: AnyFunction): ReferencedFunction | undefined {
  for (const module of modules) {
    const found = reference(module, pathTo(loadedNamespace(module), fn), fn);
    if (found !== undefined) return found;
  }
  return undefined;
}

function reference(module: string, path: readonly string[] | undefined, fn: AnyFunction): ReferencedFunction | undefined {
  return path && { way: 'reference', module, path, loader: 'import', after: loadedThrough(fileURLToPath(module)), source: fingerprint(fn) };
}

/** An ES module, and not what a test runner made of a file: that one's imports and mocks are other than Node's. */
function isModuleOfNode(fn: AnyFunction, url: string): boolean {
  return url.startsWith('file:') && !isTransformedByTestRunner(url) && scopesOf(fn).some(({ kind }) => kind === 'Module');
}

/** By the syntax of the script that runs, which a loader may have made of another text in the file. A namespace that can be had says as much. */
function provenPath({ scriptId, line, column, url }: Location): readonly string[] | undefined {
  if (loadedNamespace(url) !== undefined) return undefined;
  const { text, exports } = treeOf(scriptId);
  const offset = offsetIn(text, listedScript(scriptId), line, column);
  return offset === -1 ? undefined : exports.get(offset);
}

function treeOf(scriptId: string): Tree {
  let tree = trees.get(scriptId);
  if (tree !== undefined) return tree;
  const text = scriptText(scriptId);
  const program: Node | undefined = text.length > LONGEST_PARSED ? undefined : parseFile(text, true);
  tree = program === undefined ? { text: '', exports: new Map() } : { text, exports: exportsByPlace(program, text) };
  trees.set(scriptId, tree);
  return tree;
}

interface Tree {
  readonly text: string;
  readonly exports: ReadonlyMap<number, readonly string[]>;
}

interface Named {
  readonly module: string;
  readonly path: readonly string[];
}

const exportsOfMains = new WeakMap<AnyFunction, Named>();
/** All but those whose namespace could not be had so far: they still load, or await at their top level. */
const walked = new Set<string>();
const trees = new Map<string, Tree>();
/** Characters: parsing costs 0.25 to 0.5 s a million of them, on the calling thread. */
const LONGEST_PARSED = 400_000;
