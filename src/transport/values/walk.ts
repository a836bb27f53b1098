/**
 * A walk through a value, as those see it who copy one kind of object each.
 */
import type { AnyFunction } from '../any-function.js';
import type { Describe, Described } from '../described.js';
import type { Prototype } from '../protocol.js';
import type { Notes } from './notes.js';
import type { Step } from './trail.js';

export interface PackOptions {
  readonly describe: Describe;
  /** Objects that a thread finds by itself: module namespaces, `process`, what an importable module keeps private. Asked about what cannot be copied, and about what may stand for another. */
  readonly describeObject?: ((value: object, among?: 'exports') => Described | undefined) | undefined;
  /** The path of the value itself: `args`, `result`, `error`. */
  readonly rootPath: string;
  /** Instances of a class that cannot cross: refused (the default), or sent as plain data, as structured clone does. */
  readonly orphans?: 'refuse' | 'plain' | undefined;
}

export interface Walk {
  readonly options: PackOptions;
  readonly notes: Notes;
  /** The way from the root to where the walk stands. */
  readonly trail: Step[];
  /** The shadow refers to mutable objects of the caller: memory, platform objects. */
  borrows: boolean;
  /** What instances of a prototype get again, once it is known. */
  readonly dresses: Map<object, Prototype | undefined>;
  /** Errors whose class stays behind: they keep its name. */
  readonly orphans: WeakSet<object>;
  /** `container[key]` becomes the value's shadow, or the place of its special. The step is on the trail already. */
  put(container: object, key: string | number, value: unknown): void;
  /** The number of a function's special; what it captures joins the graph. `instance`: it is wanted as that object's class. */
  function(fn: AnyFunction, instance?: object): number;
  /** The number of a symbol's special. `record`: it is a symbol of that record of `node:fs`. */
  symbol(symbol: symbol, record?: string): number;
  /** The number of an object's copy, for what refers to it otherwise than by a property. */
  numbered(value: object): number;
  /** The number of an object that the thread has by itself. `exports`: only what whole modules are is of interest, for a copy would do. */
  reference(value: object, among?: 'exports'): number | undefined;
  /** Walks what may turn out not to be sendable; if so, everything is as before, and the answer false. */
  attempt(walk: () => void): boolean;
  /** The public error for what stands at the end of the trail. */
  refusal(what: string, wayOut: string, culprit: unknown, cause?: unknown): Error;
}
