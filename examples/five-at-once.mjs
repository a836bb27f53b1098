/**
 * Five blocking calls at once: they start together, finish as 1, 3, 4, 5, 8, and take as long as the longest.
 *
 * Python's default pool has a few more threads than the machine has cores, for functions that wait. The default one here has as many as
 * cores, for functions that compute. These wait, so this program asks for five threads.
 */
import { Executor } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { countTicks, say } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 5 });
await executor.warmUp(sleeping);
const ticks = countTicks();

const slept = await Promise.all([5, 1, 8, 3, 4].map((seconds) => executor.run(sleeping, seconds)));

say('main', `slept ${slept.join(', ')}; ${ticks()} ticks of the event loop meanwhile`);
