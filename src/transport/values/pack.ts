/**
 * Packing: a walk that makes the shadow of a value, its specials, and the notes that put both together again.
 *
 * Recursion is bounded by `DEEPEST`, for this walk and for structured clone's own: what lies deeper becomes a piece of its
 * own, made when the walk is back at the top. So depth is limited by memory alone.
 */
import type { Transferable } from 'node:worker_threads';
import { Unsendable, type Describe, type Described } from '../described.js';
import type { Packed, Patch, Prototype, Special } from '../protocol.js';
import { fill, shellOf } from './copies.js';
import { kindOf, type Kind } from './kinds.js';
import { Captured, notSendable, shortened, type Step } from './trail.js';

export interface PackOptions {
  readonly describe: Describe;
  /** Objects that a thread finds by itself: module namespaces, what an importable module keeps private. Asked only about what cannot be copied. */
  readonly describeObject?: ((value: object) => Described | undefined) | undefined;
  /** The path of the value itself: `args`, `result`, `error`, `closure of handler`. */
  readonly rootPath: string;
  /** Instances of a class that cannot cross: refused (the default), or sent as plain data, as structured clone does. */
  readonly orphans?: 'refuse' | 'plain' | undefined;
}

/** Half of what look() lets pass: one piece may refer to the inside of another. */
const DEEPEST = 100;

/** Attempts within attempts (data of an error in the data of an error …) start from a new base each, so they would not be bounded. */
const MOST_ATTEMPTS = 8;

export class Packer {
  readonly options: PackOptions;
  readonly specials: Special[] = [];
  readonly places: unknown[] = [];
  readonly patches: Patch[] = [];
  readonly descriptions: Described[] = [];
  readonly transfer: Transferable[] = [];
  /** The shadow refers to mutable objects of the caller: memory, platform objects. */
  borrows = false;
  /** What instances of a prototype get again, once it is known. */
  readonly dresses = new Map<object, Prototype | undefined>();
  readonly trail: Step[] = [];
  /** Errors whose class stays behind: they keep its name. */
  readonly orphans = new WeakSet<object>();
  /** Shadows by original; the number of the special where there is none. */
  readonly #seen = new Map<unknown, object | number>();
  /** The originals in the order in which they were seen, kept while something may have to be undone. */
  #journal: unknown[] | undefined;
  /** Flat pairs: target, prototype. */
  readonly #prototypes: unknown[] = [];
  #later: Piece[] = [];
  #base = 0;
  #attempts = 0;
  #rootPath: string;

  constructor(options: PackOptions) {
    this.options = options;
    this.#rootPath = options.rootPath;
  }

  pack(value: unknown): Packed {
    const root: [unknown] = [undefined];
    this.put(root, 0, value);
    return this.#packed(root);
  }

  /** `[fn, args]`, the function under its own path. */
  packCall(fn: Function, described: Described, args: readonly unknown[]): Packed {
    const pair: [unknown, unknown[]] = [undefined, []];
    this.#rootPath = `closure of ${fn.name || '(anonymous)'}`;
    this.#enter(fn, described);
    this.put(pair, 0, fn);
    this.#finish();
    this.#rootPath = this.options.rootPath;
    for (let i = 0; i < args.length; i++) {
      this.trail[0] = i;
      this.put(pair[1], i, args[i]);
    }
    this.trail.length = 0;
    return this.#packed([pair]);
  }

  /** `container[key]` becomes the value's shadow, or the place of its special. The caller has the step on the trail. */
  put(container: object, key: string | number, value: unknown): void {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function' && typeof value !== 'symbol') {
      assign(container, key, value);
      return;
    }
    const shadow = this.#seen.get(value) ?? this.#take(value);
    if (typeof shadow === 'number') {
      assign(container, key, undefined);
      this.places.push(container, key, shadow);
    } else assign(container, key, shadow);
  }

  #take(value: object | symbol): object | number {
    if (typeof value === 'symbol') return this.symbol(value);
    if (typeof value === 'function') return this.function(value);
    const kind = kindOf(value);
    const shell = shellOf(this, kind, value);
    if (this.#isShallow()) {
      this.#remember(value, shell);
      fill(this, kind, value, shell);
      return shell;
    }
    this.#later.push({ trail: shortened(this.trail), kind, value, shell });
    return this.#remember(value, typeof shell === 'number' ? shell : this.special({ kind: 'deep', value: shell }));
  }

  #isShallow(): boolean {
    return this.trail.length - this.#base < DEEPEST;
  }

  /** The number of a function's special; its captures join the graph. `instance`: it is wanted as that object's class. */
  function(fn: Function, instance?: object): number {
    const known = this.#seen.get(fn);
    if (known !== undefined) return known as number;
    return this.#enter(fn, this.#describe(fn, instance), instance);
  }

  #enter(fn: Function, described: Described, instance?: object): number {
    const special = { kind: 'function' as const, id: described.id, captures: undefined as unknown[] | undefined };
    const index = this.special(special);
    this.#remember(fn, index);
    this.descriptions.push(described);
    const { captures } = described;
    if (captures !== undefined) {
      special.captures = [];
      if (instance !== undefined) this.trail.push(new Captured(`class ${fn.name}`));
      if (this.#isShallow()) this.#capture(fn, captures, special.captures);
      else this.#later.push({ trail: shortened(this.trail), kind: 'captures', fn, captures, shell: special.captures });
      if (instance !== undefined) this.trail.pop();
    }
    return index;
  }

  #capture(fn: Function, read: NonNullable<Described['captures']>, shell: unknown[]): void {
    const depth = this.trail.length;
    const captures = this.#translated(read, fn);
    for (let i = 0; i < captures.length; i++) {
      const { name, value } = captures[i]!;
      this.trail[depth] = new Captured(name);
      this.put(shell, i, value);
    }
    this.trail.length = depth;
  }

  #describe(fn: Function, instance: object | undefined): Described {
    if (instance === undefined) return this.#translated(() => this.options.describe(fn), fn);
    return this.#translated(() => this.options.describe(fn), instance, `an instance of ${fn.name || 'a class'}, whose class cannot cross: `);
  }

  #translated<T>(read: () => T, culprit: unknown, before = ''): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof Unsendable) throw this.refusal(before + error.what, error.wayOut, culprit);
      throw error;
    }
  }

  /** An object that a thread has by itself, if whoever knows functions knows of one. */
  reference(value: object): number | undefined {
    const described = this.options.describeObject?.(value);
    if (described === undefined) return undefined;
    this.descriptions.push(described);
    return this.special({ kind: 'reference', id: described.id });
  }

  symbol(value: symbol, record?: string): number {
    const known = this.#seen.get(value);
    if (known !== undefined) return known as number;
    const special: Special | undefined = record === undefined ? symbolSpecial(value) : { kind: 'symbol', of: record, name: value.description ?? '' };
    if (special === undefined) throw this.refusal('a unique symbol exists on its own thread only', 'make it with Symbol.for()', value);
    return this.#remember(value, this.special(special));
  }

  special(special: Special): number {
    return this.specials.push(special) - 1;
  }

  prototype(target: object, of: Prototype): void {
    this.#prototypes.push(target, of);
  }

  /** Walks what may turn out not to be sendable; if it is not, everything is as before, and the answer false. */
  attempt(walk: () => void): boolean {
    if (this.#attempts === MOST_ATTEMPTS) return false;
    const outermost = this.#journal === undefined;
    const journal = (this.#journal ??= []);
    const lists = [this.specials, this.places, this.patches, this.descriptions, this.transfer, this.trail, journal, this.#prototypes];
    const lengths = lists.map(({ length }) => length);
    const later = this.#later;
    this.#later = [];
    this.#attempts++;
    try {
      walk();
      this.#finish();
      return true;
    } catch {
      this.dresses.clear();
      for (const original of journal.slice(lengths[6])) this.#seen.delete(original);
      for (let i = 0; i < lists.length; i++) lists[i]!.length = lengths[i]!;
      return false;
    } finally {
      this.#attempts--;
      this.#later = later;
      if (outermost) this.#journal = undefined;
    }
  }

  /** The public error for what stands at the end of the trail. */
  refusal(what: string, wayOut: string, culprit: unknown, cause?: unknown): Error {
    return notSendable(this.#rootPath, this.trail, culprit, what, wayOut, cause);
  }

  #packed(root: [unknown]): Packed {
    this.#finish();
    return { root, specials: this.specials, places: this.places, patches: [...this.#prototypePatches(), ...this.patches] };
  }

  #remember<T extends object | number>(value: unknown, shadow: T): T {
    this.#seen.set(value, shadow);
    this.#journal?.push(value);
    return shadow;
  }

  /** Makes the pieces, in the order in which they were met: so they never nest into one another for structured clone. */
  #finish(): void {
    const { trail } = this;
    const before = trail.slice();
    const base = this.#base;
    for (let i = 0; i < this.#later.length; i++) {
      const piece = this.#later[i]!;
      trail.splice(0, trail.length, ...piece.trail);
      this.#base = trail.length;
      if (piece.kind === 'captures') this.#capture(piece.fn, piece.captures, piece.shell);
      else fill(this, piece.kind, piece.value, piece.shell);
    }
    this.#later = [];
    this.#base = base;
    trail.splice(0, trail.length, ...before);
  }

  #prototypePatches(): Patch[] {
    const groups = new Map<unknown, object[]>();
    for (let i = 0; i < this.#prototypes.length; i += 2) {
      const of = this.#prototypes[i + 1];
      const targets = groups.get(of);
      if (targets === undefined) groups.set(of, [this.#prototypes[i] as object]);
      else targets.push(this.#prototypes[i] as object);
    }
    return [...groups].map(([of, targets]) => ({ kind: 'prototype', of: of as Prototype, targets }));
  }
}

type Piece =
  | { readonly trail: readonly Step[]; readonly kind: 'captures'; readonly fn: Function; readonly captures: NonNullable<Described['captures']>; readonly shell: unknown[] }
  | { readonly trail: readonly Step[]; readonly kind: Kind; readonly value: object; readonly shell: object | number };

function assign(container: object, key: string | number, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else (container as Record<string | number, unknown>)[key] = value;
}

function symbolSpecial(symbol: symbol): Special | undefined {
  const name = Symbol.keyFor(symbol);
  if (name !== undefined) return { kind: 'symbol', of: 'registry', name };
  const wellKnown = Object.getOwnPropertyNames(Symbol).find((key) => Reflect.get(Symbol, key) === symbol);
  return wellKnown === undefined ? undefined : { kind: 'symbol', of: 'Symbol', name: wellKnown };
}
