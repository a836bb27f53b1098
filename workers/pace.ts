/**
 * How calls follow each other on a thread: whether to stay awake for the next one, and when its event loop is due to have its turn.
 */
import { epochNow } from '../src/transport/shared-memory/claims.js';

/** Calls no further apart than this come in a row, ms. */
const IN_A_ROW = 0.2;

/** After a call that took longer, the wait for the next is nothing beside it: the processor is left to others meanwhile, ms. */
const SHORT = 1;

/** How long calls may follow each other without a turn of the event loop, ms. */
const WITHOUT_EVENTS = 5;

/** All times are epoch ms. */
export class Pace {
  /** The next call is worth staying awake for. */
  inARow = false;
  /** When the last call ended. */
  idleAt = 0;
  /** How long after the last one a call came by the event loop, ms. */
  gap = Number.POSITIVE_INFINITY;
  #startedAt = 0;
  #turnedAt = 0;

  /** The event loop has its turn. */
  turned(): void {
    this.#turnedAt = epochNow();
  }

  /** The event loop has had no turn for too long. */
  get eventsAreDue(): boolean {
    return epochNow() - this.#turnedAt > WITHOUT_EVENTS;
  }

  /** A call has come, by the event loop. */
  entered(): void {
    this.turned();
    this.gap = this.#turnedAt - this.idleAt;
    this.inARow = this.gap < IN_A_ROW;
  }

  /** The next call has come where the last one ended. */
  came(): void {
    this.inARow ||= epochNow() - this.idleAt < IN_A_ROW;
  }

  /** Returns the time. */
  started(): number {
    this.#startedAt = epochNow();
    return this.#startedAt;
  }

  /** Nothing follows. */
  ended(): void {
    this.idleAt = epochNow();
    if (this.idleAt - this.#startedAt > SHORT) this.inARow = false;
  }
}
