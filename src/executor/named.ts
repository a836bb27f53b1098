/**
 * Named arguments: matched to the parameters here, or in the thread where only a thread has the function.
 */
import type { AnyFunction } from '../transport/any-function.js';
import { partial } from '../transport/describe/partial.js';
import { isMatchedInThread, matchNamed } from '../transport/functions/named.js';
import type { Fn, Submit } from './submit.js';
import type { TaskOptions } from './task-options.js';

/** The one parameter's object where `fn` takes one; else any of its parameter values by name, and an array for a rest parameter. */
export type NamedArguments<F extends Fn> =
  Required<Parameters<F>> extends [infer Only extends object]
    ? Only | Record<string, Only>
    : Record<string, Parameters<F>[number] | (number extends Parameters<F>['length'] ? Parameters<F>[number][] : never)>;

export async function runNamed(submit: Submit, options: TaskOptions, fn: AnyFunction, args: object): Promise<unknown> {
  const named = args as Readonly<Record<string, unknown>>;
  if (typeof fn !== 'function') return submit(fn, [], options);
  if (isMatchedInThread(fn)) return submit(partial.named(fn, named), [], options);
  return submit(fn, matchNamed(fn, named), options);
}
