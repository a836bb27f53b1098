/**
 * The part of the wire protocol that carries functions by value, and what each thread has in place of things that are not copied.
 */
import type { ReferencedFunction } from './reference.js';

/** A function by value: how to make it again from its source and its captures. */
export interface RecipeFunction {
  readonly way: 'value';
  readonly name: string;
  readonly form: Form;
  /** The user's text; where words of it mean something else in a thread, variables of the same width stand in their place. */
  readonly text: string;
  readonly strict: boolean;
  /** What the text was compiled under: stacks, `import()` and `require` in the thread refer to it. */
  readonly file: string;
  /** Of a package's function that imports: what has to be loaded first. See `ReferencedFunction`. */
  readonly after?: string | undefined;
  /** URLs of packages that its file imports for their effects alone, in order: they come before all else. */
  readonly first?: readonly string[] | undefined;
  /** Where the text begins in that file, from 0. */
  readonly line: number;
  readonly column: number;
  /** Only while someone watches: where the text begins in its script, and how long that is, in characters; for a debugger, its source map. */
  readonly script?: { readonly offset: number; readonly length: number; readonly sourceMap?: string | undefined } | undefined;
  /** Where stacks are mapped here, the file's source map, for them to be mapped there too. */
  readonly sourceMap?: string | undefined;
  /** The variables that each call's captures fill, in their order. */
  readonly captures: readonly Slot[];
  /** The variables that the thread supplies by itself. */
  readonly supplied: readonly Supply[];
  /**
   * Of a class whose decorators tell a package about it: a function of the class, as text, that gives each list of them with what it is
   * for. The class is made once a thread, for it is the key under which the package knows it.
   */
  readonly decorations?: string | undefined;
  /** Of a class: the variable to which its text gives a function that evaluates code inside of it, where private names mean something. */
  readonly entry?: string | undefined;
  /** It uses a private name of its home, and is made inside of that. The globals are such for it, whatever a method there calls so. */
  readonly inside?: { readonly name: string; readonly globals: readonly string[] } | undefined;
}

/** Which wrapping makes an expression of a function's text: none, or an object literal around a method. */
export type Form = 'expression' | 'member';

/** Where a captured value goes: into a variable, or onto the function. */
export type Slot =
  | { readonly to: 'variable'; readonly name: string }
  /** A `const` that the function assigns to: it throws there as here. */
  | { readonly to: 'constant'; readonly name: string }
  /** A variable that several functions of the call share: a `Cell`. */
  | { readonly to: 'cell'; readonly name: string }
  /** Not initialised at the time of the call: touching it throws there as here. Its captured value is ignored. */
  | { readonly to: 'dead zone'; readonly name: string }
  /** The `arguments` of a function around an arrow: an array of them. */
  | { readonly to: 'arguments' }
  /** The function's own properties, static fields among them: an object of them. */
  | { readonly to: 'properties' }
  /** Static private fields: an array of their values, for the static method that was added to the text. */
  | { readonly to: 'private fields'; readonly setter: string }
  /** What was put onto its prototype: an object of it. */
  | { readonly to: 'prototype' }
  /** A prototype that was put in place of its own. */
  | { readonly to: 'given prototype' }
  /** What the function itself inherits from, in place of `Function.prototype`: an object, a function, or null. */
  | { readonly to: 'given nature' }
  /** Accessors that were put onto it (`true`) or onto its prototype: an array of `[own, name, getter, setter]`. */
  | { readonly to: 'accessors' }
  /** What the class extends: a class, or null; `construct` if its constructor calls it by `super()`. */
  | { readonly to: 'parent'; readonly construct: boolean }
  /** What `super` in a method starts from: an object, or a class and `true` for its prototype. */
  | { readonly to: 'home' };

/** A bound function or a partial: its captures are the target, `this`, and the bound arguments, in this order; then those of `slots`. */
export interface BoundFunction {
  readonly way: 'bound';
  readonly name: string;
  /** How many parameters what `bind` made says it takes; absent of a partial. */
  readonly length?: number | undefined;
  /** What was put onto the bound function itself. */
  readonly slots?: readonly Slot[] | undefined;
  /** The one bound argument holds named arguments, to be matched in the thread, where the target is loaded. */
  readonly named?: boolean | undefined;
  /** The target is a getter, and what it gives is called. */
  readonly gets?: boolean | undefined;
  /** In place of the target there is a class, which has it as its static member, or its prototype's; `isFree`: `this` is that of each call. */
  readonly member?: { readonly key: string; readonly isStatic: boolean; readonly isFree?: boolean } | undefined;
}

/** A variable that the thread fills by itself. */
export type Supply = { readonly name: string } & (
  | StandIn
  /** `env` is Vite's addition. */
  | { readonly what: 'import.meta'; readonly env?: Readonly<Record<string, string>> | undefined }
  | { readonly what: 'import()' }
);

/** What a thread has itself, in place of an object that is not copied. */
export type StandIn =
  | FoundStandIn
  /** An AsyncLocalStorage that is nobody's export: each thread has one in its place, and there is no value in it but what follows a call. */
  | { readonly what: 'store' }
  /** An object of this library's own, made in each thread: by a class that the package exports. */
  | { readonly what: 'own'; readonly type: string; readonly options: object }
  /** An instance that a class has as a constant, if it is the same there; `within`: not the class, but what its module exports (''), or one of these. */
  | { readonly what: 'constant'; readonly of: ReferencedFunction; readonly within?: string; readonly name: string; readonly print: number }
  /** A symbol that a class has a member under: one a thread, under this number, for that member's name is fixed when the class is made. */
  | { readonly what: 'symbol'; readonly id: number; readonly description: string | undefined };

/** Those that lead to something: home from a thread, too. */
export type FoundStandIn =
  | { readonly what: 'global'; readonly path: readonly string[] }
  /** As written in the function's file; `*` is the whole namespace. */
  | { readonly what: 'import'; readonly specifier: string; readonly member: string }
  /** `module.exports` of a CommonJS file. */
  | { readonly what: 'required'; readonly file: string; readonly after?: string | undefined }
  /** What a compiler made of that module: with its prototype or another, and with which of its names. */
  | {
      readonly what: 'interop';
      readonly of: FoundStandIn;
      readonly base: 'null' | 'object' | 'module';
      readonly keys: 'all' | 'enumerable';
    }
  | Private
  /** `require` as that file would have it. */
  | { readonly what: 'require'; readonly from: string };

/** A variable, or what is in it, that an importable module does not export; `depth` is that of its scope, from the module's own, 0. */
export interface Private {
  readonly what: 'private';
  readonly file: string;
  readonly depth: number;
  readonly path: readonly string[];
  readonly isModule: boolean;
  /** See `ReferencedFunction`. */
  readonly after?: string | undefined;
  /** A function in whose scopes it is, where no export of its own file sees it. */
  readonly anchor?: ReferencedFunction | Private | undefined;
  /** Of a function, see `fingerprint`; of an object that is taken for another by its members, `memberPrint`. */
  readonly source?: number | undefined;
}

/** An object that each thread has by itself. */
export interface StandInObject {
  readonly way: 'object';
  readonly name: string;
  readonly standIn: StandIn;
}
