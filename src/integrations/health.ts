/**
 * What an orchestrator asks of a service, answered for its executors.
 *
 * @module
 */
import type { ExecutorLike, ExecutorStats } from '../index.js';

/** Beyond these an executor takes no more than it has. */
export interface ReadinessLimits {
  /** The most tasks that may wait. Something below `maxQueue`, so that requests go elsewhere before they are refused. Default: no bound. */
  maxQueued?: number | undefined;
  /** The longest that nine of ten tasks of the last minute may have waited, ms. Default: no bound. */
  maxWait?: number | undefined;
}

/** What `readiness` finds. */
export interface Readiness {
  /** Send more. */
  ready: boolean;
  /** Why not: one sentence each. Empty when ready. */
  reasons: string[];
  /** What it goes by. */
  stats: ExecutorStats;
}

/**
 * Whether an executor should be sent more, for a `/ready` route. Cost: about 20 µs, no thread is asked.
 *
 * A closed executor is not ready, nor is one with more waiting than the limits say, nor one whose threads cannot start (an initializer
 * that throws): of that one, each look lets a thread try again behind it, since who is not ready is sent nothing that would. It is no test
 * of life: for that a route needs nothing but an answer, since what it tells is that the event loop goes round.
 *
 * @example
 * fastify.get('/ready', async (_, reply) => {
 *   const { ready, reasons } = readiness(fastify.executor, { maxQueued: 80 });
 *   return reply.status(ready ? 200 : 503).send({ ready, reasons });
 * });
 */
export function readiness(executor: ExecutorLike, { maxQueued, maxWait }: ReadinessLimits = {}): Readiness {
  const stats = executor.stats();
  const reasons: string[] = [];
  if (executor.closed) reasons.push(`${executor.name} is closed`);
  else if ((stats.threads.failedStarts ?? 0) > 0) {
    reasons.push(`No thread of ${executor.name} can start`);
    tryAgain(executor);
  }
  if (maxQueued !== undefined && stats.queued > maxQueued) {
    reasons.push(`${stats.queued} tasks wait for ${executor.name}, more than ${maxQueued}`);
  }
  if (maxWait !== undefined && stats.waitTime.p90 > maxWait) {
    reasons.push(`Tasks wait ${Math.round(stats.waitTime.p90)} ms for ${executor.name}, more than ${maxWait}`);
  }
  return { ready: reasons.length === 0, reasons, stats };
}

/**
 * One trip to a thread and back, ahead of all that waits: resolves where threads start, initializers hold and tasks run. For the check
 * at a start, before the first request is let in; once a second it would be one more task of the service.
 *
 * @param timeout ms that it may wait for a thread. Default 5,000.
 * @throws InitializerError, TaskTimeoutError, ExecutorClosedError, QueueFullError: what a task of the service would get now.
 */
export async function probe(executor: ExecutorLike, { timeout = 5_000 }: { timeout?: number | undefined } = {}): Promise<void> {
  const run = executor.run.with({ queueTimeout: timeout, priority: Number.POSITIVE_INFINITY, name: 'probe' });
  // By name: nothing to load, nothing to send.
  await run(Math.abs, 0);
}

/** One at a time, however often it is asked. */
function tryAgain(executor: ExecutorLike): void {
  if (trying.has(executor)) return;
  trying.add(executor);
  const tried = () => trying.delete(executor);
  // What it fails with, the tasks of the service have failed with.
  probe(executor).then(tried, tried);
}

const trying = new WeakSet<ExecutorLike>();
