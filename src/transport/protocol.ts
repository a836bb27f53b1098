/**
 * The wire protocol, used by both sides of the thread boundary: plain, structured-cloneable data only.
 *
 *   calling side                                   thread
 *   describe(fn) ── FunctionDescription (once) ──▶ load(id, description)
 *   encode(args) ── Payload (each call) ─────────▶ decode
 *   decode       ◀── Payload (each result) ─────── encode
 */

/** How a thread gets hold of a function. Sent once a thread, kept there under its id. */
export type FunctionDescription = NamedFunction | ReferencedFunction | BoundFunction | RecipeFunction;

/** A member of a Node builtin or of a global: `['node:zlib', 'gzipSync']`, `['globalThis', 'JSON', 'parse']`. */
export interface NamedFunction {
  readonly way: 'name';
  readonly path: readonly [root: string, ...members: string[]];
}

/** A member of a module's exports: `path` starts with the export's name (`default` for `module.exports` itself). */
export interface ReferencedFunction {
  readonly way: 'reference';
  /** What the thread imports: a `file:` URL, or whatever `import()` takes. */
  readonly module: string;
  readonly path: readonly string[];
}

/** A bound function or a partial: its captures are the target, `this`, and the bound arguments, in this order. */
export interface BoundFunction {
  readonly way: 'bound';
  readonly name: string;
}

/** A function by value: how to make it again from its source and its captures. Its fields belong to `closures/` and `rebuild/`. */
export interface RecipeFunction {
  readonly way: 'value';
  readonly name: string;
}

/** A description under the number that both sides know it by. */
export type Delivery = readonly [id: number, description: FunctionDescription];
