/**
 * `stream`: what a generator function yields on a thread, pulled from here.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { AnyFunction } from '../transport/any-function.js';
import { type Call, holdCall } from '../transport/call.js';
import { streamFrom } from '../transport/stream-from.js';
import { STOP } from '../transport/stream-protocol.js';
import { transfer } from '../transport/values/transfer.js';
import type { Host } from './in-context.js';
import { StreamInbox } from './stream-inbox.js';
import type { TaskOptions } from './task-options.js';

/** Never throws: whatever is wrong, the first `next()` rejects. What crosses is taken now; the generator starts when it is first pulled. */
export function stream(host: Host, options: TaskOptions, fn: AnyFunction, args: readonly unknown[]): AsyncIterableIterator<unknown> {
  const { port1, port2 } = new MessageChannel();
  let prepared: () => Call;
  try {
    if (typeof fn !== 'function') throw new TypeError(`Cannot stream what is no function: received ${fn === null ? 'null' : typeof fn}`);
    const call = host.prepare(streamFrom, [fn, args, transfer(port2)]);
    holdCall(call);
    prepared = () => call;
  } catch (error) {
    prepared = () => {
      throw error;
    };
  }
  return pull(host, prepared, { ...options, name: options.name ?? (fn?.name || 'the generator') }, port1);
}

async function* pull(host: Host, prepared: () => Call, options: TaskOptions, port: MessagePort): AsyncGenerator<unknown, unknown> {
  const call = prepared();
  const inbox = new StreamInbox(port, host.ways);
  const outcome = host.submitCall(call, options);
  outcome.then(
    (value) => inbox.end({ value }),
    (error: unknown) => (options.signal?.aborted === true ? inbox.abort(error) : inbox.end({ error })),
  );
  try {
    for (let batch = await inbox.next(); batch !== undefined; batch = await inbox.next()) {
      for (const item of batch) {
        inbox.taken();
        yield item;
      }
    }
    return await outcome;
  } finally {
    if (!inbox.ended) {
      port.postMessage(STOP);
      // Until `finally` has run there: what it throws is thrown here.
      await outcome;
    }
    port.close();
  }
}
