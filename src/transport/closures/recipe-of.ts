/** What a thread is told once of a function's site: its text, where that stood, and what the text needs. */
import { fileURLToPath } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { isInstalled } from '../functions/installed.js';
import { loadedThrough } from '../functions/load-order.js';
import { isCovered } from '../inspect/coverage.js';
import { positionAt } from '../inspect/lines.js';
import { mayBeWatched } from '../inspect/pause.js';
import { listedScript, scriptOf } from '../inspect/scripts.js';
import { nodesGlobal } from '../own/nodes-realm.js';
import type { RecipeFunction, Slot, Supply } from '../protocol.js';
import { isStrictCode, type Node } from '../syntax/parse.js';
import { type Patch, patched } from '../syntax/patches.js';
import { declaresGlobals, type Environment } from './environment.js';
import { isStrictAt, type Place, type Surroundings, surroundingsOf } from './file.js';
import { importedForEffect } from './polyfills.js';
import type { Site } from './site.js';

export function recipeOf(
  site: Site,
  fn: AnyFunction,
  environment: Environment,
  patches: readonly Patch[],
  captures: readonly Slot[],
  supplied: readonly Supply[],
): RecipeFunction {
  const { place, parsed } = site;
  const text = patched(parsed.text, patches);
  const file = place === undefined ? '' : scriptOf(place.scriptId).url;
  const isWatched = isCovered() || mayBeWatched();
  const surroundings = place && surroundingsOf(place, Function.prototype.toString.call(fn), isWatched);
  return {
    way: 'value',
    name: nameOf(fn),
    form: parsed.form,
    text,
    strict: environment.has('Module') || isStrict(fn, parsed, file, surroundings),
    file,
    after: supplied.length > 0 && isInstalled(file) ? loadedThrough(file.startsWith('file:') ? fileURLToPath(file) : file) : undefined,
    first: place && !isInstalled(file) ? importedForEffect(place) : undefined,
    ...startOf(site, surroundings),
    script: isWatched && place !== undefined && surroundings !== undefined ? scriptAround(place, surroundings) : undefined,
    sourceMap: place === undefined || !mapsStacks() ? undefined : listedScript(place.scriptId).sourceMap || undefined,
    captures,
    supplied,
  };
}

function isStrict(fn: AnyFunction, { text, node }: Site['parsed'], file: string, surroundings: Surroundings | undefined): boolean {
  if (isSloppyFunction(fn) || declaresGlobals(file)) return false;
  // No text says it of code that strict code has handed to eval().
  if (node.type === 'FunctionExpression' && node.async !== true && node.generator !== true) return true;
  // A file that only the debugger could show was made by a compiler, and those write strict code. If this is.
  return surroundings === undefined ? isStrictCode(text) : isStrictAt(surroundings);
}

/**
 * V8 gives sloppy functions, and no others, an own `arguments`; from Node 26 on it lets them alone take the inherited one. Arrows, methods
 * and async functions have none either way.
 */
function isSloppyFunction(fn: AnyFunction): boolean {
  if (Object.hasOwn(fn, 'arguments')) return true;
  try {
    inherited?.call(fn);
    return inherited !== undefined;
  } catch {
    return false;
  }
}

const inherited = Object.getOwnPropertyDescriptor(Function.prototype, 'arguments')?.get;

/** A debugger gets as many spaces as a long file has characters; of a bundle, it would be too many for each function. */
function scriptAround({ scriptId }: Place, { offset, text: { length } }: Surroundings): RecipeFunction['script'] {
  if (isCovered()) return { offset, length };
  const { sourceMap } = listedScript(scriptId);
  return sourceMap && offset < MOST_SPACES ? { offset, length, sourceMap } : undefined;
}

/** A guess. */
const MOST_SPACES = 256 * 1024;

const nodes = { name: 'ErrorPrepareStackTrace' };

/** Node does it, or something that stands before Node (a test runner), in this realm or in Node's. */
function mapsStacks(): boolean {
  if (process.sourceMapsEnabled) return true;
  return [Error, nodesGlobal().Error].some(({ prepareStackTrace }) => (prepareStackTrace ?? nodes).name !== nodes.name);
}

/** V8's place of a `function` is its `(`, the text begins before. */
function startOf({ place, parsed }: Site, surroundings: Surroundings | undefined): { line: number; column: number } {
  if (place === undefined) return { line: 0, column: 0 };
  if (surroundings !== undefined) return positionAt(surroundings.text, surroundings.offset);
  const inside = placeInText(parsed);
  const before = parsed.text.slice(0, inside);
  const breaks = before.split('\n').length - 1;
  return { line: place.line - breaks, column: breaks === 0 ? place.column - inside : 0 };
}

function placeInText({ node, text, shift }: Site['parsed']): number {
  if (node.type === 'ArrowFunctionExpression') return 0;
  if (node.type === 'ClassExpression') {
    const maker = ((node.body as Node).body as Node[]).find(({ kind }) => kind === 'constructor');
    return maker === undefined ? 0 : text.indexOf('(', (maker.key as Node).end - shift);
  }
  const fn = node.type === 'Property' ? (node.value as Node) : node;
  return Math.max(0, text.indexOf('(', (node.type === 'Property' ? fn.start : ((fn.id as Node | null)?.end ?? fn.start)) - shift));
}

/** Its own; none of a class that has a static member there. */
export function nameOf(fn: AnyFunction): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' ? name : '';
}
