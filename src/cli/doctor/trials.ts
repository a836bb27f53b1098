import { availableParallelism, totalmem } from 'node:os';
import { gzipSync } from 'node:zlib';
import { currentThread, Executor, ExecutorError, type Explanation, explain, type Fn, sleepSync } from '../../index.js';
import type { Finding } from './finding.js';

/** Runs one function of each kind on a thread, and weighs the threads. */
export async function* trials(threads: number): AsyncGenerator<Finding> {
  const executor = new Executor({ maxThreads: threads, name: 'doctor' });
  const before = process.memoryUsage.rss();
  try {
    const { whereItRuns } = await import('./reference.js');
    const salt = [20, 22];
    yield await trial('a builtin', 'name', gzipSync, () => executor.run(gzipSync, 'hello').then((packed) => Buffer.isBuffer(packed)));
    yield await trial('a reference', 'reference', whereItRuns, () => executor.run(whereItRuns).then((thread) => thread !== undefined));
    const closure = () => [salt.reduce((a, b) => a + b), currentThread()?.executor];
    yield await trial('a closure', 'value', closure, () => executor.run(closure).then(([sum, name]) => sum === 42 && name === 'doctor'));
    yield await attempt('memory', () => weigh(executor, before));
  } finally {
    await executor.close({ timeout: 1_000 });
  }
}

async function trial(what: string, way: Explanation['way'], fn: Fn, run: () => Promise<boolean>): Promise<Finding> {
  return attempt(what, async () => {
    const start = performance.now();
    const explanation = explain(fn);
    if (explanation.way !== way) return { what, state: 'fault', found: String(explanation), wayOut: `it should go by ${way}` };
    const right = await inTime(run());
    const ms = performance.now() - start;
    if (!right) return { what, state: 'fault', found: 'a wrong result came back', wayOut: 'this is a bug in run-in-executor' };
    return {
      what,
      state: 'ok',
      found: `ran on a thread, by ${way}, in ${ms.toFixed(1)} ms${what === 'a builtin' ? ', the start of the thread included' : ''}`,
    };
  });
}

async function attempt(what: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { what, state: 'fault', found: error instanceof ExecutorError ? message : `${code ?? 'failed'}: ${message}` };
  }
}

/** By the memory that the process has more than before, all threads at work: an upper bound, for what they share is in it once. */
async function weigh(executor: Executor, before: number): Promise<Finding> {
  await Promise.all(Array.from({ length: executor.maxThreads }, () => executor.run(sleepSync, LONG_ENOUGH)));
  const { alive } = executor.stats().threads;
  const each = (process.memoryUsage.rss() - before) / Math.max(alive, 1) / MEBIBYTE;
  const all = each * availableParallelism();
  // What a container may have at most; 0 or undefined where there is no such limit.
  const limit = (process.constrainedMemory() || totalmem()) / MEBIBYTE;
  const found = `about ${each.toFixed(0)} MiB a thread (${all.toFixed(0)} MiB for ${availableParallelism()}, of ${Math.min(limit, totalmem() / MEBIBYTE).toFixed(0)})`;
  if (all < limit / 4) return { what: 'memory', state: 'ok', found };
  return { what: 'memory', state: 'note', found, wayOut: 'take fewer threads (maxThreads), or bound each (resourceLimits)' };
}

/** ms: with that, one thread cannot take both calls. */
const LONG_ENOUGH = 50;

const MEBIBYTE = 2 ** 20;

/** Threads that never answer are a finding, too. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** ms. A thread starts in 30 to 100; a machine that is this slow has another problem. */
const PATIENCE = 15_000;
