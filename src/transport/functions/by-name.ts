/**
 * Functions that every thread has: members of Node's builtin modules and of the standard globals.
 *
 * Only builtins that are loaded already are looked at: a function of one that is not loaded cannot be in anyone's hands, and
 * loading some of them prints a warning. Getters are left alone for the same reason.
 */

import { builtinModules } from 'node:module';
import type { AnyFunction } from '../any-function.js';
import { isObject } from '../is-object.js';
import type { NamedFunction } from '../protocol.js';
import { fingerprint, sourceOf } from './fingerprint.js';
import { INTRINSIC, intrinsicName } from './intrinsics.js';
import { isNamespace, ownName } from './members.js';
import { lazyGlobals, standardGlobals } from './standard-globals.js';

type Path = [root: string, ...members: string[]];

/** Finds `fs.readFileSync`, `JSON.parse`: where the function's own name is the member's. Cost: about 20 µs. */
export function nameOf(fn: AnyFunction): NamedFunction | undefined {
  const name = ownName(fn);
  if (name === '') return undefined;
  for (const [root, value] of roots()) {
    if (value === fn) return named([root], fn);
    if (memberOf(value, name) === fn) return named([root, name], fn);
  }
  return globalMember(fn, name);
}

/** Finds a member of one builtin module, which a caller imports. */
export function nameIn(root: string, fn: AnyFunction): NamedFunction | undefined {
  if (!index.has(fn)) indexRoot(root, process.getBuiltinModule(root));
  const path = index.get(fn);
  return path && named(path, fn);
}

/** Finds what goes by another name (`zlib.gzipSync` calls itself `syncBufferWrapper`) or lies deeper. Cost: some ms once, then 1 µs. */
export function indexedNameOf(fn: AnyFunction): NamedFunction | undefined {
  if (!index.has(fn)) indexWhatIsNew();
  const path = index.get(fn);
  return path && named(path, fn);
}

/** Finds what nobody can name: the getter of `Map.prototype.size`. */
export function intrinsicOf(fn: AnyFunction): NamedFunction | undefined {
  const name = intrinsicName(fn);
  return name === undefined ? undefined : named([INTRINSIC, name], fn);
}

function globalMember(fn: AnyFunction, name: string): NamedFunction | undefined {
  if (lazyGlobals.has(name) && memberOf(globalThis, name) === fn) return named(['globalThis', name], fn);
  for (const key of standardGlobals) {
    const value = memberOf(globalThis, key);
    if (value === fn) return named(['globalThis', key], fn);
    if (memberOf(value, name) === fn) return named(['globalThis', key, name], fn);
    if (typeof value === 'function' && memberOf(value.prototype, name) === fn) return named(['globalThis', key, 'prototype', name], fn);
  }
  return undefined;
}

/** `process` has other functions in a thread than in the main thread, all its own, and so has the queue of microtasks: their text says nothing. */
function named(path: Path, fn: AnyFunction): NamedFunction {
  return path[0] === 'node:process' || path.at(-1) === 'queueMicrotask'
    ? { way: 'name', path }
    : { way: 'name', path, source: fingerprint(fn) };
}

function* roots(): Generator<[string, unknown]> {
  for (const name of loadedBuiltins()) yield [name.startsWith('node:') ? name : `node:${name}`, process.getBuiltinModule(name)];
}

/** Public modules first: `_http_agent` and its like are other names of the same functions. */
function loadedBuiltins(): readonly string[] {
  const everything = moduleLoadList();
  if (everything === undefined) return builtinModules.filter(isQuietToLoad);
  if (everything.length === loadedWhen) return loaded;
  loadedWhen = everything.length;
  const names = new Set(everything);
  // `fs.promises` loads the insides of `fs/promises` only.
  const isLoaded = (name: string): boolean =>
    names.has(`NativeModule ${name.replace('node:', '')}`) || (name.endsWith('/promises') && names.has(`NativeModule internal/${name}`));
  loaded = ['process', ...builtinModules.filter((name) => isQuietToLoad(name) && isLoaded(name))];
  return loaded;
}

function isQuietToLoad(name: string): boolean {
  return !name.startsWith('_') && name !== 'sys' && name !== 'process';
}

/** Every module that Node has loaded for itself or for the program. Node's own bookkeeping: empty on Bun and Deno. */
function moduleLoadList(): readonly string[] | undefined {
  const { moduleLoadList: list } = process as { moduleLoadList?: readonly string[] };
  return list?.length === 0 ? undefined : list;
}

function indexWhatIsNew(): void {
  if (!indexed.has('globalThis')) {
    indexed.add('globalThis');
    for (const key of standardGlobals) indexMember(memberOf(globalThis, key), ['globalThis', key]);
  }
  for (const [root, value] of roots()) indexRoot(root, value);
}

function indexRoot(root: string, value: unknown): void {
  if (indexed.has(root)) return;
  indexed.add(root);
  indexMember(value, [root]);
}

/** Down to `node:stream → Readable → prototype → pipe`, through functions and plain objects only: the rest is state. */
function indexMember(value: unknown, path: Path): void {
  if (typeof value === 'function') {
    if (!index.has(value)) index.set(value, path);
  } else if (!isNamespace(value) && !isRoot(path) && path.at(-1) !== 'prototype') return;
  if (value === null || value === undefined || path.length > DEEPEST) return;
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key.startsWith('_') || key === 'constructor' || (key === 'prototype' && typeof value !== 'function')) continue;
    const member = memberOf(value, key);
    if (typeof member === 'function' ? !index.has(member) : typeof member === 'object') indexMember(member, [...path, key]);
  }
}

function isRoot(path: Path): boolean {
  return path.length === (path[0] === 'globalThis' ? 2 : 1);
}

function memberOf(container: unknown, key: string): unknown {
  if (!isObject(container)) return undefined;
  const member = Reflect.getOwnPropertyDescriptor(container, key);
  return (frozen && member?.get !== undefined ? shownBy(member.get, container) : member?.value) as unknown;
}

/** Under --frozen-intrinsics the language's own methods stand behind getters of Node's. */
function shownBy(get: () => unknown, container: object): unknown {
  return /^function getter\(\) \{\s*return value;\s*\}$/.test(sourceOf(get)) ? Reflect.apply(get, container, []) : undefined;
}

const frozen = process.execArgv.includes('--frozen-intrinsics');

const DEEPEST = 3;
const index = new WeakMap<AnyFunction, Path>();
const indexed = new Set<string>();
let loaded: readonly string[] = [];
let loadedWhen = -1;
