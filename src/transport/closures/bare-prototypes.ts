/** Prototypes without methods, which therefore nothing of their own leads to: `NullObject.prototype = Object.create(null)`, of which packages make what they parse. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { isNative } from '../functions/fingerprint.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { lookAt } from '../inspect/look.js';
import { debugging, listedModules } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { performance } from '../own/own-globals.js';
import { ownRequire } from '../own/own-require.js';
import type { StandIn } from '../protocol.js';
import { importableFile, inModule } from './kept-private.js';
import { anchorsIn } from './scope-paths.js';

/**
 * That of a loaded module's constructor. Cost: a look at a function of each module whose text makes such a prototype; given up where that finds
 * nothing, time and again.
 */
export function barePrototype(prototype: object): StandIn | undefined {
  if (!inspectorAvailable() || vainSearches >= MOST_VAIN || spent > LONGEST) return undefined;
  const since = performance.now();
  const found = search(prototype, since + LONGEST);
  if (found !== undefined) return found;
  vainSearches++;
  spent += performance.now() - since;
  return undefined;
}

function search(prototype: object, until: number): StandIn | undefined {
  const seen = new Set<string>();
  for (const anchor of functionsOfModules(until)) {
    const look = lookAt(anchor);
    const file = look.place && importableFile(look.place.scriptId);
    if (file === undefined || seen.has(file)) continue;
    seen.add(file);
    const found = inModule(file, look.scopes(), prototype);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Some of each, the last loaded first. */
function* functionsOfModules(until: number): Generator<AnyFunction> {
  const mayBe = (file: string): boolean => performance.now() < until && makesOne(file);
  for (const file of Object.keys(cache).reverse()) if (mayBe(file)) yield* someOf(cache[file]?.exports);
  debugging(() => undefined);
  for (const url of [...listedModules()].reverse())
    if (url.startsWith('file:') && mayBe(fileURLToPath(url))) yield* someOf(loadedNamespace(url));
}

function* someOf(exports: unknown): Generator<AnyFunction> {
  let count = 0;
  for (const anchor of anchorsIn(exports)) {
    if (isNative(anchor)) continue;
    yield anchor;
    if (++count === ENOUGH) return;
  }
}

/** By its text. To look at every module of a large program takes seconds. */
function makesOne(file: string): boolean {
  let answer = makers.get(file);
  if (answer === undefined) {
    try {
      const text = readFileSync(file, 'utf8');
      answer = text.includes('prototype') && /\bcreate\(\s*null\s*\)|\b__proto__\b/.test(text);
    } catch {
      answer = false;
    }
    makers.set(file, answer);
  }
  return answer;
}

const makers = new Map<string, boolean>();
const { cache } = ownRequire;
let vainSearches = 0;
/** ms, of searches in vain. */
let spent = 0;
/** Such prototypes are few, and found; a program that makes one for each value is not to pay for it. Guesses; the second in ms. */
const MOST_VAIN = 10;
const LONGEST = 300;
/** The first may come from another module (a mixin). A guess. */
const ENOUGH = 3;
