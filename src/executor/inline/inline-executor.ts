import { prepareCall } from '../../transport/calls/call.js';
import { callHere } from '../../transport/calls/here.js';
import { ownFunction } from '../../transport/functions/own.js';
import { asInitializer } from '../as-initializer.js';
import { Executor } from '../executor.js';
import type { ExecutorOptions, filledIn } from '../options.js';
import type { TaskPool } from '../send.js';
import type { Fn } from '../submit.js';
import { InlinePool } from './inline-pool.js';

/**
 * An Executor without threads, for unit tests of code that uses one: tasks run on this thread, at most `maxThreads` at once.
 *
 * Arguments, captures, results and errors are copied and checked all the same, so that code which passes with it also passes with
 * threads: a change to an argument is not seen by the caller, and what cannot cross is refused. Priorities, `maxQueue`, `ready`,
 * signals, `close` and `stats` work as ever; `currentThread()` is defined in a task; a call made inside a task runs at once.
 *
 * What is different, since there is no thread:
 * - A synchronous function blocks this thread, and so its own `timeout` and `signal`: a time-out shows when the function returns.
 *   An asynchronous one that is stopped goes on behind the back of its caller; its place is free for the next (after `gracePeriod`).
 * - Functions by name or reference are the ones of this thread: what they keep in their modules is seen here, and by the test.
 * - The initializer runs once, here. `process.exit()` ends the process. `resourceLimits`, `env`, `execArgv`, `minThreads`,
 *   `idleTimeout`, `retries`, `niceIncrement`, `maxTasksPerThread` and `maxHeapPerThread` do nothing.
 *
 * @example
 * setDefaultExecutor(new InlineExecutor());
 */
export class InlineExecutor extends Executor {
  constructor(options?: ExecutorOptions) {
    super(options);
    if (new.target === InlineExecutor) this.hasStandIn();
  }

  /** @internal */
  override makePool(
    { initializer, initializerArgs = [], finalizer }: ExecutorOptions,
    { name, maxThreads, maxQueue, functions }: ReturnType<typeof filledIn>,
  ): TaskPool {
    const here = (fn: Fn | undefined, args: unknown[]) => fn && (() => callHere(prepareCall(fn, args, functions)));
    const begin = here(initializer, initializerArgs);
    return new InlinePool({
      name,
      maxThreads,
      maxQueue,
      initializer: begin && (() => asInitializer(begin)),
      finalizer: here(finalizer, []),
    });
  }
}

ownFunction(InlineExecutor, 'InlineExecutor');
