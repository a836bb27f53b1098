/**
 * The same program with functions that block: they need threads, and `maxThreads` is the limit, over whatever runs there.
 * Meanwhile the event loop is free; the server that they ask lives on it.
 */
import { Executor } from 'run-in-executor';
import * as blocking from './parts/blocking.mjs';
import { localServer, oneToThree } from './parts/local-server.mjs';
import { countTicks, say } from './parts/timeline.mjs';

const server = await localServer(oneToThree);
const ticks = countTicks();
const executor = new Executor({ maxThreads: 3 });
const f1 = executor.wrap(blocking.f1);
const f2 = executor.wrap(blocking.f2);

await Promise.all([0, 1, 2, 3].map((n) => f1(`${server.url}/${n}`).then(() => f2(`${server.url}/${n}`))));

say('main', `${server.counts.all} calls, at most ${server.counts.most} at once; ${ticks()} ticks of the event loop meanwhile`);
server.close();
