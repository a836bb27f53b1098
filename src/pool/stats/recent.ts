/**
 * The last minute of a pool: how long tasks waited and ran, and how busy the threads were. A ring of buckets of five seconds,
 * so that what is old goes by itself, at no cost to a task but that of counting it.
 */
import { Histogram } from './histogram.js';
import type { Summary } from './stats.js';

/** ms a bucket covers. */
const SPAN = 5_000;
const BUCKETS = 12;

interface Bucket {
  /** Its number since the epoch; which minute it belongs to. */
  number: number;
  /** Thread time that tasks took, ms. */
  busy: number;
  readonly waited: Histogram;
  readonly ran: Histogram;
}

/** All times are epoch ms. */
export class Recent {
  readonly #buckets: (Bucket | undefined)[] = new Array(BUCKETS);
  readonly #since: number;
  /** How many threads there could be, from when on; the newest last. */
  readonly #limits: { readonly from: number; readonly maxThreads: number }[];

  constructor(now: number, maxThreads: number) {
    this.#since = now;
    this.#limits = [{ from: now, maxThreads }];
  }

  resized(now: number, maxThreads: number): void {
    this.#limits.push({ from: now, maxThreads });
  }

  /** A task has ended. Cost: under 0.1 µs. */
  record(submittedAt: number, startedAt: number, ran: number): void {
    const endedAt = startedAt + ran;
    const number = Math.floor(endedAt / SPAN);
    const bucket = this.#bucket(number);
    if (bucket === undefined) return;
    bucket.waited.record(Math.max(0, startedAt - submittedAt));
    bucket.ran.record(ran);
    const inside = endedAt - number * SPAN;
    if (ran <= inside) bucket.busy += ran;
    else this.#addBusy(startedAt, endedAt);
  }

  /** The same for one that ran with breaks: `ran` is how long since the last. */
  recordLast(waited: number, total: number, startedAt: number, ran: number): void {
    const bucket = this.#bucket(Math.floor((startedAt + ran) / SPAN));
    bucket?.waited.record(Math.max(0, waited));
    bucket?.ran.record(total);
    this.recordBusy(startedAt, ran);
  }

  /** A task takes a break. */
  recordBusy(startedAt: number, ran: number): void {
    this.#addBusy(startedAt, startedAt + ran);
  }

  waitTime(now: number): Summary {
    return summaryOf(this.#recent(now).map(({ waited }) => waited));
  }

  runTime(now: number): Summary {
    return summaryOf(this.#recent(now).map(({ ran }) => ran));
  }

  /** Busy thread time over available thread time. `running`: when the tasks that still run began. */
  utilization(now: number, running: readonly number[]): number {
    const from = Math.max(this.#since, (Math.floor(now / SPAN) - BUCKETS + 1) * SPAN);
    const available = this.#available(from, now);
    if (available <= 0) return 0;
    const ended = this.#recent(now).reduce((sum, { busy }) => sum + busy, 0);
    const unended = running.reduce((sum, startedAt) => sum + Math.max(0, now - Math.max(from, startedAt)), 0);
    return Math.min(1, (ended + unended) / available);
  }

  /** Undefined for a bucket that has left the window. */
  #bucket(number: number): Bucket | undefined {
    const at = number % BUCKETS;
    let bucket = this.#buckets[at];
    if (bucket === undefined) this.#buckets[at] = bucket = { number, busy: 0, waited: new Histogram(), ran: new Histogram() };
    if (bucket.number === number) return bucket;
    if (bucket.number > number) return undefined;
    bucket.number = number;
    bucket.busy = 0;
    bucket.waited.clear();
    bucket.ran.clear();
    return bucket;
  }

  /** A task that ran through more than one bucket was busy in each. */
  #addBusy(startedAt: number, endedAt: number): void {
    const last = Math.floor(endedAt / SPAN);
    for (let number = Math.max(Math.floor(startedAt / SPAN), last - BUCKETS + 1); number <= last; number++) {
      const bucket = this.#bucket(number);
      if (bucket !== undefined) bucket.busy += Math.min(endedAt, (number + 1) * SPAN) - Math.max(startedAt, number * SPAN);
    }
  }

  #recent(now: number): Bucket[] {
    const oldest = Math.floor(now / SPAN) - BUCKETS + 1;
    return this.#buckets.filter((bucket): bucket is Bucket => bucket !== undefined && bucket.number >= oldest);
  }

  #available(from: number, now: number): number {
    while (this.#limits.length > 1 && (this.#limits[1]?.from ?? 0) <= from) this.#limits.shift();
    return this.#limits.reduce((sum, limit, i) => {
      const until = this.#limits[i + 1]?.from ?? now;
      return sum + Math.max(0, until - Math.max(from, limit.from)) * limit.maxThreads;
    }, 0);
  }
}

function summaryOf(histograms: readonly Histogram[]): Summary {
  const all = new Histogram();
  for (const each of histograms) all.add(each);
  const { count, sum, min, max } = all;
  if (count === 0) return { count, mean: 0, min: 0, max: 0, p50: 0, p90: 0, p99: 0 };
  return { count, mean: sum / count, min, max, p50: all.quantile(0.5), p90: all.quantile(0.9), p99: all.quantile(0.99) };
}
