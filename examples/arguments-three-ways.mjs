/** Arguments: after the function, bound by position, bound by name. Prints 111, 222, 333. */
import { Executor, partial } from 'run-in-executor';
import { delayedPrint } from './parts/blocking.mjs';

const executor = new Executor({ maxThreads: 3 });
await executor.warmUp(delayedPrint);

await Promise.all([
  executor.run(delayedPrint, '333', 3),
  executor.run(partial(delayedPrint, '222', 2)),
  executor.run(partial.named(delayedPrint, { mes: '111', sec: 1 })),
]);
