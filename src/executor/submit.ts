import type { AnyFunction } from '../transport/any-function.js';
import type { TaskOptions } from './task-options.js';

/** A function that needs no `this` of its own; one that does is bound first: `run(object.method.bind(object))`. */
// biome-ignore lint/suspicious/noExplicitAny: `unknown[]` would refuse every function with typed parameters
export type Fn = (this: void, ...args: any[]) => any;

/** What `run` and all its forms come down to. Never throws: whatever is wrong, the promise rejects. `self`: what a wrapped function was called on. */
export type Submit = (fn: AnyFunction, args: readonly unknown[], options: TaskOptions, self?: unknown) => Promise<unknown>;
