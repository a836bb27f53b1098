/**
 * What compilers make of a module that is imported into CommonJS, `__toESM(require('lodash'))`: an object with all that the module exports,
 * and itself as the `default`. A thread makes the like of its own module; copied, it would be hundreds of getters.
 */
import { types } from 'node:util';
import { isObject } from '../is-object.js';
import type { FoundStandIn } from '../protocol.js';

type Interop = Extract<FoundStandIn, { readonly what: 'interop' }>;

/** `find` tells what leads a thread to the module. Cost: a look at each of the properties, 0.1 ms for a hundred. */
export function interopFor(value: object, find: (module: object) => FoundStandIn | undefined): Interop | undefined {
  const module: unknown = types.isProxy(value) ? undefined : Object.getOwnPropertyDescriptor(value, 'default')?.value;
  if (!isObject(module) || types.isModuleNamespaceObject(value)) return undefined;
  const base = baseOf(value, module);
  const keys = keysLike(value, module);
  const of = base && keys && isLike(value, module) ? find(module) : undefined;
  return of && keys && base && { what: 'interop', of, base, keys };
}

function baseOf(value: object, module: object): Interop['base'] | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return 'null';
  if (prototype === Object.prototype) return 'object';
  return prototype === Object.getPrototypeOf(module) ? 'module' : undefined;
}

/** esbuild takes all names, Babel and SWC those that `for in` tells, and of itself `length` and `name` no one has the use of. */
function keysLike(value: object, module: object): Interop['keys'] | undefined {
  const names = Object.getOwnPropertyNames(value).filter(isExport).length;
  if (names === Object.getOwnPropertyNames(module).filter(isExport).length) return 'all';
  return names === Object.keys(module).filter(isExport).length ? 'enumerable' : undefined;
}

function isLike(value: object, module: object): boolean {
  const own = Object.getOwnPropertyNames(value).filter(isExport);
  return own.length > 0 && own.every((name) => isExportOf(module, name, Object.getOwnPropertyDescriptor(value, name)));
}

/** A getter is known by its text: to read it might load something, or print a warning. */
function isExportOf(module: object, name: string, mine: PropertyDescriptor | undefined): boolean {
  const original = Object.getOwnPropertyDescriptor(module, name);
  if (original === undefined || mine === undefined) return false;
  if (mine.get === undefined) return original.get === undefined && Object.is(mine.value, original.value);
  return mine.get === original.get || FORWARDS.test(Function.prototype.toString.call(mine.get));
}

function isExport(name: string): boolean {
  return name !== 'default' && name !== '__esModule';
}

/** The other way, in a thread. */
export function remakeInterop({ base, keys }: Interop, module: object): object {
  const made = Object.create(
    base === 'null' ? null : base === 'object' ? Object.prototype : (Object.getPrototypeOf(module) as object),
  ) as object;
  const names = keys === 'all' ? Object.getOwnPropertyNames(module) : Object.keys(module);
  for (const name of names.filter(isExport)) {
    const get = (): unknown => Reflect.get(module, name);
    Object.defineProperty(made, name, { get, enumerable: Object.prototype.propertyIsEnumerable.call(module, name), configurable: true });
  }
  return Object.defineProperty(made, 'default', { value: module, enumerable: true });
}

/** esbuild's, TypeScript's, minified. */
const FORWARDS = /^(?:\(\)\s*=>\s*|(?:function\s*|get)\(\)\s*\{\s*return\s+)\w+\[\w+\];?\s*\}?$/;
