/**
 * Packing: a walk that makes the shadow of a value, its specials, and the notes that put both together again.
 *
 * Recursion is bounded by `DEEPEST`, for this walk and for structured clone's own: what lies deeper becomes a piece of its
 * own, made when the walk is back at the top. So depth is limited by memory alone.
 */

import type { AnyFunction } from '../any-function.js';
import { DescribeAgain, type Described } from '../described.js';
import { labelOf } from '../functions/label.js';
import type { ProxyParts } from '../inspect/proxy.js';
import type { FunctionSpecial, Packed, Prototype } from '../packed.js';
import { assign } from './assign.js';
import { noteClosing } from './attributes.js';
import { fill, shellOf } from './copies.js';
import { kindOf } from './kinds.js';
import { Notes } from './notes.js';
import type { Piece } from './piece.js';
import { capturedProxy, enterProxy } from './proxies.js';
import { referenceToSymbol, symbolSpecial, uniqueSymbol } from './symbols.js';
import { Captured, notSendable, type Step, shortened } from './trail.js';
import { translated } from './translated.js';
import type { PackOptions, Walk } from './walk.js';
import { type Holder, isRegisterOf, mayCross, WeakStores } from './weak.js';

export class Packer implements Walk {
  readonly options: PackOptions;
  readonly notes = new Notes();
  readonly trail: Step[] = [];
  readonly dresses = new Map<object, Prototype | undefined>();
  readonly orphans = new WeakSet<object>();
  readonly live = new Map<object, readonly string[]>();
  readonly locked = new Map<object, readonly string[]>();
  attributesRead = 0;
  readonly classStores = new Map<object, readonly object[]>();
  readonly prototypes = new WeakSet<object>();
  borrows = false;
  large = false;
  captured = false;
  #holder: Holder | undefined;
  readonly #stores = new WeakStores();
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
    this.finish();
    return this.end(root);
  }

  /** What follows has paths that begin with this. */
  startAt(rootPath: string): void {
    this.trail.length = 0;
    this.#rootPath = rootPath;
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
    const proxy = capturedProxy(this, value);
    if (proxy !== undefined) return this.reference(value) ?? this.#proxy(value, proxy);
    const kind = kindOf(value);
    const shell = shellOf(this, kind, value);
    if (this.captured && typeof shell !== 'number') noteClosing(this, value, shell);
    if (this.#isShallow()) {
      fill(this, kind, value, this.#remember(value, shell));
      return shell;
    }
    this.#later.push({ trail: shortened(this.trail), kind, captured: this.captured, value, shell });
    return this.#remember(value, typeof shell === 'number' ? shell : this.notes.special({ kind: 'deep', value: shell }));
  }

  #isShallow(): boolean {
    return this.trail.length - this.#base < DEEPEST;
  }

  function(fn: AnyFunction, instance?: object): number {
    const known = this.#seen.get(fn);
    if (known !== undefined) return known as number;
    const before = instance === undefined ? '' : `an instance of ${labelOf(fn) || 'a class'}, whose class cannot cross: `;
    const described = translated(this, () => this.options.describe(fn), before);
    return this.enter(fn, described, instance);
  }

  enter(fn: AnyFunction, described: Described, instance?: object): number {
    if (described.proxy !== undefined) return this.#proxy(fn, described.proxy);
    const self = this.options.numberOf?.(fn, described);
    const special: FunctionSpecial = { kind: 'function', id: described.id, self, captures: undefined };
    const index = this.#remember(fn, this.notes.special(special));
    if (described.description.way === 'value' || described.description.way === 'bound') noteClosing(this, fn, index);
    this.notes.descriptions.push(...(described.needs ?? []), described);
    if (described.home !== undefined) special.home = this.function(described.home);
    if (described.captures !== undefined) {
      special.captures = [];
      if (instance !== undefined) this.trail.push(new Captured(`class ${labelOf(fn)}`));
      if (this.#isShallow() && described.stops?.isKnown() !== false) this.#capture(fn, described, special.captures);
      else this.#later.push({ trail: shortened(this.trail), kind: 'captures', fn, described, shell: special.captures });
      if (instance !== undefined) this.trail.pop();
    }
    return index;
  }

  #proxy(proxy: object, parts: ProxyParts): number {
    return enterProxy(this, proxy, parts, (special) => this.#remember(proxy, this.notes.special(special)));
  }

  #capture(fn: AnyFunction, { captures: read, description }: Described, shell: unknown[]): void {
    const [depth, wasCaptured, lastHolder] = [this.trail.length, this.captured, this.#holder];
    const captures = translated(this, read as NonNullable<typeof read>);
    for (const [i, { name, value }] of captures.entries()) {
      this.trail[depth] = new Captured(name);
      this.captured = true;
      this.#holder = { fn, description };
      // What a function inherits from: its getters are for what inherits them.
      if (name === '__proto__' && typeof value === 'object' && value !== null) this.prototypes.add(value);
      this.put(shell, i, value);
    }
    this.captured = wasCaptured;
    this.#holder = lastHolder;
    this.trail.length = depth;
  }

  numbered(value: object): number {
    const shadow = this.#seen.get(value) ?? this.#take(value);
    return typeof shadow === 'number' ? shadow : this.notes.special({ kind: 'deep', value: shadow });
  }

  weak(store: object, asRegister = false): number | undefined {
    if (asRegister && !isRegisterOf(this.#holder, store)) return undefined;
    return mayCross(this.#holder, store, this.trail) ? this.#stores.copy(this, store) : undefined;
  }

  keepsIn(stores: readonly object[], instance: object): void {
    this.#stores.keep(this, stores, instance);
  }

  reference(value: object | symbol, among?: 'exports' | 'prototypes'): number | undefined {
    const described = this.options.describeObject?.(value, among);
    if (described === undefined) return undefined;
    this.notes.descriptions.push(described);
    return this.notes.special({ kind: 'reference', id: described.id });
  }

  symbol(symbol: symbol, record?: string): number {
    const known = this.#seen.get(symbol);
    if (known !== undefined) return known as number;
    const special = symbolSpecial(symbol, record);
    const found = special === undefined ? referenceToSymbol(this, symbol) : this.notes.special(special);
    if (found !== undefined || this.options.outbound === true)
      return this.#remember(symbol, found ?? this.notes.special(uniqueSymbol(symbol)));
    this.options.noteLoss?.(String(symbol));
    throw this.refusal('a unique symbol exists on its own thread only', 'make it with Symbol.for()');
  }

  attempt(walk: () => void): boolean {
    if (this.#attempts === MOST_ATTEMPTS) return false;
    const [before, journal] = [this.#journal, this.#journal ?? []];
    this.#journal = journal;
    const [position, seen, depth, stores] = [this.notes.position(), journal.length, this.trail.length, this.#stores.count];
    const [captured, holder, base, later] = [this.captured, this.#holder, this.#base, this.#later];
    this.#later = [];
    this.#attempts++;
    try {
      walk();
      this.finish();
      return true;
    } catch (error) {
      if (error instanceof DescribeAgain) throw error;
      this.notes.rewind(position);
      this.captured = captured;
      this.#holder = holder;
      this.#stores.rewind(stores);
      this.dresses.clear();
      for (const original of journal.splice(seen)) this.#seen.delete(original);
      this.trail.length = depth;
      this.#base = base;
      return false;
    } finally {
      this.#attempts--;
      this.#later = later;
      this.#journal = before;
    }
  }

  refusal(what: string, wayOut: string, cause?: unknown): Error {
    return notSendable(this.#rootPath, this.trail, what, wayOut, cause);
  }

  #remember<T extends object | number>(value: unknown, shadow: T): T {
    this.#seen.set(value, shadow);
    this.#journal?.push(value);
    return shadow;
  }

  /** After the last piece. */
  end(root: readonly [unknown]): Packed {
    const isMet = (key: unknown): boolean => this.#seen.has(key);
    this.#stores.enterMet(this, isMet, () => this.finish());
    return this.notes.packed(root, this.#seen.keys());
  }

  /** Makes the pieces, in the order in which they were met: so they never nest into one another for structured clone. */
  finish(): void {
    const { trail } = this;
    const [before, base, captured] = [trail.slice(), this.#base, this.captured];
    // It grows meanwhile: what a piece finds too deep comes after it.
    for (const piece of this.#later) {
      trail.splice(0, trail.length, ...piece.trail);
      this.#base = trail.length;
      this.captured = piece.captured === true;
      if (piece.kind === 'captures') piece.described.stops?.ask();
      if (piece.kind === 'captures') this.#capture(piece.fn, piece.described, piece.shell);
      else fill(this, piece.kind, piece.value, piece.shell);
    }
    this.#later = [];
    this.#base = base;
    this.captured = captured;
    trail.splice(0, trail.length, ...before);
  }
}

/** Half of what look() lets pass: one piece may refer to the inside of another. */
const DEEPEST = 100;
/** Attempts within attempts (data of an error in the data of an error …) start from a new base each, so they would not be bounded. */
const MOST_ATTEMPTS = 8;
