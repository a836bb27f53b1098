/**
 * Calls one after the other, each shorter than the way to it: the calling side looks for the answer by itself for a moment.
 *
 * A thread of control that goes to sleep is woken 5 to 15 µs later, which is most of the round trip of a short call. So where the last
 * answer came quickly and the function is known to be quick, the event loop is kept turning instead of sleeping (other events get their
 * turn as ever), and looks into shared memory at each turn; the thread sends no message meanwhile. It costs the calling thread nothing
 * but sleep, and at most `LOOKS_FOR` a call.
 */
import { epochNow } from '../transport/claims.js';
import type { Lane } from './lane.js';
import { Patience } from './patience.js';

/** A function that is expected to run longer is not worth staying awake for, ms. */
const QUICK = 0.02;

/** Calls further apart than this do not come in a row, ms. */
const IN_A_ROW = 0.05;

/** How long to look for an answer before going to sleep after all, ms. */
const LOOKS_FOR = 0.06;

export class NearAnswer {
  readonly #progressed: (lane: Lane) => void;
  #lane: Lane | undefined;
  readonly #patience = new Patience();
  #until = 0;

  constructor(progressed: (lane: Lane) => void) {
    this.#progressed = progressed;
  }

  /** The lane was idle, and was sent a call that is expected to take so many ms. */
  expect(lane: Lane, takes: number): void {
    if (this.#lane !== undefined || takes > QUICK || lane.pause > IN_A_ROW || !this.#patience.try()) return;
    this.#lane = lane;
    this.#until = lane.movedAt + LOOKS_FOR;
    lane.claims.watched = true;
    setImmediate(this.#look);
  }

  readonly #look = (): void => {
    const lane = this.#lane as Lane;
    lane.readOutcomes();
    const answered = lane.idle;
    if (answered || epochNow() > this.#until) {
      if (answered) this.#patience.rewarded();
      else this.#patience.disappointed();
      this.#lane = undefined;
      lane.claims.watched = false;
      lane.readOutcomes();
    } else setImmediate(this.#look);
    if (lane.idle) this.#progressed(lane);
  };
}
