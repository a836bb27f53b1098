/** One blocking call: a thread stands still for two seconds, the event loop does not. */
import { runInExecutor } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { countTicks, say } from './parts/timeline.mjs';

const ticks = countTicks();
const slept = await runInExecutor(sleeping, 2);
say('main', `slept ${slept} s; ${ticks()} ticks of the event loop meanwhile`);
