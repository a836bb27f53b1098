/**
 * A walk through a value, as those see it who copy one kind of object each.
 */
import type { AnyFunction } from '../any-function.js';
import type { Describe, Described } from '../described.js';
import type { Prototype } from '../packed.js';
import type { FunctionDescription } from '../protocol.js';
import type { Notes } from './notes.js';
import type { Table } from './tables.js';
import type { Step } from './trail.js';

export interface PackOptions {
  readonly describe: Describe;
  /** See functions/own-number.ts. Absent: results lead back to functions by their descriptions alone. */
  readonly numberOf?: ((fn: AnyFunction, described: Described) => number | undefined) | undefined;
  /** Objects that a thread finds by itself: module namespaces, `process`, what an importable module keeps private. Asked about what cannot be copied, and about what may stand for another. */
  readonly describeObject?: ((value: object | symbol, among?: 'exports' | 'prototypes') => Described | undefined) | undefined;
  /** The constructor that a loaded module exports for a prototype that does not name it. */
  readonly makerOf?: ((prototype: object) => AnyFunction | undefined) | undefined;
  /** Those that a look has met, by columns already. `none`: rows go one by one. */
  readonly tables?: ReadonlyMap<unknown, Table> | 'none' | undefined;
  /** The path of the value itself: `args`, `result`, `error`. */
  readonly rootPath: string;
  /** Instances of a class that cannot cross: refused (the default), or sent as plain data, as structured clone does. */
  readonly orphans?: 'refuse' | 'plain' | undefined;
  /** A result goes without the class of an instance (told by its prototype), without a property that no loop shows or a unique symbol (by their names), or an error without a method of its own (by its name, and the method). */
  readonly noteLoss?: ((what: object | string, method?: AnyFunction) => void) | undefined;
  /** Told of what is to be described next, if that is a hidden accessor of an instance: it belongs to the state of this very instance. */
  readonly noteAccessor?: ((fn: AnyFunction) => void) | undefined;
  /** A call: what has no meaning but on this thread is made anew on the other (accessors, unique symbols). Results go home by structured clone's rules. */
  readonly outbound?: boolean | undefined;
  /** What a thread's own class may lack of the prototype of this one: see `MembersOfClass`. */
  readonly describeMembers?: ((type: AnyFunction, options: PackOptions) => readonly Described[]) | undefined;
  /** The WeakMaps and WeakSets in which a class that crosses by reference keeps private state of its instances. */
  readonly privateStores?: ((type: AnyFunction) => readonly object[]) | undefined;
  /** Keeps in mind which instances a class that crosses by reference has as its constants, for `isConstant`. */
  readonly noteConstants?: ((type: AnyFunction, description: FunctionDescription) => void) | undefined;
  readonly isConstant?: ((value: object) => boolean) | undefined;
  /** The other side may not have them: a copy goes along. */
  readonly copiesConstants?: boolean | undefined;
  /** The values of an instance's `#fields`, by name, `#` included. Absent: what has such fields is refused. */
  readonly privateFieldsOf?: ((instance: object) => ReadonlyMap<string, unknown>) | undefined;
  /** Keeps in mind where the symbols under which a class keeps state come from. */
  readonly noticeSymbols?: ((type: AnyFunction | undefined, symbols: readonly symbol[]) => void) | undefined;
}

export interface Walk {
  readonly options: PackOptions;
  readonly notes: Notes;
  /** The way from the root to where the walk stands. */
  readonly trail: Step[];
  /** The shadow refers to mutable objects of the caller: memory, platform objects. */
  borrows: boolean;
  /** Memory was met that is better copied by hand. */
  large: boolean;
  /** What instances of a prototype get again, once it is known. */
  readonly dresses: Map<object, Prototype | undefined>;
  /** Objects whose accessors stay, with the names of those. */
  readonly live: Map<object, readonly string[]>;
  /** Objects with properties in sight that cannot be written or deleted, with their names. */
  readonly locked: Map<object, readonly string[]>;
  /** How many objects were asked for such properties. */
  attributesRead: number;
  /** The private stores of the classes behind a prototype. */
  readonly classStores: Map<object, readonly object[]>;
  /** Objects that are sent because others inherit from them. */
  readonly prototypes: WeakSet<object>;
  /** The walk is inside of what a function captures. */
  readonly captured: boolean;
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
  reference(value: object | symbol, among?: 'exports' | 'prototypes'): number | undefined;
  /** The number of a WeakMap or WeakSet that may cross with the entries whose keys are in this call; undefined if this one may not. `asRegister`: only if it has the class that captures it among its keys. */
  weak(store: object, asRegister?: boolean): number | undefined;
  /** An instance of a class that the thread has itself: what the class's private stores have for it goes along. */
  keepsIn(stores: readonly object[], instance: object): void;
  /** Walks what may turn out not to be sendable; if so, everything is as before, and the answer false. */
  attempt(walk: () => void): boolean;
  /** The public error for what stands at the end of the trail. */
  refusal(what: string, wayOut: string, cause?: unknown): Error;
}
