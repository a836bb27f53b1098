/** Python's gather: calls finish in any order (the GET, 1, 10), results come in the order of asking (10, the body, 1). */
import { Executor } from 'run-in-executor';
import { blockingGet, sleeping } from './parts/blocking.mjs';
import { localServer } from './parts/local-server.mjs';
import { countTicks, say } from './parts/timeline.mjs';

const server = await localServer(() => 0);
const executor = new Executor({ maxThreads: 3 });
await executor.warmUp(sleeping, blockingGet);
const ticks = countTicks();

const results = await Promise.all([executor.run(sleeping, 10), executor.run(blockingGet, `${server.url}/page`), executor.run(sleeping, 1)]);

say('main', `${JSON.stringify(results)}; ${ticks()} ticks of the event loop meanwhile`);
server.close();
