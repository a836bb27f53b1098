/** The part of the wire protocol that says where a thread finds a function by itself. */

/** A member of a Node builtin or of a global: `['node:zlib', 'gzipSync']`, `['globalThis', 'JSON', 'parse']`. */
export interface NamedFunction {
  readonly way: 'name';
  readonly path: readonly [root: string, ...members: string[]];
  /** See `fingerprint`; absent where a thread's function differs from the main thread's by design (`process.cwd`). */
  readonly source?: number | undefined;
}

/** A member of a module: of its namespace (`path` starts with the export's name), or of `module.exports` (`path` may be empty). */
export interface ReferencedFunction {
  readonly way: 'reference';
  /** The module's `file:` URL, or whatever `import()` takes. */
  readonly module: string;
  readonly path: readonly string[];
  /** How this side loaded it: 'require' starts at `module.exports`, whatever names `import()` would find there. */
  readonly loader: 'import' | 'require';
  /** The path of the package's file that has to be loaded first. */
  readonly after?: string | undefined;
  /** See `fingerprint`. A thread that finds another function there says "missing". Absent: whatever is there is meant (`fromModule`). */
  readonly source?: number | undefined;
}
