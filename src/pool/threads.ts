/**
 * Piscina, and nothing but Piscina: starts, limits and ends the threads; a leased thread is a running Piscina task.
 *
 * What it must not do here is turned off (PISCINA: no queue of its own is ever used, no idle time-out, no `close()`), because
 * a lane has to be told before its thread ends, and because a killed thread may start nothing in its place by itself.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { Piscina as PiscinaPool } from 'piscina';
import type { Lease, StrayMessage } from '../transport/protocol.js';
import { Lane, type LaneListener } from './lane.js';
import { threadFlags } from './thread-flags.js';

export interface ThreadOptions {
  readonly maxThreads: number;
  readonly resourceLimits?: object | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly execArgv?: string[] | undefined;
}

export interface ThreadsListener extends Omit<LaneListener, 'closed'> {
  /** The lane is over and its thread is back with Piscina, or has ended; `cause` is what ended it, if it did not end well. */
  gone(lane: Lane, cause: unknown, retired: boolean): void;
}

interface Leased {
  readonly abort: AbortController;
  cause: unknown;
  returned: boolean;
  closed: boolean;
}

const require = createRequire(import.meta.url);

/** What runs in every thread. It is loaded before anything of the user's, and cannot fail. */
const THREAD_FILE = fileURLToPath(new URL('../../workers/thread.js', import.meta.url));

export class Threads {
  readonly #pool: PiscinaPool;
  readonly #listener: ThreadsListener;
  readonly #leases = new Map<Lane, Leased>();
  /** The last error of a thread that died without a lease: the reason of a start that failed. */
  #startError: unknown;

  constructor(options: ThreadOptions, listener: ThreadsListener) {
    this.#listener = listener;
    this.#pool = makePool(options);
    this.#pool.on('error', (error) => {
      this.#startError = error;
    });
    this.#pool.on('workerDestroy', () => setImmediate(() => this.#findFailedStarts()));
    // Piscina hands through whatever is posted on a thread's `parentPort`: our own word of strays, and what a user's code posts to nobody.
    this.#pool.on('message', (message: unknown) => {
      if (isStray(message)) process.emitWarning(message.text, 'StrayErrorWarning', 'RUN_IN_EXECUTOR_STRAY');
    });
  }

  /** Threads that Piscina has, leased or not, started or starting. */
  get alive(): number {
    return this.#pool.threads.length;
  }

  /** Threads that nobody leases: the next lease needs no start. */
  get warm(): number {
    return this.alive - this.#leases.size;
  }

  lease(data: Omit<Lease, 'port' | 'claims'>): Lane {
    const { port1, port2 } = new MessageChannel();
    const leased: Leased = { abort: new AbortController(), cause: undefined, returned: false, closed: false };
    const lane: Lane = new Lane(port1, {
      ...this.#laneListener,
      closed: () => {
        leased.closed = true;
        this.#settle(lane, leased);
      },
    });
    this.#leases.set(lane, leased);
    const over = (cause?: unknown) => {
      leased.returned = true;
      leased.cause ??= cause;
      this.#settle(lane, leased);
    };
    const lease: Lease = { ...data, port: port2, claims: lane.claims.buffer };
    try {
      this.#pool.run(lease, { transferList: [port2 as never], signal: leased.abort.signal }).then(() => over(), over);
    } catch (error) {
      // `new Worker` refused its options: nothing was started. Piscina's promise is lost to us, so it must not be aborted: it would reject unheard.
      queueMicrotask(() => this.#fail(lane, leased, error));
    }
    return lane;
  }

  /** Ends the lane's thread, whatever it does. Native code runs on to its end first; the lane is gone after that. */
  kill(lane: Lane, cause: unknown): void {
    const leased = this.#leases.get(lane);
    if (leased === undefined) return;
    const neverArrived = lane.state === 'starting';
    lane.state = 'dying';
    leased.cause ??= cause;
    leased.abort.abort();
    if (neverArrived) lane.port.close();
  }

  resize(maxThreads: number): void {
    this.#pool.options.maxThreads = maxThreads;
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }

  get #laneListener(): Omit<LaneListener, 'closed'> {
    const listener = this.#listener;
    return {
      ended: (lane, task, startedAt, ran) => listener.ended(lane, task, startedAt, ran),
      missing: (task, fn) => listener.missing(task, fn),
      progressed: (lane) => listener.progressed(lane),
      message: (lane, message) => listener.message(lane, message),
    };
  }

  /** The port and Piscina's promise both tell of an end, in either order; only both together mean that the thread is free or gone. */
  #settle(lane: Lane, leased: Leased): void {
    if (!leased.returned || !leased.closed) return;
    if (!this.#leases.delete(lane)) return;
    const retired = lane.state === 'retiring';
    lane.state = 'gone';
    this.#listener.gone(lane, leased.cause, retired);
  }

  /** A thread that dies before it is ready takes no lease with it: Piscina keeps the lease waiting for a thread that nobody starts. */
  #findFailedStarts(): void {
    for (const [lane, leased] of this.#leases) {
      if (this.#leases.size <= this.alive) return;
      if (lane.state !== 'starting') continue;
      leased.abort.abort();
      this.#fail(lane, leased, this.#startError ?? new Error('The thread ended while it was starting'));
    }
  }

  #fail(lane: Lane, leased: Leased, cause: unknown): void {
    leased.cause = cause;
    leased.returned = true;
    lane.port.close();
  }
}

function isStray(message: unknown): message is StrayMessage {
  return typeof message === 'object' && message !== null && (message as StrayMessage).type === 'run-in-executor:stray';
}

function makePool(options: ThreadOptions): PiscinaPool {
  if (!existsSync(THREAD_FILE)) {
    throw new Error(`run-in-executor cannot find its own thread file beside it (${THREAD_FILE}): if the program is bundled, mark "run-in-executor" as external`);
  }
  const { Piscina } = require('piscina') as typeof import('piscina');
  const execArgv = threadFlags(options.execArgv);
  return new Piscina({
    filename: THREAD_FILE,
    minThreads: 0,
    maxThreads: options.maxThreads,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    atomics: 'disabled',
    recordTiming: false,
    ...(options.resourceLimits === undefined ? {} : { resourceLimits: options.resourceLimits }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(execArgv === undefined ? {} : { execArgv }),
  });
}
