/**
 * A machine and a function made of a few numbers: every slice is answered at once, from a formula, on a clock of its own.
 */
import type { DirectSlice, LoadSlice, Machine, Measurer } from 'run-in-executor/bench';

export interface Model {
  /** ms of a plain call. */
  readonly call: number;
  /** The share of it that computes, 0 to 1. */
  readonly computing: number;
  readonly cores?: number;
  /** ms for the round trip, the arguments, the result. */
  readonly crossing?: readonly [number, number, number];
  /** Contention and coherency of the law. */
  readonly sigma?: number;
  readonly kappa?: number;
  /** How much rounds differ: 0.1 is a tenth up and down, in turn. */
  readonly noise?: number;
  readonly machine?: Partial<Machine>;
  /** Bytes a thread. */
  readonly memory?: number;
  readonly slice?: Partial<LoadSlice>;
  readonly direct?: Partial<DirectSlice>;
}

export class MockMeasurer implements Measurer {
  readonly machine: Machine;
  readonly #model: Model;
  #now = 0;
  #slices = 0;
  /** Sizes in the order in which they were measured. */
  readonly order: number[] = [];
  closed = false;

  constructor(model: Model) {
    this.#model = model;
    const cores = model.cores ?? 4;
    this.machine = { ...MACHINE, cores, allowed: cores, limit: cores, ...model.machine };
  }

  now(): number {
    return this.#now;
  }

  async direct(ms: number): Promise<DirectSlice> {
    const { call, computing, direct } = this.#model;
    this.#now += Math.max(ms, call);
    const calls = Array.from({ length: Math.max(1, Math.floor(ms / call)) }, () => call);
    return { calls, processor: { computing: computing * call, queueing: 0 }, asynchronous: false, ...direct };
  }

  async open(size: number, ms: number): Promise<number> {
    this.#now += ms;
    return size * (this.#model.memory ?? 5 * 2 ** 20);
  }

  async crossing(ms: number): Promise<{ empty: number; arguments: number; result: number }> {
    this.#now += ms;
    const [empty, there, back] = this.#model.crossing ?? [0.03, 0.01, 0.01];
    return { empty, arguments: there, result: back };
  }

  async load(size: number, ms: number, load: { kind: string; concurrency?: number; rate?: number }): Promise<LoadSlice> {
    this.#now += ms;
    this.order.push(size);
    const { noise = 0, computing, call } = this.#model;
    const capacity = this.#capacity(size) * (1 + noise * (this.#slices++ % 2 === 0 ? 1 : -1));
    const throughput = Math.min(capacity, load.rate ?? Number.POSITIVE_INFINITY);
    const underWay = load.concurrency ?? 1;
    const total = Math.max(call, (1_000 * underWay) / capacity);
    const running = Math.min(total, (1_000 * Math.min(size, underWay)) / capacity);
    const calls = Array.from({ length: Math.max(1, Math.round((throughput * ms) / 1_000)) }, () => ({
      waiting: total - running,
      running,
      total,
    }));
    const overloaded = load.rate !== undefined && load.rate > capacity;
    const processor = { computing: computing * call, queueing: 0 };
    return { throughput, calls, processor, callerCost: 0.01, loopDelay: 0.1, throttled: 0, overloaded, dropped: 0, ...this.#model.slice };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Calls a second: what computes is bounded by the processors, what waits by nothing but the law. */
  #capacity(size: number): number {
    const { call, computing, sigma = 0, kappa = 0 } = this.#model;
    const effective = size / (1 + sigma * (size - 1) + kappa * size * (size - 1));
    return (1_000 / call) * Math.min(effective, this.machine.limit / Math.max(computing, 1e-9));
  }
}

const MACHINE: Machine = {
  cores: 4,
  allowed: 4,
  quota: null,
  limit: 4,
  memory: 8 * 2 ** 30,
  processor: 'a mock',
  platform: 'linux x64',
  node: 'v20.19.0',
};
