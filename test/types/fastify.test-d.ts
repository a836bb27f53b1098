/** What the plugin declares on Fastify's own types. */
import Fastify from 'fastify';
import type { ExecutorLike, Run } from 'run-in-executor';
import executorPlugin from 'run-in-executor/fastify';
import { assertSame } from './same.js';

const fastify = Fastify();
void fastify.register(executorPlugin, { maxThreads: 4, defaults: { timeout: 1_000 }, retryAfter: 2, drainTimeout: 1_000 });
void fastify.register(executorPlugin, { executor: {} as ExecutorLike, endThreadsPerMinute: 1 });
void fastify.register(import('run-in-executor/fastify'), { maxQueue: 10 });
// @ts-expect-error: a misspelled option
void fastify.register(executorPlugin, { maxThread: 4 });
// @ts-expect-error: a namespace that was not declared
void fastify.register(executorPlugin, { namespace: 'undeclared' });

export const ofInstance: ExecutorLike = fastify.executor;
export const ofDefault: ExecutorLike = fastify.executors.default;
// @ts-expect-error: it is the plugin's to set
fastify.executor = {} as ExecutorLike;

fastify.get('/', async (request) => {
  const run: Run = request.executors.default.run.with({ timeout: 100 });
  const answer = await request.runInExecutor(Math.max, 1, 2);
  assertSame<typeof answer, number>();
  return [answer, await run(Math.abs, -1), await fastify.runInExecutor(Math.abs, -1)];
});
