import { gzipSync } from 'node:zlib';
import { bytes } from '../../benchmark/figures.js';
import { thisMachine } from '../../benchmark/machine.js';
import { currentThread, Executor, ExecutorError, type Explanation, explain, type Fn, sleepSync } from '../../index.js';
import type { Finding } from './finding.js';

/** Runs one function of each kind on a thread, and weighs the threads. */
export async function* trials(threads: number): AsyncGenerator<Finding> {
  const executor = new Executor({ maxThreads: threads, name: 'doctor' });
  try {
    const { whereItRuns } = await import('./reference.js');
    const salt = [20, 22];
    yield await trial('a builtin', 'name', gzipSync, () => executor.run(gzipSync, 'hello').then((packed) => Buffer.isBuffer(packed)));
    yield await trial('a reference', 'reference', whereItRuns, () => executor.run(whereItRuns).then((thread) => thread !== undefined));
    const closure = () => [salt.reduce((a, b) => a + b), currentThread()?.executor];
    yield await trial('a closure', 'value', closure, () => executor.run(closure).then(([sum, name]) => sum === 42 && name === 'doctor'));
  } finally {
    await executor.close({ timeout: 1_000 });
  }
  yield await attempt('memory', () => weigh(threads));
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

/**
 * By the memory that the process has more, all threads at work, than before they started: what they share was there by then, for the
 * trials have run. An upper bound even so.
 */
async function weigh(threads: number): Promise<Finding> {
  const before = process.memoryUsage.rss();
  const executor = new Executor({ maxThreads: threads, name: 'doctor' });
  try {
    await Promise.all(Array.from({ length: threads }, () => executor.run(sleepSync, LONG_ENOUGH)));
    const { alive } = executor.stats().threads;
    const each = Math.max(0, process.memoryUsage.rss() - before) / Math.max(alive, 1);
    const { allowed, memory } = thisMachine();
    const wanted = Math.max(threads, allowed);
    const found = `about ${bytes(each)} a thread (${bytes(each * wanted)} for ${wanted}, of ${bytes(memory)})`;
    if (each * wanted < memory / 4) return { what: 'memory', state: 'ok', found };
    return { what: 'memory', state: 'note', found, wayOut: 'take fewer threads (maxThreads), or bound each (resourceLimits)' };
  } finally {
    await executor.close({ timeout: 1_000 });
  }
}

/** ms: with that, one thread cannot take both calls. */
const LONG_ENOUGH = 50;

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
