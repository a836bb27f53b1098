/**
 * `npm run demo`: real work over real files, beside an event loop that wants to tick every 10 ms:
 * once on the main thread, once through the executor. No results differ; what the event loop suffers does.
 */
import { deepStrictEqual } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Executor } from 'run-in-executor';
import { watchEventLoop } from './event-loop.mjs';
import { allJobs } from './jobs.mjs';
import { announce, progress, report, verdict } from './report.mjs';

const every = Number(process.env.DEMO_EVERY ?? 1);
const jobs = allJobs().filter((_, index) => index % every === 0);
const executor = new Executor();
announce(jobs);

// As a service does at its start: the threads are there, and have loaded what they will run.
await executor.warmUp(...new Set(jobs.map(({ fn }) => fn)));

const direct = await beside('1. On the main thread, one file after the other, a turn of the event loop in between', async (done) => {
  const results = [];
  for (const { fn, args } of jobs) {
    results.push(fn(...args));
    done();
    await nextTurn();
  }
  return results;
});

const offloaded = await beside(`2. Through the executor, on ${executor.maxThreads} thread${executor.maxThreads === 1 ? '' : 's'}`, (done) =>
  Promise.all(jobs.map(({ fn, args }) => executor.run(fn, ...args).finally(done))),
);

deepStrictEqual(outputs(offloaded), outputs(direct));
verdict(jobs, direct, offloaded);

async function beside(title, work) {
  const eventLoop = watchEventLoop();
  const showProgress = progress(title, jobs.length);
  const results = await work(showProgress);
  const run = { title, results, start: eventLoop.start, end: Date.now(), ticks: eventLoop.stop(), interval: eventLoop.interval };
  report(run, jobs);
  return run;
}

function outputs({ results }) {
  return results.map(({ output }) => output);
}
