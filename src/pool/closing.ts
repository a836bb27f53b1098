/**
 * How a pool comes to its end, whatever runs its tasks.
 *
 *   open ── close() ─▶ closing ── the last task has ended ─▶ closed
 *     └────────────────────── terminate() ────────────────────▲
 */
import { rejected } from './task/rejections.js';
import type { TaskSettings } from './task/task.js';
import { type Undertaking, Undertakings } from './undertakings.js';

/** open: takes tasks. closing: finishes what it took. closed: runs nothing any more. */
export type PoolState = 'open' | 'closing' | 'closed';

/** What closing asks of a pool. */
export interface Closable {
  readonly executor: string;
  hasUnsettled(): boolean;
  /** Tasks that have lent their place, settled or not. */
  hasParked(): boolean;
  /** Whoever waits for room goes on: the next submit tells them. */
  release(): void;
  /** The last task has ended: finalizes what ran it. Never rejects. */
  retire(): Promise<void>;
  /** Ends what is not settled, now. */
  endTasks(): void;
  /** Asked for once. */
  destroy(): Promise<void>;
}

export class Closing {
  state: PoolState = 'open';
  readonly #pool: Closable;
  readonly #undertakings = new Undertakings();
  #drained: (() => void) | undefined;
  #closed: Promise<void> | undefined;
  #destroyed: Promise<void> | undefined;

  constructor(pool: Closable) {
    this.#pool = pool;
  }

  /** What an undertaking submits was taken with it. */
  takes({ begun = false }: TaskSettings): boolean {
    return this.state === 'open' || (this.state === 'closing' && begun);
  }

  /** Undefined where nothing is taken any more. */
  begin(one: Undertaking): (() => void) | undefined {
    return this.state === 'open' ? this.#undertakings.begin(one, () => this.check()) : undefined;
  }

  /** To be called whenever something has ended that `close()` waits for. */
  check(): void {
    if (this.#drained === undefined || this.#pool.hasUnsettled()) return;
    if (this.state !== 'closed' && (!this.#undertakings.none || this.#pool.hasParked())) return;
    this.#drained();
    this.#drained = undefined;
  }

  /** Never rejects. */
  close(): Promise<void> {
    if (this.state === 'open') {
      this.state = 'closing';
      this.#pool.release();
      this.#closed = this.#finish();
    }
    return this.#closed ?? this.terminate();
  }

  async terminate(): Promise<void> {
    const already = this.state === 'closed';
    this.state = 'closed';
    this.#pool.release();
    this.#pool.endTasks();
    this.#undertakings.terminate(this.#pool.executor);
    if (!already) this.#destroyed = this.#pool.destroy();
    this.check();
    await this.#destroyed;
    await rejected();
  }

  async #finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
      this.check();
    });
    if (this.state === 'closing') await this.#pool.retire();
    await this.terminate();
  }
}
