/**
 * Interleaved rounds: in each, the plain call and every size take a turn, in an order that moves on, so that whatever else the machine does
 * (other programs, its clock, its heat) meets all alike. They end once every size is known well enough, or the time is used up.
 */

import { computingShare } from './kind.js';
import type { CrossingTimes, DirectSlice, LoadSlice, Measurer } from './measurer.js';
import type { Plan } from './options.js';
import type { BenchmarkProgress } from './progress.js';
import type { Load, PoolSizeResult } from './result.js';
import { sizesFor } from './sizes.js';
import { estimate, percentiles, relativeWidth } from './statistics.js';

export interface Measured {
  readonly load: Load;
  readonly direct: readonly DirectSlice[];
  readonly crossing: CrossingTimes;
  /** Those that were measured at least once, smallest first. */
  readonly sizes: readonly MeasuredSize[];
  readonly stopped: PoolSizeResult['stopped'];
  readonly took: number;
}

export interface MeasuredSize {
  readonly threads: number;
  /** Bytes, of all its threads. */
  readonly memory: number;
  /** One a round. */
  readonly slices: readonly LoadSlice[];
}

/** Fewer tell too little of how much rounds differ. */
const ROUNDS = 5;

/** ms. In less, timers and cold caches are much of what is measured. */
const SHORTEST_SLICE = 60;

/** Calls of one thread in a slice, so that where it begins and ends matters little. */
const CALLS_A_SLICE = 20;

/** ms: engines have compiled by then what they will compile. */
const WARM_UP = 300;

export async function measureRounds(measurer: Measurer, plan: Plan): Promise<Measured> {
  const rounds = new Rounds(measurer, plan);
  await rounds.look();
  await rounds.warmUp();
  const stopped = await rounds.measure();
  return rounds.measured(stopped);
}

class Rounds {
  readonly #measurer: Measurer;
  readonly #plan: Plan;
  readonly #start: number;
  readonly #direct: DirectSlice[] = [];
  #crossing: CrossingTimes = { empty: 0, arguments: 0, result: 0 };
  #sizes: readonly number[] = [];
  #load: Load = { kind: 'closed', concurrency: 1 };
  /** ms */
  #slice = SHORTEST_SLICE;
  readonly #memory = new Map<number, number>();
  readonly #slices = new Map<number, LoadSlice[]>();

  constructor(measurer: Measurer, plan: Plan) {
    this.#measurer = measurer;
    this.#plan = plan;
    this.#start = measurer.now();
  }

  /** A first look at the function says how long a slice must be, and which sizes make sense. */
  async look(): Promise<void> {
    this.#tell('direct', 0);
    await this.#measurer.direct(0);
    const first = await this.#measurer.direct(SHORTEST_SLICE);
    this.#direct.push(first);
    this.#sizes = this.#plan.threads ?? sizesFor(computingShare([first]), this.#measurer.machine);
    this.#load = this.#plan.load ?? { kind: 'closed', concurrency: Math.max(...this.#sizes) };
    const call = percentiles(first.calls).p50;
    // Every size and the plain call in every round, and as much again for pools to start and to run empty.
    const share = this.#plan.maxTime / ((this.#sizes.length + 1) * (ROUNDS + 1));
    this.#slice = Math.max(SHORTEST_SLICE, 2 * call, Math.min(CALLS_A_SLICE * call, share), arrivals(this.#load, share));
  }

  async warmUp(): Promise<void> {
    for (const size of this.#sizes) {
      if (this.#plan.signal.aborted) return;
      this.#tell('warm-up', size);
      this.#memory.set(size, await this.#measurer.open(size, Math.min(this.#slice, WARM_UP)));
    }
    this.#tell('crossing', 0);
    this.#crossing = await this.#measurer.crossing(SHORTEST_SLICE);
  }

  async measure(): Promise<PoolSizeResult['stopped']> {
    for (let round = 0; ; round++) {
      if (round > 0) this.#direct.push(await this.#measurer.direct(this.#slice));
      for (let turn = 0; turn < this.#sizes.length; turn++) {
        const stopped = this.#stopped();
        if (stopped !== undefined) return stopped;
        const size = this.#sizes[(turn + round) % this.#sizes.length] as number;
        this.#tell('measuring', size, round + 1);
        const slice = await this.#measurer.load(size, this.#slice, this.#load, this.#plan.signal);
        // What was cut short would count as slow.
        if (!this.#plan.signal.aborted) this.#slices.set(size, [...(this.#slices.get(size) ?? []), slice]);
      }
    }
  }

  measured(stopped: PoolSizeResult['stopped']): Measured {
    const sizes = this.#sizes
      .filter((size) => this.#slices.has(size))
      .map((threads) => ({ threads, memory: this.#memory.get(threads) ?? 0, slices: this.#slices.get(threads) ?? [] }));
    const took = this.#measurer.now() - this.#start;
    return { load: this.#load, direct: this.#direct, crossing: this.#crossing, sizes, stopped, took };
  }

  #stopped(): PoolSizeResult['stopped'] | undefined {
    if (this.#plan.signal.aborted) return 'interrupted';
    if (this.#slices.size < this.#sizes.length) return undefined;
    if (this.#measurer.now() - this.#start >= this.#plan.maxTime) return 'time';
    const enough = [...this.#slices.values()].every((slices) => slices.length >= ROUNDS);
    return enough && this.#precision() <= this.#plan.precision ? 'precise' : undefined;
  }

  /** The widest interval of all sizes. */
  #precision(): number {
    if (this.#slices.size < this.#sizes.length) return Number.POSITIVE_INFINITY;
    const widths = [...this.#slices.values()].map((slices) => relativeWidth(estimate(slices.map(({ throughput }) => throughput))));
    return Math.max(...widths);
  }

  #tell(phase: BenchmarkProgress['phase'], size: number, round = 1): void {
    const done = Math.min(1, (this.#measurer.now() - this.#start) / this.#plan.maxTime);
    this.#plan.onProgress({ phase, size, round, done, precision: this.#precision() });
  }
}

/** A slice of an open loop wants so many arrivals, ms. */
function arrivals(load: Load, share: number): number {
  return load.kind === 'open' ? Math.min((CALLS_A_SLICE * 1_000) / load.rate, share) : 0;
}
