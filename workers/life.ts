/**
 * The life of a thread, from the first lease to the last: initializer once, strays and exits watched, finalizer at the end.
 */
import { getPriority, setPriority } from 'node:os';
import { threadId } from 'node:worker_threads';
import { allowWaysHome } from '../src/transport/calls/ways-home.js';
import { serveTestRunner } from '../src/transport/functions/test-runner.js';
import { setImmediate } from '../src/transport/own/own-globals.js';
import { setThreadState } from '../src/transport/own/thread-state.js';
import type { Lease, WireCall } from '../src/transport/protocol.js';
import { allowCallbacks } from './allow-callbacks.js';
import { loadFunctions } from './functions.js';
import { leave } from './leave.js';
import { printAtOnce } from './printing.js';
import { type Outcome, run } from './run.js';
import { reportStray, watchStrays } from './strays.js';
import { TaskScope } from './task-scope.js';

/** No call has this number: what runs under it is nobody's task. */
const NO_CALL = -1;

/** The lowest rank that Linux knows. */
const LOWEST = 19;

/** Once a thread. Rejects with what the initializer failed with. */
export async function initialize({ executor, initializer, niceIncrement, ways, underTest }: Lease): Promise<void> {
  giveWay(niceIncrement);
  allowWaysHome(ways);
  if (underTest) serveTestRunner();
  setThreadState({ id: threadId, executor, task: () => TaskScope.ofCaller() });
  watchStrays();
  printAtOnce();
  allowCallbacks();
  process.on('exit', (code) => {
    if (TaskScope.lane !== undefined) TaskScope.lane.claims.exitCode = code;
    // A handler that throws keeps its thread alive, for nothing: Node runs no ticks there any more.
    setImmediate(() => leave(code));
  });
  if (initializer === undefined) return;
  const { ok, value } = await runBeside(initializer);
  if (!ok) throw value;
}

/** Runs the finalizer, and ends the thread. What it throws is a warning: there is nobody left to tell. */
export async function finalize(lease: Lease): Promise<void> {
  if (lease.finalizer !== undefined) {
    TaskScope.lane?.post({ type: 'finalizing', now: true }, []);
    const { ok, value } = await runBeside(lease.finalizer);
    if (!ok) reportStray(`The finalizer of ${lease.executor} failed`, value);
    TaskScope.lane?.post({ type: 'finalizing', now: false }, []);
  }
  leave(0);
}

/** Linux ranks each thread by itself; elsewhere this would be the whole process's rank. */
function giveWay(niceIncrement: number): void {
  if (niceIncrement === 0 || process.platform !== 'linux') return;
  try {
    setPriority(Math.min(LOWEST, getPriority() + niceIncrement));
  } catch {
    // Forbidden: the kernel shares out as ever.
  }
}

/** Never rejects: a thread on which tasks have broken what it needs has to leave all the same. */
async function runBeside(call: WireCall): Promise<Outcome> {
  const scope = new TaskScope(NO_CALL);
  try {
    loadFunctions(call.deliveries);
    return await run(call, scope);
  } catch (error) {
    return { ok: false, value: error };
  } finally {
    scope.end();
  }
}
