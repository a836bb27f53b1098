/**
 * How long anybody waits for what a request started: until its response has ended, or its client is gone.
 */
import type { Run, TaskOptions } from '../index.js';

/** What it takes of a response: Node's own, over HTTP/1 and HTTP/2. */
export interface Response {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  once(event: 'close', listener: () => void): unknown;
}

type GracePeriod = TaskOptions['gracePeriod'];

export class RequestLife {
  readonly #gone = new AbortController();

  /** Without a response it never ends. */
  constructor(response: Response | undefined) {
    const close = () => {
      // One that has ended leaves nobody without an answer, and what was started besides may finish.
      if (response?.writableEnded === false) this.#gone.abort(clientGone());
    };
    if (response?.destroyed) close();
    else response?.once('close', close);
  }

  /** `run`, and all that comes off it, for as long as this lasts. */
  bind(run: Run, ends: ThreadEnds, options: TaskOptions = {}): Run {
    const { signal, gracePeriod = ends.gracePeriod } = options;
    const gone = this.#gone.signal;
    const bound = run.with(options).with({
      signal: signal === undefined ? gone : AbortSignal.any([gone, signal]),
      // Asked only where a thread would be ended. A time-out of the task's own ends it as ever.
      gracePeriod: (reason) => (reason !== gone.reason || ends.allow() ? granted(gracePeriod, reason) : Number.POSITIVE_INFINITY),
    });
    return Object.assign(bound, { with: (more: TaskOptions) => this.bind(run, ends, { ...options, ...more }) });
  }
}

/** How many threads may be ended for clients that have gone: so many in any minute. */
export class ThreadEnds {
  /** What tasks get that set none of their own. */
  readonly gracePeriod: GracePeriod;
  readonly #perMinute: number;
  /** When the last of them were ended, ms. */
  readonly #times: number[] = [];

  constructor(perMinute: number, gracePeriod: GracePeriod) {
    if (typeof perMinute !== 'number' || !(perMinute >= 0)) {
      throw new TypeError(`endThreadsPerMinute takes a number, 0 or more: received ${perMinute}`);
    }
    this.#perMinute = perMinute;
    this.gracePeriod = gracePeriod;
  }

  /** True: end it, and it counts. */
  allow(now = performance.now()): boolean {
    while (this.#times.length > 0 && now - (this.#times[0] as number) >= MINUTE) this.#times.shift();
    if (this.#times.length >= this.#perMinute) return false;
    this.#times.push(now);
    return true;
  }
}

const MINUTE = 60_000;

function granted(gracePeriod: GracePeriod, reason: unknown): number {
  return typeof gracePeriod === 'function' ? gracePeriod(reason) : (gracePeriod ?? 0);
}

/** As `fetch` rejects on the other side; the status is the one that logs know a closed request by, and no failure of ours. */
function clientGone(): Error {
  return Object.assign(new DOMException('The client has gone before it had its answer', 'AbortError'), { statusCode: 499 });
}
