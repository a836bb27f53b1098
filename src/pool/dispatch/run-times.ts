/**
 * What is known of how long functions run, to decide how many calls may be sent ahead of need.
 */

/** Weight of the newest run time in the moving mean: a change of load shows after about five calls. */
const NEWEST = 0.2;

/** Functions remembered; a program that makes functions without end must not grow this table without end. */
const MOST = 10_000;

/** What claiming, calling and reporting cost a thread beside the function itself, ms. Measured: 0.3 to 0.6 µs. */
const OVERHEAD = 0.0005;

export class RunTimes {
  readonly #means = new Map<number, number>();

  /** The expected run time of a function's next call, ms; undefined for one that was never seen to end. */
  expected(site: number): number | undefined {
    return this.#means.get(site);
  }

  record(site: number, ran: number): void {
    const mean = this.#means.get(site);
    if (mean === undefined && this.#means.size >= MOST) this.#means.clear();
    const took = ran + OVERHEAD;
    this.#means.set(site, mean === undefined ? took : mean + (took - mean) * NEWEST);
  }
}
