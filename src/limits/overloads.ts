/**
 * How the overloads of a function are read: TypeScript's own `Parameters` and `ReturnType` see the last one only.
 * Up to eight signatures; a function with fewer repeats its last, which `Same` tells.
 */
type Signatures<F> = F extends {
  (...a: infer A1): infer R1;
  (...a: infer A2): infer R2;
  (...a: infer A3): infer R3;
  (...a: infer A4): infer R4;
  (...a: infer A5): infer R5;
  (...a: infer A6): infer R6;
  (...a: infer A7): infer R7;
  (...a: infer A8): infer R8;
}
  ? [[A1, R1], [A2, R2], [A3, R3], [A4, R4], [A5, R5], [A6, R6], [A7, R7], [A8, R8]]
  : never;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The signatures of an overloaded function; none for a function with one. */
export type Overloads<F> = Signatures<F> extends infer S extends unknown[] ? (Same<S[0], S[7]> extends true ? [] : S) : never;

// biome-ignore lint/suspicious/noExplicitAny: what an overload returns does not matter where its arguments are asked for
export type ArgumentsOf<L> = L extends [[infer A, any], ...infer T] ? (A extends readonly unknown[] ? A : never) | ArgumentsOf<T> : never;

/** The same signatures, each with a promise of what it returned. */
// biome-ignore lint/suspicious/noExplicitAny: an overload may return anything
export type Promising<L> = L extends [[infer A extends any[], infer R], ...infer T]
  ? ((...args: A) => Promise<Awaited<R>>) & Promising<T>
  : unknown;

/** A function with overloads; nothing else. */
export type Overloaded<F> = Overloads<F> extends [] ? never : F;

/** What the first signature that takes these arguments returns. */
export type ResultOf<L, G> = L extends [[infer A, infer R], ...infer T] ? (G extends A ? R : ResultOf<T, G>) : never;
