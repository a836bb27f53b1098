/**
 * Piscina, and nothing but Piscina: starts, limits and ends the threads.
 *
 * A thread gets a port at its start and keeps it for life; while it has work for long it is also *held* by a resident Piscina task, so that for
 * Piscina too a busy thread is a busy thread. What Piscina must not do here is turned off: no queue of its own is ever used, no idle time-out, no `close()`,
 * because a thread has to be told before it ends, and a killed one may start nothing in its place by itself.
 */

import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { isUnderTestRunner } from '../../transport/functions/test-runner.js';
import { queueMicrotask, setImmediate } from '../../transport/own/own-globals.js';
import type { Lease } from '../../transport/protocol.js';
import { Lane, type LaneListener } from '../lane/lane.js';
import { type LoadBalancer, makePiscina, type Piscina, type ThreadOptions } from './make-piscina.js';
import { tellThreadExit } from './thread-channels.js';

export type { ThreadOptions };

export interface ThreadsListener extends Omit<LaneListener, 'closed'> {
  /** The lane's thread has ended; `cause` is what ended it, if it was not let go. */
  gone(lane: Lane, cause: unknown): void;
}

/** held: a resident task runs. released: it was told to end and has not yet. free: Piscina has the thread back. */
type Hold = 'held' | 'released' | 'free';

interface Residence {
  readonly executor: string;
  hold: Hold;
  readonly abort: AbortController;
  /** From the moment when Piscina gives the lane its thread. */
  worker: Worker | undefined;
  /** Piscina's own object for that thread. */
  piscinaWorker: object | undefined;
  cause: unknown;
  closed: boolean;
  exited: boolean;
}

export class Threads {
  #options: ThreadOptions;
  readonly #listener: ThreadsListener;
  #piscina: Piscina | undefined;
  readonly #residences = new Map<Lane, Residence>();
  /** The last error of a thread that died before it was ready: the reason of a start that failed. */
  #startError: unknown;

  constructor(options: ThreadOptions, listener: ThreadsListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Loads Piscina, if nobody has: it takes some 20 ms the first time, and nothing needs it before the first thread. */
  load(): Piscina {
    this.#piscina ??= this.#options.piscina ?? makePiscina(this.#options);
    this.#piscina.listener ??= {
      threadFor: (task, workers) => this.#threadFor(task, workers),
      failed: (error) => {
        this.#startError = error;
      },
      threadEnded: () => setImmediate(() => this.#findFailedStarts()),
    };
    return this.#piscina;
  }

  /** Starts a thread. The lane opens when the thread answers. */
  start(data: Omit<Lease, 'port' | 'claims' | 'underTest'>): Lane {
    const { port1, port2 } = new MessageChannel();
    const lane: Lane = new Lane(port1, { ...this.#listener, closed: () => this.#closed(lane) });
    const lease: Lease = { ...data, underTest: isUnderTestRunner(), port: port2, claims: lane.claims.buffer };
    this.#residences.set(lane, {
      executor: data.executor,
      hold: 'free',
      abort: new AbortController(),
      worker: undefined,
      piscinaWorker: undefined,
      cause: undefined,
      closed: false,
      exited: false,
    });
    this.#runResident(lane, lease, [port2]);
    return lane;
  }

  /** The lane has work: the process stays alive for it. */
  use(lane: Lane): void {
    lane.port.ref();
  }

  /** It has had work for a while: for Piscina too its thread is a busy one. (Not before: that would cost most calls more than they do.) */
  hold(lane: Lane): void {
    if (this.#residences.get(lane)?.hold === 'free') this.#runResident(lane, { resume: true }, []);
  }

  /** The lane has none for now: a program that waits for nothing else may end. */
  release(lane: Lane): void {
    const residence = this.#residences.get(lane);
    if (residence === undefined) return;
    lane.port.unref();
    if (residence.hold !== 'held') return;
    residence.hold = 'released';
    lane.post({ type: 'rest' });
  }

  /** Nobody waits for the lane, which has not opened: its initializer may never end. False: it has no thread yet to be left alone. */
  leave(lane: Lane): boolean {
    const worker = this.#residences.get(lane)?.piscinaWorker;
    if (worker === undefined) return false;
    lane.port.unref();
    // The resident task ends when the lane has opened. Until then Piscina's own port holds the process, and only what lies under its symbol knows that.
    for (const key of Object.getOwnPropertySymbols(worker)) (worker as Record<symbol, { unref?(): void }>)[key]?.unref?.();
    return true;
  }

  /** Ends the lane's thread, whatever it does. Native code runs on to its end first; the lane is gone after that. */
  kill(lane: Lane, cause: unknown): void {
    const residence = this.#residences.get(lane);
    if (residence === undefined) return;
    lane.state = 'dying';
    residence.cause ??= cause;
    // Whoever waits for its end must not be left by a process that ends because nothing else keeps it alive.
    lane.port.ref();
    if (residence.worker !== undefined) void residence.worker.terminate();
    else {
      residence.abort.abort();
      this.#fail(lane, residence, cause);
    }
  }

  resize(maxThreads: number): void {
    this.#options = { ...this.#options, maxThreads };
    if (this.#piscina !== undefined) this.#piscina.pool.options.maxThreads = maxThreads;
  }

  async destroy(): Promise<void> {
    // Where `new Worker` refused its options there is nothing to end, and Piscina would reject promises that it never gave us.
    if (this.#piscina !== undefined && this.#piscina.pool.threads.length > 0) await this.#piscina.pool.destroy();
  }

  #runResident(lane: Lane, lease: Lease | { readonly resume: true }, transferList: readonly MessagePort[]): void {
    const residence = this.#residences.get(lane) as Residence;
    residence.hold = 'held';
    const { pool, laneOf } = this.load();
    const task = { ...lease, [laneOf]: lane };
    const left = () => {
      residence.hold = 'free';
    };
    try {
      // Why a thread ended, its own events tell.
      pool.run(task, { transferList: transferList as never, signal: residence.abort.signal }).then(left, left);
    } catch (error) {
      // `new Worker` refused its options: nothing was started. Piscina's promise is lost to us, so it must not be aborted: it would reject unheard.
      residence.hold = 'free';
      queueMicrotask(() => this.#fail(lane, residence, error));
    }
  }

  /** Piscina's choice is ours: the lane's own thread, or for a new lane one that no lane has. */
  #threadFor(...[task, workers]: Parameters<LoadBalancer>): ReturnType<LoadBalancer> {
    const lane = task[this.load().laneOf as keyof typeof task] as unknown as Lane;
    const residence = this.#residences.get(lane);
    if (residence === undefined) return null;
    if (residence.worker !== undefined) return workers.find(({ id }) => id === residence.worker?.threadId) ?? null;
    const free = workers.find(({ id, currentUsage }) => currentUsage === 0 && !this.#isTaken(id));
    const worker = free && this.load().pool.threads.find(({ threadId }) => threadId === free.id);
    if (free === undefined || worker === undefined) return null;
    residence.piscinaWorker = free;
    this.#moveIn(lane, residence, worker);
    return free;
  }

  #isTaken(thread: number): boolean {
    for (const { worker } of this.#residences.values()) if (worker?.threadId === thread) return true;
    return false;
  }

  #moveIn(lane: Lane, residence: Residence, worker: Worker): void {
    residence.worker = worker;
    worker.once('error', (error) => {
      residence.cause ??= error;
    });
    worker.once('exit', (code) => {
      residence.exited = true;
      if (lane.state !== 'retiring') residence.cause ??= new Error(`it exited with code ${code}`);
      this.#settle(lane, residence);
    });
  }

  #closed(lane: Lane): void {
    const residence = this.#residences.get(lane) as Residence;
    residence.closed = true;
    // The port kept the process alive for whoever waits for the thread's end; now that has to.
    residence.worker?.ref();
    this.#settle(lane, residence);
  }

  /** The port brings all that the thread still said; the thread's exit frees its place. They come in either order. */
  #settle(lane: Lane, residence: Residence): void {
    if (!residence.closed || (residence.worker !== undefined && !residence.exited)) return;
    if (!this.#residences.delete(lane)) return;
    // A task that Piscina keeps for a thread that is gone would make it start another.
    if (residence.hold !== 'free') residence.abort.abort();
    this.#listener.gone(lane, residence.cause);
    tellThreadExit(lane, residence.executor, lane.threadId, residence.cause);
  }

  /** A thread that dies before it is ready takes no task with it: Piscina keeps the task waiting for a thread that nobody starts. */
  #findFailedStarts(): void {
    const waiting = [...this.#residences].filter(([, { worker, closed }]) => worker === undefined && !closed);
    const free = this.load().pool.threads.filter(({ threadId }) => !this.#isTaken(threadId)).length;
    for (const [lane, residence] of waiting.slice(free)) {
      residence.abort.abort();
      this.#fail(lane, residence, this.#startError ?? new Error('it ended while it was starting'));
    }
  }

  /** No thread ever got this lane. */
  #fail(lane: Lane, residence: Residence, cause: unknown): void {
    residence.cause ??= cause;
    lane.port.close();
  }
}
