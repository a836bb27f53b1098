/**
 * A stream in its thread: iterates what a generator function yields, as far as there is credit for it.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { AnyFunction } from './any-function.js';
import { ownFunction } from './functions/own.js';
import { StreamOutbox } from './stream-outbox.js';
import { FIRST_CREDIT, STOP, type StreamOrder } from './stream-protocol.js';
import { type RunningTask, threadState } from './thread-state.js';

/** Resolves with what the generator returns. */
export async function streamFrom(fn: AnyFunction, args: readonly unknown[], port: MessagePort): Promise<unknown> {
  const orders = new Orders(port);
  const outbox = new StreamOutbox(port);
  const iterator = iteratorOf(Reflect.apply(fn, undefined, args), fn);
  try {
    for (;;) {
      if (orders.credit === 0) {
        outbox.flush();
        await orders.changed();
        continue;
      }
      if (orders.stopped) return await close(iterator);
      const step = iterator.next();
      const { done, value } = step instanceof Promise || isThenable(step) ? await step : step;
      if (done === true) {
        outbox.flush();
        return value;
      }
      orders.credit--;
      // Synchronous generators leave the event loop no turn to hear anything by itself.
      if (send(outbox, isThenable(value) ? await value : value, iterator)) orders.listen();
    }
  } catch (error) {
    outbox.flush();
    throw error;
  } finally {
    orders.close();
  }
}

ownFunction(streamFrom, 'streamFrom', 'workers/stream.js');

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

function iteratorOf(iterable: unknown, fn: AnyFunction): AnyIterator {
  const from = iterable as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined;
  const iterator = from?.[Symbol.asyncIterator]?.() ?? from?.[Symbol.iterator]?.();
  if (iterator === undefined)
    throw new TypeError(
      `Cannot stream ${fn.name || 'a function'}: it returned nothing that can be iterated; stream takes generator functions`,
    );
  return iterator;
}

/** What cannot be sent ends the generator, as an error in the loop that consumes it would. */
function send(outbox: StreamOutbox, item: unknown, iterator: AnyIterator): boolean {
  try {
    return outbox.push(item);
  } catch (error) {
    void iterator.return?.();
    throw error;
  }
}

async function close(iterator: AnyIterator): Promise<unknown> {
  return (await iterator.return?.())?.value;
}

/** What the calling side wants. */
class Orders {
  credit = FIRST_CREDIT;
  readonly #port: MessagePort;
  readonly #task: RunningTask | undefined = threadState()?.task();
  #stop = false;
  #wake: (() => void) | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (order: StreamOrder) => this.#take(order));
    // Nobody is there any more.
    port.on('close', () => this.#take(STOP));
  }

  get stopped(): boolean {
    return this.#stop || this.#task?.cancelled === true;
  }

  /** Takes what has come without a turn of the event loop. */
  listen(): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port))
      this.#take(next.message as StreamOrder);
  }

  /** Resolves when there is credit, or an end. */
  changed(): Promise<void> {
    this.listen();
    if (this.credit > 0) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  close(): void {
    this.#port.removeAllListeners();
    this.#port.unref();
  }

  #take(order: StreamOrder): void {
    if (order === STOP) {
      this.#stop = true;
      this.credit++;
    } else this.credit += order;
    this.#wake?.();
    this.#wake = undefined;
  }
}

function isThenable(value: unknown): value is PromiseLike<IteratorResult<unknown>> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
