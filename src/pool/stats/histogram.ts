/**
 * How long things took, in constant memory: steps of 6 % from a quarter of a microsecond to 18 minutes, as HdrHistogram has them.
 */

/** Steps in each doubling. */
const STEPS = 16;
const LOG_STEPS = 4;

/** The finest step, ms. What takes longer than 2^32 of it counts as that long, save in mean and maximum, which are exact. */
const UNIT = 0.00025;
const MOST = 2 ** 32 - 1;

const SIZE = (32 - LOG_STEPS + 1) * STEPS;

export class Histogram {
  readonly counts = new Uint32Array(SIZE);
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = 0;

  /** Cost: about 10 ns. */
  record(ms: number): void {
    const at = stepOf(ms);
    this.counts[at] = (this.counts[at] as number) + 1;
    this.count++;
    this.sum += ms;
    if (ms < this.min) this.min = ms;
    if (ms > this.max) this.max = ms;
  }

  add(other: Histogram): void {
    for (let at = 0; at < SIZE; at++) this.counts[at] = (this.counts[at] as number) + (other.counts[at] as number);
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  clear(): void {
    this.counts.fill(0);
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = 0;
  }

  /** The time that this share (0 to 1) of all stayed within, to 3 %. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.count);
    for (let at = 0; at < SIZE; at++) {
      left -= this.counts[at] as number;
      if (left <= 0) return Math.min(this.max, Math.max(this.min, middleOf(at)));
    }
    return this.max;
  }
}

function stepOf(ms: number): number {
  const units = ms <= 0 ? 0 : Math.min(MOST, ms / UNIT) >>> 0;
  if (units < STEPS) return units;
  const doubling = 31 - Math.clz32(units);
  return ((doubling - LOG_STEPS + 1) << LOG_STEPS) + ((units >>> (doubling - LOG_STEPS)) & (STEPS - 1));
}

function middleOf(at: number): number {
  if (at < STEPS) return (at + 0.5) * UNIT;
  const width = 2 ** ((at >> LOG_STEPS) - 1);
  return (STEPS + (at & (STEPS - 1)) + 0.5) * width * UNIT;
}
