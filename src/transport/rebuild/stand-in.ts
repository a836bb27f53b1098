/**
 * What stands for things that are not copied, found where a description of them arrives: each side has its own way to get at modules.
 */
import { createRequire } from 'node:module';
import { remakeInterop } from '../closures/interop.js';
import { isPromise } from '../own/own-globals.js';
import type { FoundStandIn, Private } from '../protocol.js';

/** Gives the variable's value as of each instance: an import may have been assigned to by its module. */
export type Give = () => unknown;

/** A thread loads modules, and promises some; the calling side has loaded them, or has undefined. */
export interface Modules {
  imported(specifier: string, file: string): object | undefined | Promise<object>;
  required(file: string, after: string | undefined): unknown;
  /** What a module keeps to itself. */
  kept(wanted: Private): unknown;
}

/** `file` is the one that the function was written in. No promise where `modules` makes none. */
export function findStandIn(wanted: FoundStandIn, file: string, modules: Modules): Give | Promise<Give> {
  switch (wanted.what) {
    case 'global':
      return constant(wanted.path.reduce((value: unknown, key) => Reflect.get(value as object, key) as unknown, globalThis));
    case 'import':
      return once(modules.imported(wanted.specifier, file), (namespace) =>
        wanted.member === '*' ? constant(namespace) : () => namespace && (Reflect.get(namespace, wanted.member) as unknown),
      );
    case 'required':
      return constant(modules.required(wanted.file, wanted.after));
    case 'interop':
      return once(findStandIn(wanted.of, file, modules), (give) => constant(madeOf(wanted, give())));
    case 'private':
      return once(modules.kept(wanted), constant);
    case 'require':
      return constant(createRequire(wanted.from));
  }
}

export function constant(value: unknown): Give {
  return () => value;
}

function madeOf(wanted: Extract<FoundStandIn, { what: 'interop' }>, module: unknown): object | undefined {
  return module === undefined ? undefined : remakeInterop(wanted, module as object);
}

function once<T>(found: T | Promise<T>, then: (found: T) => Give): Give | Promise<Give> {
  return isPromise(found) ? (found as Promise<T>).then(then) : then(found as T);
}
