/**
 * Packing: a walk that makes the shadow of a value, its specials, and the notes that put both together again.
 *
 * Recursion is bounded by `DEEPEST`, for this walk and for structured clone's own: what lies deeper becomes a piece of its
 * own, made when the walk is back at the top. So depth is limited by memory alone.
 */
import type { AnyFunction } from '../any-function.js';
import type { Followed } from '../context/store.js';
import { type Described, Unsendable } from '../described.js';
import type { Packed, Prototype, Special } from '../protocol.js';
import { assign } from './assign.js';
import { fill, shellOf } from './copies.js';
import { type Kind, kindOf } from './kinds.js';
import { Notes } from './notes.js';
import { Captured, notSendable, type Step, shortened } from './trail.js';
import type { PackOptions, Walk } from './walk.js';

/** Half of what look() lets pass: one piece may refer to the inside of another. */
const DEEPEST = 100;

/** Attempts within attempts (data of an error in the data of an error …) start from a new base each, so they would not be bounded. */
const MOST_ATTEMPTS = 8;

export class Packer implements Walk {
  readonly options: PackOptions;
  readonly notes = new Notes();
  readonly trail: Step[] = [];
  readonly dresses = new Map<object, Prototype | undefined>();
  readonly orphans = new WeakSet<object>();
  borrows = false;
  /** Shadows by original; the number of the special where there is none. */
  readonly #seen = new Map<unknown, object | number>();
  /** The originals in the order in which they were seen, kept while something may have to be undone. */
  #journal: unknown[] | undefined;
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
    this.#finish();
    return this.notes.packed(root);
  }

  /** `[fn, args]` or `[fn, args, stores]`, each under its own path. */
  packCall(fn: AnyFunction, described: Described, args: readonly unknown[], stores?: readonly Followed[]): Packed {
    const pair: [unknown, unknown[], unknown[]?] = [undefined, []];
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
    this.#finish();
    if (stores !== undefined) pair[2] = this.#putStores(stores);
    return this.notes.packed([pair]);
  }

  /** Flat: store, value, and again. */
  #putStores(stores: readonly Followed[]): unknown[] {
    const flat: unknown[] = [];
    this.#rootPath = 'context';
    for (const { index, store, value } of stores) {
      this.trail[0] = index;
      this.put(flat, flat.length, store);
      this.put(flat, flat.length, value);
    }
    this.trail.length = 0;
    this.#finish();
    return flat;
  }

  put(container: object, key: string | number, value: unknown): void {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function' && typeof value !== 'symbol') {
      assign(container, key, value);
      return;
    }
    const shadow = this.#seen.get(value) ?? this.#take(value);
    if (typeof shadow === 'number') {
      assign(container, key, undefined);
      this.notes.place(container, key, shadow);
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
    return this.#remember(value, typeof shell === 'number' ? shell : this.notes.special({ kind: 'deep', value: shell }));
  }

  #isShallow(): boolean {
    return this.trail.length - this.#base < DEEPEST;
  }

  function(fn: AnyFunction, instance?: object): number {
    const known = this.#seen.get(fn);
    if (known !== undefined) return known as number;
    const before = instance === undefined ? '' : `an instance of ${fn.name || 'a class'}, whose class cannot cross: `;
    const described = this.#translated(() => this.options.describe(fn), instance ?? fn, before);
    return this.#enter(fn, described, instance);
  }

  #enter(fn: AnyFunction, described: Described, instance?: object): number {
    const special = { kind: 'function' as const, id: described.id, captures: undefined as unknown[] | undefined };
    const index = this.#remember(fn, this.notes.special(special));
    this.notes.descriptions.push(...(described.needs ?? []), described);
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

  #capture(fn: AnyFunction, read: NonNullable<Described['captures']>, shell: unknown[]): void {
    const depth = this.trail.length;
    const captures = this.#translated(read, fn);
    for (const [i, { name, value }] of captures.entries()) {
      this.trail[depth] = new Captured(name);
      this.put(shell, i, value);
    }
    this.trail.length = depth;
  }

  #translated<T>(read: () => T, culprit: unknown, before = ''): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof Unsendable) throw this.refusal(before + error.what, error.wayOut, culprit);
      throw error;
    }
  }

  numbered(value: object): number {
    const shadow = this.#seen.get(value) ?? this.#take(value);
    return typeof shadow === 'number' ? shadow : this.notes.special({ kind: 'deep', value: shadow });
  }

  reference(value: object, among?: 'exports'): number | undefined {
    const described = this.options.describeObject?.(value, among);
    if (described === undefined) return undefined;
    this.notes.descriptions.push(described);
    return this.notes.special({ kind: 'reference', id: described.id });
  }

  symbol(symbol: symbol, record?: string): number {
    const known = this.#seen.get(symbol);
    if (known !== undefined) return known as number;
    const special: Special | undefined =
      record === undefined ? symbolSpecial(symbol) : { kind: 'symbol', of: record, name: symbol.description ?? '' };
    if (special === undefined) throw this.refusal('a unique symbol exists on its own thread only', 'make it with Symbol.for()', symbol);
    return this.#remember(symbol, this.notes.special(special));
  }

  attempt(walk: () => void): boolean {
    if (this.#attempts === MOST_ATTEMPTS) return false;
    const outermost = this.#journal === undefined;
    const journal = this.#journal ?? [];
    this.#journal = journal;
    const [position, seen, depth, base, later] = [this.notes.position(), journal.length, this.trail.length, this.#base, this.#later];
    this.#later = [];
    this.#attempts++;
    try {
      walk();
      this.#finish();
      return true;
    } catch {
      this.notes.rewind(position);
      this.dresses.clear();
      for (const original of journal.splice(seen)) this.#seen.delete(original);
      this.trail.length = depth;
      this.#base = base;
      return false;
    } finally {
      this.#attempts--;
      this.#later = later;
      if (outermost) this.#journal = undefined;
    }
  }

  refusal(what: string, wayOut: string, culprit: unknown, cause?: unknown): Error {
    return notSendable(this.#rootPath, this.trail, culprit, what, wayOut, cause);
  }

  #remember<T extends object | number>(value: unknown, shadow: T): T {
    this.#seen.set(value, shadow);
    this.#journal?.push(value);
    return shadow;
  }

  /** Makes the pieces, in the order in which they were met: so they never nest into one another for structured clone. */
  #finish(): void {
    const { trail } = this;
    const [before, base] = [trail.slice(), this.#base];
    // It grows meanwhile: what a piece finds too deep comes after it.
    for (const piece of this.#later) {
      trail.splice(0, trail.length, ...piece.trail);
      this.#base = trail.length;
      if (piece.kind === 'captures') this.#capture(piece.fn, piece.captures, piece.shell);
      else fill(this, piece.kind, piece.value, piece.shell);
    }
    this.#later = [];
    this.#base = base;
    trail.splice(0, trail.length, ...before);
  }
}

type Piece =
  | {
      readonly trail: readonly Step[];
      readonly kind: 'captures';
      readonly fn: AnyFunction;
      readonly captures: NonNullable<Described['captures']>;
      readonly shell: unknown[];
    }
  | { readonly trail: readonly Step[]; readonly kind: Kind; readonly value: object; readonly shell: object | number };

function symbolSpecial(symbol: symbol): Special | undefined {
  const name = Symbol.keyFor(symbol);
  if (name !== undefined) return { kind: 'symbol', of: 'registry', name };
  const wellKnown = Object.getOwnPropertyNames(Symbol).find((key) => Reflect.get(Symbol, key) === symbol);
  return wellKnown === undefined ? undefined : { kind: 'symbol', of: 'Symbol', name: wellKnown };
}
