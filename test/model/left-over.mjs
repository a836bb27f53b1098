/**
 * What an executor leaves behind. To be imported before the library, whose timers are counted here.
 */
import { syncBuiltinESMExports } from 'node:module';
import nodeTimers from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

const timers = new Set();
const threads = new Set();

/** Threads that ended otherwise than by being let go. */
export const deaths = { count: 0 };
const set = globalThis.setTimeout;

const counted = Object.assign(function setTimeout(...args) {
  const timer = set(...args);
  timers.add(timer);
  return timer;
}, set);
globalThis.setTimeout = counted;
nodeTimers.setTimeout = counted;
syncBuiltinESMExports();

process.on('worker', (worker) => {
  threads.add(worker);
  worker.on('online', () => online.add(worker));
  worker.on('exit', (code) => {
    threads.delete(worker);
    if (code !== 0) deaths.count++;
  });
});

/** `starting`: those too that have not begun to run. */
export function liveThreads(starting) {
  return [...threads].filter((thread) => !killed.has(thread) && (starting || online.has(thread)));
}

export function kill(thread) {
  killed.add(thread);
  void thread.terminate();
}

const killed = new WeakSet();
const online = new WeakSet();

/** How long a thread may take to end after all is over: native code and a busy machine, ms. */
const PATIENCE = 10_000;
/** What counts at most of what went by between two looks: a process that is stopped lets no thread go, ms. */
const BETWEEN = 50;

/** Undefined, or what is still there although all should be over. */
export async function leftOver() {
  let left = PATIENCE;
  let found = look();
  while (found !== undefined && left > 0) {
    const since = performance.now();
    await sleep(1);
    left -= Math.min(BETWEEN, performance.now() - since);
    found = look();
  }
  // Told once: the next one to ask is not blamed for it.
  timers.clear();
  threads.clear();
  return found;
}

function look() {
  if (threads.size > 0) return `${threads.size} threads`;
  const live = [...timers].filter((timer) => !timer._destroyed);
  if (live.length > 0) return `${live.length} timers (${live.map((timer) => `${timer._idleTimeout} ms: ${timer._onTimeout}`).join('; ')})`;
  // Pipes are the process's own: its output, and the channel to whoever started it.
  const handles = process.getActiveResourcesInfo().filter((resource) => /Port|Worker/.test(resource));
  if (handles.length > 0) return `handles (${handles.join(', ')})`;
  return undefined;
}
