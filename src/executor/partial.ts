import type { Arguments } from '../limits/arguments.js';
import { partial as bind } from '../transport/describe/partial.js';
import type { NamedArguments } from './named.js';
import type { Fn } from './submit.js';

/** functools.partial, with its types. */
export interface Partial {
  <A extends Arguments, B extends Arguments, R>(fn: (this: void, ...args: [...A, ...B]) => R, ...bound: A): (...rest: B) => R;
  /** With named arguments bound: `run(partial.named(delayedPrint, { mes: '111', sec: 1 }))`. Throws NamedArgumentError. */
  named<F extends Fn>(fn: F, args: NamedArguments<F>): () => ReturnType<F>;
}

/**
 * A function with its first arguments bound, for any place that takes a function. What is bound is read when it is called or sent.
 *
 * @throws TypeError for what is not a function.
 * @example
 * await runInExecutor(partial(resize, { width: 320 }), image);
 */
export const partial: Partial = bind as unknown as Partial;
