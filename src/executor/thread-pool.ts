/**
 * The pool behind an executor's options: what runs in each thread beside its calls is prepared at the first need, once.
 */

import { Pool } from '../pool/pool.js';
import { makePiscina } from '../pool/threads/make-piscina.js';
import type { BesideCalls } from '../pool/threads/thread-supply.js';
import { prepareCall, wireCall } from '../transport/calls/call.js';
import { asInitializer } from './as-initializer.js';
import type { ExecutorOptions, filledIn } from './options.js';
import type { Fn } from './submit.js';

/** `forTask`: a task follows at once, so that a thread will be needed. */
export function threadPool(options: ExecutorOptions, settings: ReturnType<typeof filledIn>, forTask: boolean): Pool {
  const { initializer, initializerArgs = [], finalizer, resourceLimits, env, execArgv } = options;
  const { name, functions } = settings;
  const wire = (fn: Fn | undefined, args: unknown[]) => fn && wireCall(prepareCall(fn, args, functions));
  // A thread takes longer to start than the rest of the pool to load. Where an initializer cannot cross, none starts.
  const early = forTask && initializer === undefined && finalizer === undefined;
  const piscina = early ? makePiscina({ maxThreads: settings.maxThreads, resourceLimits, env, execArgv }) : undefined;
  let beside: BesideCalls | undefined;
  return new Pool({
    ...settings,
    executor: name,
    ways: functions,
    beside: () => (beside ??= { initializer: asInitializer(() => wire(initializer, initializerArgs)), finalizer: wire(finalizer, []) }),
    resourceLimits,
    env,
    execArgv,
    piscina,
  });
}
