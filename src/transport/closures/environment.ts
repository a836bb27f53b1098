/** The variables around one function, read once: V8's scopes as a place to look names up. */
import type { Scope } from '../inspect/look.js';

/** Where a name leads. */
export type Found = 'global' | 'dead zone' | { readonly kind: string; readonly value: unknown };

export class Environment {
  readonly #scopes: readonly Scope[];

  constructor(scopes: readonly Scope[]) {
    this.#scopes = scopes.filter(({ kind }) => kind !== 'Global');
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
    return 'global';
  }

  /** Undefined, too, where there is no value to be had. */
  valueOf(name: string): unknown {
    const found = this.find(name);
    return typeof found === 'object' ? found.value : undefined;
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
