import { Executor, type ExecutorLike, type ExecutorOptions } from '../index.js';

/**
 * The executor that a host was given, or a new one of the options it was given instead.
 *
 * @throws TypeError where it was given both: what the options were meant for is there already.
 */
export function givenOrNew(given: ExecutorLike | undefined, options: ExecutorOptions, name: string | undefined): ExecutorLike {
  if (given === undefined) return new Executor({ ...(name === undefined ? {} : { name }), ...options });
  const [first] = Object.keys(options);
  if (first === undefined) return given;
  throw new TypeError(`Cannot take an executor and options for a new one: received ${first}, which belongs where the executor is made`);
}
