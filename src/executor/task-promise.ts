/**
 * The promise of one task: settles by what the thread reports, and gives an error the two halves of its stack.
 */
import { ExecutorError } from '../errors.js';
import type { Arrival, Waiter } from '../pool/task.js';
import type { Ways } from '../transport/functions/describe.js';
import { unpackOutcome } from '../transport/outcome.js';
import { withCallerStack } from '../transport/values/errors.js';

interface Settlement {
  readonly ok: boolean;
  readonly value: unknown;
  /** The error's stack tells nothing of the caller yet. An abort reason is the caller's own object, and stays as it is. */
  readonly remote?: boolean;
}

/**
 * `start` is called at once with the task's waiter; what it throws rejects.
 *
 * This is an async function so that V8 can tell, at the moment of an error, who awaits it: the caller's frames for nothing.
 */
export async function taskPromise(start: (waiter: Waiter) => void, ways: Ways, caller: { stack?: string } | undefined): Promise<unknown> {
  const { ok, value, remote } = await new Promise<Settlement>((settle) => begin(start, new PromiseWaiter(settle, ways)));
  if (ok) return value;
  if (remote !== true) throw value;
  throw withCallerStack(value, caller === undefined ? new Error().stack : caller.stack);
}

function begin(start: (waiter: Waiter) => void, waiter: PromiseWaiter): void {
  try {
    start(waiter);
  } catch (error) {
    waiter.fail(error);
  }
}

class PromiseWaiter implements Waiter {
  readonly #settle: (settlement: Settlement) => void;
  readonly #ways: Ways;

  constructor(settle: (settlement: Settlement) => void, ways: Ways) {
    this.#settle = settle;
    this.#ways = ways;
  }

  value(value: unknown): void {
    this.#settle({ ok: true, value });
  }

  arrive(arrival: Arrival): void {
    try {
      this.#settle({ ok: arrival.ok, value: unpackOutcome(arrival, this.#ways), remote: true });
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.#settle({ ok: false, value: error, remote: error instanceof ExecutorError });
  }
}
