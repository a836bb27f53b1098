/**
 * Another pool, as the faults address an executor. Only what it offers: the rest throws `NotOffered`, and the fault is listed apart.
 * Its clear errors are given the codes of this library's, so that it is judged by what it does and not by what it calls it.
 */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as tasks from '../../fixtures/faults/tasks.mjs';

export class NotOffered extends Error {
  constructor(message) {
    super(message);
    // A fault may wait for what then never comes.
    NotOffered.noticed?.(message);
  }
}

const require = createRequire(new URL('../../../bench/peers/package.json', import.meta.url));
const OPTIONS = ['maxThreads', 'minThreads', 'idleTimeout', 'maxQueue', 'resourceLimits', 'env', 'execArgv', 'name'];
const TASK_OPTIONS = ['signal', 'timeout', 'name'];
const filename = fileURLToPath(new URL('worker.mjs', import.meta.url));
const [specifier, exported] = process.env.FAULTS_PEER === 'piscina' ? ['piscina', 'Piscina'] : ['tinypool', 'Tinypool'];
const loaded = await import(pathToFileURL(require.resolve(specifier)).href);
// Of CommonJS, Node finds only the names that it can read off the text.
const Pool = loaded[exported] ?? loaded.default[exported];
/** Made at the first use: whoever imports the tasks first gets here, through their own import of this library, before there are any. */
let names;
const modules = new Map();
let transfers = [];

export class Executor {
  closed = false;
  #pool;

  constructor(options = {}) {
    for (const [key, value] of Object.entries(options)) if (value !== undefined && !OPTIONS.includes(key)) throw new NotOffered(key);
    const { name: _, maxThreads = 2, minThreads = Math.min(1, maxThreads), ...rest } = options;
    this.#pool = new Pool({ filename, maxThreads, minThreads, ...rest });
    this.run = Object.assign((fn, ...args) => this.#run({}, fn, args), {
      with: (settings) => {
        for (const key of Object.keys(settings)) if (!TASK_OPTIONS.includes(key)) throw new NotOffered(key);
        return Object.assign((fn, ...args) => this.#run(settings, fn, args), { map: refused('map'), stream: refused('stream') });
      },
      map: refused('map'),
      stream: refused('stream'),
    });
  }

  #run(settings, fn, args) {
    const call = this.#call(settings, fn, args);
    // A fault may look at it later than it settles: nobody's unhandled rejection.
    call.catch(() => undefined);
    return call;
  }

  async #call({ signal, timeout }, fn, args) {
    const transferList = transfers;
    transfers = [];
    names ??= new Map(Object.entries(tasks).map(([name, each]) => [each, name]));
    const task = modules.get(fn) ?? { name: names.get(fn) };
    if (task.name === undefined) throw new NotOffered('functions that no module exports');
    const limit = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const stop = signal && limit ? AbortSignal.any([signal, limit]) : (signal ?? limit);
    try {
      const argument = { ...task, args };
      return await this.#pool.run(argument, { transferList, ...(stop === undefined ? {} : { signal: stop }) });
    } catch (error) {
      throw this.#named(error, signal, limit);
    }
  }

  /** A clear error, under the code by which the faults know it. */
  #named(error, signal, limit) {
    if (!(error instanceof Error)) return error;
    if (error.name === 'AbortError' || /aborted/i.test(error.message)) {
      if (signal?.aborted) return signal.reason;
      if (limit?.aborted) return coded(error, 'ERR_TASK_TIMEOUT');
    }
    const code = CODES.find(([words]) => words.test(error.message))?.[1];
    if (this.closed && /terminat|clos|destroy|abort/i.test(error.message)) return coded(error, 'ERR_EXECUTOR_CLOSED');
    return code === undefined ? error : coded(error, code);
  }

  async close({ timeout } = {}) {
    const pool = this.#pool;
    this.closed = true;
    if (pool.close === undefined) throw new NotOffered('close');
    if (timeout === undefined || timeout === Number.POSITIVE_INFINITY) return await pool.close();
    await Promise.race([pool.close(), new Promise((resolve) => setTimeout(resolve, timeout)).then(() => pool.destroy())]);
  }

  async terminate() {
    this.closed = true;
    await this.#pool.destroy();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

for (const name of ['map', 'stream', 'wrap', 'ready', 'resize', 'warmUp', 'stats']) {
  Executor.prototype[name] = () => {
    throw new NotOffered(name);
  };
}

/** The pool's own, not a task's. */
function coded(cause, code) {
  const exitCode = Number(/code:? (\d+)/.exec(cause.message)?.[1] ?? Number.NaN);
  return Object.assign(new Error(cause.message, { cause }), { code, name: NAMES[code], ...(Number.isNaN(exitCode) ? {} : { exitCode }) });
}

const NAMES = {
  ERR_QUEUE_FULL: 'QueueFullError',
  ERR_THREAD_OUT_OF_MEMORY: 'ThreadOutOfMemoryError',
  ERR_THREAD_EXITED: 'ThreadExitedError',
  ERR_TASK_TIMEOUT: 'TaskTimeoutError',
  ERR_EXECUTOR_CLOSED: 'ExecutorClosedError',
};

const CODES = [
  [/queue (is )?at limit|queue.*full|no task queue available/i, 'ERR_QUEUE_FULL'],
  [/out of memory|memory limit/i, 'ERR_THREAD_OUT_OF_MEMORY'],
  [/exited|worker.*(exit|terminat)|terminating/i, 'ERR_THREAD_EXITED'],
];

export function transfer(value, list) {
  transfers.push(...(list ?? [value?.buffer ?? value]));
  return value;
}

export function fromModule(url) {
  return new Proxy(
    {},
    {
      get: (_, name) => {
        const fn = () => undefined;
        modules.set(fn, { module: String(url), name });
        return fn;
      },
    },
  );
}

export function currentThread() {
  return undefined;
}

const missing = (name) =>
  class {
    constructor() {
      throw new NotOffered(name);
    }
  };
const refused = (name) => () => {
  throw new NotOffered(name);
};

export const InlineExecutor = missing('InlineExecutor');
export const ConcurrencyLimit = missing('ConcurrencyLimit');
export const KeyedConcurrencyLimit = missing('KeyedConcurrencyLimit');
export const runInExecutor = Object.assign(refused('runInExecutor'), {
  with: refused('runInExecutor'),
  map: refused('map'),
  stream: refused('stream'),
});
export const getDefaultExecutor = refused('getDefaultExecutor');
export const setDefaultExecutor = refused('setDefaultExecutor');
export const callback = refused('callback');
export const partial = refused('partial');
export const explain = refused('explain');
export const sleepSync = refused('sleepSync');
export class ExecutorError extends Error {}
export class ExecutorClosedError extends ExecutorError {}
export class QueueFullError extends ExecutorError {}
export class TaskTimeoutError extends ExecutorError {}
export class ThreadExitedError extends ExecutorError {}
export class ThreadOutOfMemoryError extends ThreadExitedError {}
export class InitializerError extends ExecutorError {}
export class FunctionNotSendableError extends ExecutorError {}
export class ValueNotSendableError extends ExecutorError {}
export class NamedArgumentError extends ExecutorError {}
