/**
 * What partials were made of, kept where this library can read it; what `bind` ties together only the inspector sees.
 */
export interface PartialParts {
  readonly target: Function;
  readonly thisArg: unknown;
  readonly args: readonly unknown[];
  /** `args` is one object of named arguments, which the thread matches: only there is the target loaded. */
  readonly isNamed: boolean;
}

export function partialParts(fn: Function): PartialParts | undefined {
  return partials.get(fn);
}

export function rememberParts(fn: Function, parts: PartialParts): void {
  partials.set(fn, parts);
}

const partials = new WeakMap<Function, PartialParts>();
