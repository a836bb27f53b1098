/**
 * A stream in its thread: iterates what a generator function yields, as far as there is credit for it.
 */

import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { AnyFunction } from '../any-function.js';
import { labelOf } from '../functions/label.js';
import { ownFunction } from '../functions/own.js';
import { clearTimeout, isPromise, OwnPromise, setTimeout } from '../own/own-globals.js';
import { type RunningTask, runningTask } from '../own/thread-state.js';
import { isThenable } from '../thenable.js';
import { StreamOutbox } from './stream-outbox.js';
import { FIRST_CREDIT, STOP, type StreamOrder } from './stream-protocol.js';

/** So long a generator holds its thread while its consumer takes what was sent; a consumer that keeps up never loses it, ms. */
const PATIENCE = 1;

/** So long what a generator waits for may take to come when nobody wants more, ms: it may never come. */
const LEAVING = 5_000;

/** Resolves with what the generator returns. `parks`: it is a task by itself, and may lend its thread while its consumer is busy. */
export async function streamFrom(fn: AnyFunction, args: readonly unknown[], port: MessagePort, parks: boolean): Promise<unknown> {
  const orders = new Orders(port, parks);
  const outbox = new StreamOutbox(port);
  const iterator = iteratorOf(Reflect.apply(fn, undefined, args), fn);
  try {
    for (;;) {
      if (orders.stopped) return await (orders.closing ?? close(iterator));
      if (orders.credit === 0) {
        outbox.flush();
        await orders.more();
        continue;
      }
      const step = iterator.next();
      const { done, value } = isPromise(step) || isThenable(step) ? await orders.unlessLeft(step, iterator) : step;
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
    if (!orders.isOurs(error)) throw error;
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
      `Cannot stream ${labelOf(fn) || 'a function'}: it returned nothing that can be iterated; stream takes generator functions`,
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
  readonly #parks: boolean;
  readonly #task: RunningTask | undefined = runningTask();
  #stop = false;
  #wake: (() => void) | undefined;
  #leave: (() => void) | undefined;
  /** The iterator was told while a step of it was waited for. */
  closing: Promise<unknown> | undefined;

  constructor(port: MessagePort, parks: boolean) {
    this.#port = port;
    this.#parks = parks;
    port.on('message', (order: StreamOrder) => this.#take(order));
    // Nobody is there any more.
    port.on('close', () => this.#take(STOP));
  }

  get stopped(): boolean {
    return this.#stop || this.#task?.cancelled === true;
  }

  /** A step that is waited for. Once nobody wants more, the iterator is told at once: what it waits for may come later, or never. */
  async unlessLeft(step: PromiseLike<IteratorResult<unknown>>, iterator: AnyIterator): Promise<IteratorResult<unknown>> {
    const either = new OwnPromise<IteratorResult<unknown>>((resolve, reject) => {
      this.#leave = () => {
        this.closing ??= close(iterator);
        this.closing.catch(() => {});
        setTimeout(resolve, LEAVING, { done: true, value: undefined }).unref();
      };
      step.then(resolve, reject);
    });
    const result = await either;
    this.#leave = undefined;
    return result;
  }

  /** The generator has ended by what it was told when its consumer left: of Node's functions most throw an error of their own, by that cause. */
  isOurs(error: unknown): boolean {
    const signal = this.#stop ? this.#task?.signal : undefined;
    return signal?.aborted === true && [error, (error as Error | undefined)?.cause].includes(signal.reason);
  }

  /** Takes what has come without a turn of the event loop. */
  listen(): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port))
      this.#take(next.message as StreamOrder);
  }

  /** Resolves when there is credit, or an end. */
  async more(): Promise<void> {
    this.listen();
    if (this.credit > 0 || this.stopped) return;
    const changed = new Promise<void>((resolve) => (this.#wake = resolve));
    const task = this.#task;
    if (!this.#parks || task?.park === undefined || (await settlesWithin(changed, PATIENCE))) return await changed;
    const { signal } = task;
    const wake = () => this.#notify();
    signal.addEventListener('abort', wake);
    if (task.cancelled) wake();
    await task.park(changed);
    signal.removeEventListener('abort', wake);
    this.listen();
  }

  close(): void {
    this.#port.removeAllListeners();
    this.#port.unref();
  }

  #take(order: StreamOrder): void {
    if (order === STOP) {
      this.#stop = true;
      this.credit++;
      if (this.#parks) this.#task?.leave?.();
      this.#leave?.();
    } else this.credit += order;
    this.#notify();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}

async function settlesWithin(changed: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await OwnPromise.race([changed.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
