/**
 * The same five calls on two threads: two start, and the next one starts as one finishes. The results are in the order of asking.
 *
 * (For a limit of two on *these* calls, in an executor of more threads: `new ConcurrencyLimit(2).wrap(executor.wrap(sleeping))`.)
 */
import { Executor } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { countTicks, say } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 2 });
await executor.warmUp(sleeping);
const ticks = countTicks();

const slept = await Promise.all([5, 1, 8, 3, 4].map((seconds) => executor.run(sleeping, seconds)));

say('main', `slept ${slept.join(', ')}; ${ticks()} ticks of the event loop meanwhile`);
