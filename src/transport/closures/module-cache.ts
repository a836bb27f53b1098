/**
 * The cache of modules in a bundle of webpack or Rspack, which its `require` captures: a module that awaits at its top level has a promise for
 * its exports, the program itself among them. Such a module is left out, and a thread that asks for it evaluates its own.
 */
import { types } from 'node:util';

/** The same object if it is none, or has none; else one for it, always the same. Cost: a look at one property of an object. */
export function withoutPending(value: unknown): unknown {
  if (!isModuleCache(value)) return value;
  const settled = Object.entries(value).filter(([, module]) => !types.isPromise(module.exports));
  if (settled.length === Object.keys(value).length) return value;
  const copy = copies.get(value) ?? {};
  copies.set(value, copy);
  for (const name of Object.keys(copy)) Reflect.deleteProperty(copy, name);
  return Object.assign(copy, Object.fromEntries(settled));
}

function isModuleCache(value: unknown): value is Record<string, { exports: unknown }> {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  for (const name in value) {
    // Of an accessor, no look at what it would give.
    const first: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    return isModule(first) && Object.values(value).every(isModule);
  }
  return false;
}

function isModule(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && Object.hasOwn(value, 'exports');
}

const copies = new WeakMap<object, Record<string, unknown>>();
