/**
 * What becomes of threads that have nothing to do.
 *
 * An idle lane is given back to Piscina after a short linger, since a leased thread keeps the process alive: a script ends by itself.
 * Its thread stays warm for `idleTimeout`; then as many are ended as were not needed at any time since.
 */
import { epochNow } from '../transport/claims.js';
import type { Lane } from './lane.js';

/** How long an idle lane waits for the next call, ms: a program ends that much later than its last answer. */
const LINGER = 10;

export interface IdleOptions {
  readonly minThreads: number;
  /** ms; Infinity keeps threads for ever. */
  readonly idleTimeout: number;
}

export interface IdleListener {
  /** Threads that exist now. */
  alive(): number;
  endLane(lane: Lane): void;
  retire(threads: number): void;
}

export class IdleThreads {
  readonly #options: IdleOptions;
  readonly #idle: ReadonlySet<Lane>;
  readonly #listener: IdleListener;
  #sweep: NodeJS.Timeout | undefined;
  #review: NodeJS.Timeout | undefined;
  /** Most threads in use at once since the last review. */
  #peak = 0;

  constructor(idle: ReadonlySet<Lane>, options: IdleOptions, listener: IdleListener) {
    this.#idle = idle;
    this.#options = options;
    this.#listener = listener;
  }

  /** A lane was leased: `leased` are in use now. */
  used(leased: number): void {
    this.#peak = Math.max(this.#peak, leased);
    if (this.#review !== undefined || this.#options.idleTimeout === Number.POSITIVE_INFINITY) return;
    this.#review = setTimeout(() => this.#reviewThreads(), this.#options.idleTimeout).unref();
  }

  /** A lane has nothing to do. */
  idle(): void {
    this.#sweep ??= setTimeout(() => this.#sweepLanes(), LINGER);
  }

  stop(): void {
    clearTimeout(this.#sweep);
    clearTimeout(this.#review);
    this.#sweep = undefined;
    this.#review = undefined;
  }

  #sweepLanes(): void {
    this.#sweep = undefined;
    const before = epochNow() - LINGER;
    let younger = false;
    for (const lane of this.#idle) {
      if (lane.movedAt <= before) this.#listener.endLane(lane);
      else younger = true;
    }
    if (younger) this.idle();
  }

  #reviewThreads(): void {
    this.#review = undefined;
    const alive = this.#listener.alive();
    const spare = alive - Math.max(this.#peak, this.#options.minThreads);
    this.#peak = 0;
    if (spare > 0) this.#listener.retire(spare);
    if (alive > this.#options.minThreads) this.used(0);
  }
}
