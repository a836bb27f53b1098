/** The variables around one function, read once: V8's scopes as a place to look names up. */
import { standardGlobals } from '../functions/standard-globals.js';
import type { Scope } from '../inspect/look.js';

/** Where a name leads. */
export type Found = 'global' | 'dead zone' | { readonly kind: string; readonly value: unknown };

export class Environment {
  readonly #scopes: readonly Scope[];
  readonly #hasOwnGlobals: boolean;

  /** `file`: what the function's script was compiled under. */
  constructor(scopes: readonly Scope[], file = '') {
    this.#scopes = scopes.filter(({ kind }) => kind !== 'Global');
    this.#hasOwnGlobals = declaresGlobals(file);
  }

  /** All names of V8's scopes are there, not only those that this function uses: ask for no other. */
  find(name: string): Found {
    for (const { kind, variables } of this.#scopes) {
      if (!(name in variables)) continue;
      try {
        return { kind, value: variables[name] };
      } catch {
        return 'dead zone';
      }
    }
    if (!this.#hasOwnGlobals || !(name in globalThis) || isEverywhere(name)) return 'global';
    return { kind: 'Global', value: Reflect.get(globalThis, name) };
  }

  /**
   * Whether a function of that name is around the text, nearer than the variable. If it is no declaration (which is that variable), it
   * may be an expression, whose name no scope shows.
   */
  isPerhapsHidden(name: string, text: string): boolean {
    for (const { kind, variables } of this.#scopes) {
      if (name in variables) return false;
      if (kind !== `Closure (${name})`) continue;
      const value = this.valueOf(name);
      return typeof value !== 'function' || !Function.prototype.toString.call(value).includes(text);
    }
    return false;
  }

  /** The scope that has the variable: its kind, and how many are around it. */
  whereIs(name: string): { readonly kind: string; readonly depth: number } {
    const index = this.#scopes.findIndex(({ variables }) => name in variables);
    return index < 0 ? { kind: 'Global', depth: 0 } : { kind: this.#scopes[index]?.kind ?? '', depth: this.#scopes.length - index };
  }

  /** Of the scope with so many around it. */
  variablesAt(depth: number): Scope['variables'] | undefined {
    return this.#scopes[this.#scopes.length - depth]?.variables;
  }

  /** Undefined, too, where there is no value to be had. */
  valueOf(name: string): unknown {
    const found = this.find(name);
    return typeof found === 'object' ? found.value : undefined;
  }

  /** As V8 gave them. */
  get scopes(): readonly Scope[] {
    return this.#scopes;
  }

  has(kind: string): boolean {
    return this.#scopes.some((scope) => scope.kind.startsWith(kind));
  }

  /** Every value around, to look for one that is known by something other than its name. */
  *values(): Generator<unknown> {
    for (const { variables } of this.#scopes) {
      for (const name of Object.keys(variables)) {
        const found = this.find(name);
        if (typeof found === 'object') yield found.value;
      }
    }
  }
}

/** Under `-e`, on standard input, in the REPL and in scripts of `node:vm`, what the top level declares becomes global. A thread has only the others. */
export function declaresGlobals(file: string): boolean {
  return /^(?:\[(?:eval|stdin|worker eval)\]|REPL\d+|evalmachine\.<anonymous>)$/.test(file);
}

/** What a context has before any program ran in it, and what Node adds to it. */
function isEverywhere(name: string): boolean {
  everywhere ??= new Set([...standardGlobals, ...Object.getOwnPropertyNames(Object.prototype), ...values]);
  return everywhere.has(name);
}

const values = [
  'NaN',
  'Infinity',
  'undefined',
  'crypto',
  'global',
  'globalThis',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'sessionStorage',
];
let everywhere: Set<string> | undefined;
