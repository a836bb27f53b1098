/**
 * The form in which a value travels that structured clone alone would not carry whole.
 */

/**
 * A value that structured clone alone would not carry whole: a shadow of the value's graph without its specials, the
 * specials, and what to do with both after the clone. It works because structured clone keeps identity inside one
 * message: `places` and `patches` name the very objects of the shadow.
 */
export interface Packed {
  /** The shadow, in a box, so that a special can be the root too. */
  readonly root: readonly [unknown];
  readonly specials: readonly Special[];
  /** Where the specials go, flat: container, key, index into `specials`, and again. */
  readonly places: readonly unknown[];
  readonly patches: readonly Patch[];
}

/** What structured clone cannot make at all. */
export type Special =
  | FunctionSpecial
  /** An object that a thread finds by itself: a module namespace, a module's own WeakMap. */
  | { readonly kind: 'reference'; readonly id: number }
  /** Of the registry, of `Symbol` itself, or of a record of `node:fs` by its name. */
  | { readonly kind: 'symbol'; readonly of: 'registry' | 'Symbol' | (string & {}); readonly name: string }
  /** Made anew: the same for all that refers to this special. */
  | { readonly kind: 'unique symbol'; readonly name?: string }
  /** A new one; a patch enters into it. */
  | { readonly kind: 'weak'; readonly type: 'WeakMap' | 'WeakSet' }
  /** A proxy of two other specials. */
  | { readonly kind: 'proxy'; target: number; handler: number }
  /** The `prototype` of a class, which is the special before it. */
  | { readonly kind: 'prototype'; readonly of: number }
  | { readonly kind: 'url'; readonly href: string }
  /** `of`: the URL among the specials whose parameters these are. */
  | { readonly kind: 'search'; readonly text: string; of?: number }
  | { readonly kind: 'exception'; readonly name: string; readonly message: string; own: Properties | undefined }
  /** A builtin that is made anew, of what it shows. */
  | { readonly kind: 'remade'; readonly type: string; readonly args: readonly unknown[] }
  /** In a result: an instance that a package keeps as a constant. Where this side has none like it, a copy. */
  | { readonly kind: 'constant'; readonly id: number; readonly shell: object }
  /**
   * An instance whose class keeps state in `#names`, which only the class itself can put on: it gets what is on the shell, and that state.
   * `stays`: structured clone makes it (of a class that extends Map), so it is the shell, and nothing refers to the special.
   */
  | { readonly kind: 'private'; readonly shell: object; readonly state: PrivateState; readonly stays: boolean }
  /** What lies deeper than structured clone can nest. */
  | { readonly kind: 'deep'; readonly value: object };

export interface FunctionSpecial {
  readonly kind: 'function';
  readonly id: number;
  /** The number of this very function, where others share its description: a result that hands it back names it. */
  readonly self?: number | undefined;
  captures: unknown[] | undefined;
  /** The special of the class inside of which it is made. */
  home?: number;
}

/** What structured clone forgets about an object that it does make. */
export type Patch =
  | { readonly kind: 'prototype'; readonly of: Prototype; readonly targets: readonly object[] }
  /** For a Map or a Set; a number is a WeakMap or a WeakSet among the specials. */
  | { readonly kind: 'entries'; readonly target: object | number; readonly entries: readonly unknown[] }
  | { readonly kind: 'properties'; readonly target: object; readonly own: Properties }
  /** So many objects or arrays for an array that is empty. */
  | { readonly kind: 'rows'; readonly target: unknown[]; readonly count: number; readonly rows: Rows | Lists }
  /** The last of all. A number is a function among the specials. */
  | { readonly kind: 'closed'; readonly how: Closing; readonly targets: readonly (object | number)[] };

/** The value of each row, in order: numbers, booleans, or anything; one that all rows have; or objects and arrays, of which each row has its own. */
export type Column = Float64Array | Uint8Array | readonly unknown[] | Same | Rows | Lists | Gaps;

/** Those that say what they are. */
export type MadeColumn = Exclude<Column, ArrayLike<unknown>>;

export interface Same {
  readonly kind: 'same';
  readonly value: unknown;
}

/** Plain objects with the same fields, and a column for each field. */
export interface Rows {
  readonly kind: 'rows';
  readonly names: readonly string[];
  readonly columns: readonly Column[];
}

/** Arrays: how long each is, and the items of all, one after the other. */
export interface Lists {
  readonly kind: 'lists';
  readonly lengths: Uint32Array;
  readonly items: Column;
}

/** Objects or arrays that some rows do not have. */
export interface Gaps {
  readonly kind: 'gaps';
  /** 1 for each row that has one. */
  readonly present: Uint8Array;
  /** What the others have. */
  readonly absent: null | undefined;
  readonly of: Column;
}

/** What keeps an object from changing. */
export type Closing = 'freeze' | 'seal' | 'preventExtensions';

/** A class, or the prototype itself, among the specials; or the name of one that both sides have (`null`: no prototype at all). */
export type Prototype = number | string | null;

/** Own properties, the non-enumerable ones first; a number among the names is a symbol among the specials. */
export interface Properties {
  readonly names: (string | number)[];
  readonly values: unknown[];
  hidden: number;
  /** Which of them are accessors: their value is `[getter, setter]`. */
  accessors?: number[];
  /** Which of them cannot be written, and which cannot be deleted or defined anew. */
  readOnly?: number[];
  fixed?: number[];
}

/** What instances of one class, bases aside, have of their own there; without the `#`. */
export interface PrivateNames {
  /** With a value each. */
  readonly fields: readonly string[];
  /** Methods and accessors. */
  readonly members: readonly string[];
  /** The class extends nothing, so it makes its instances itself. */
  readonly isRoot: boolean;
  /** It has a constructor of its own. */
  readonly isWritten: boolean;
}

/** That of one instance, class by class, those first that others extend. */
export type PrivateState = readonly {
  /** How far above the instance's own prototype that of the class is. */
  readonly depth: number;
  readonly names: PrivateNames;
  /** Of the fields, in their order. */
  readonly values: unknown[];
}[];
