/**
 * Stays awake where that has not helped for long, now and then, in case that both sides share a core while another is idle.
 *
 * They come to that when something else needed the other core for a moment, as a collection does. Then neither ever finds the other awake,
 * and each sleeps for the other's sake: 13 µs a call instead of 2, for as long as the row lasts. A kernel parts two threads of one core where both want to
 * run as its clock ticks, every 1 to 4 ms. Where the cores are all busy, it helps nobody, and takes one part in a hundred of the row's time.
 */

/** A few ticks, ms. */
const TICKS = 20;

/** Before the next time, ms: doubled each time, and shorter by one with each answer that comes at once. */
const SHORTEST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;

/** All times are epoch ms. */
export class Insistence {
  #until = 0;
  #next = 0;
  #pause = SHORTEST_PAUSE;

  /** It is under way. */
  lasts(now: number): boolean {
    return now < this.#until;
  }

  /** False: it is too soon after the last time. */
  begin(now: number): boolean {
    if (now < this.#next) return false;
    this.#until = now + TICKS;
    this.#next = this.#until + this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
    return true;
  }

  /** Something came at once. A thousand times in a row, they do not share a core; now and then, they may. */
  helped(): void {
    this.#pause = Math.max(SHORTEST_PAUSE, this.#pause - 1);
  }
}
