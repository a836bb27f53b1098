/**
 * Instances that a class keeps as its own constants, `Timezone.utcTimezone`, `Color.RED`, or its module in an object that it exports,
 * `tokTypes.name` of acorn. Code compares with them, so a thread that has the class has them, too, and uses its own.
 */
import { fileURLToPath } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { sourceOf, statePrint } from '../functions/fingerprint.js';
import { isInstalled } from '../functions/installed.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { privateFieldsOf } from '../inspect/privates.js';
import { inspectorAvailable } from '../inspect/session.js';
import { ownRequire } from '../own/own-require.js';
import type { FunctionDescription, ReferencedFunction, StandIn } from '../protocol.js';
import { read } from './scope-paths.js';
import { standsFor } from './stand-ins.js';

/** Once a class. */
export function noteConstants(type: AnyFunction, description: FunctionDescription): void {
  if (noted.has(type) || description.way !== 'reference') return;
  noted.add(type);
  for (const [name, value] of staticsOf(type)) {
    if (isOwnInstance(value, type)) note(value, { what: 'constant', of: description, name, print: statePrint(value) });
  }
  for (const [within, name, value] of membersBeside(description)) {
    if (isOwnInstance(value, type) && !constants.has(value) && isFlat(value))
      note(value, { what: 'constant', of: description, within, name, print: statePrint(value) });
  }
}

/** Of the plain objects that the class's module exports, if it is a package's: what a program keeps in its own may be meant to change. */
function* membersBeside({ module, loader }: ReferencedFunction): Generator<[within: string, name: string, value: unknown]> {
  if (!isInstalled(module)) return;
  const exports: unknown = loader === 'require' ? ownRequire.cache[fileURLToPath(module)]?.exports : loadedNamespace(module);
  if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) return;
  for (const within of Object.keys(exports)) {
    const holder = read(exports as Record<string, unknown>, within);
    if (typeof holder !== 'object' || holder === null || Object.getPrototypeOf(holder) !== Object.prototype) continue;
    for (const name of Object.keys(holder)) yield [within, name, read(holder as Record<string, unknown>, name)];
  }
}

/** What the program has changed since is none. */
export function isConstant(value: object): boolean {
  const print = constants.get(value);
  return print !== undefined && print === statePrint(value);
}

function note(value: object, standIn: Extract<StandIn, { what: 'constant' }>): void {
  constants.set(value, standIn.print);
  standsFor(value, standIn);
}

/** All of its state is in its print. What leads on to other objects may be a register that the program fills. */
function isFlat(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).every((each) => typeof each.value !== 'object' || each.value === null);
}

/** Behind getters, too, where they are named after what they show: they are not run for it. */
function* staticsOf(type: AnyFunction): Generator<[name: string, value: unknown]> {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type))) yield [name, value];
  if (!inspectorAvailable() || !sourceOf(type).includes('static #')) return;
  for (const [name, value] of privateFieldsOf(type)) {
    const shown = name.slice(1);
    if (Object.getOwnPropertyDescriptor(type, shown)?.get !== undefined) yield [shown, value];
  }
}

function isOwnInstance(value: unknown, type: AnyFunction): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === type.prototype;
}

const noted = new WeakSet<AnyFunction>();
/** With their prints. */
const constants = new WeakMap<object, number>();
