/**
 * `stream`: what a generator function yields on a thread, pulled from here.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { notAFunction } from '../errors.js';
import type { TaskSettings } from '../pool/task/task.js';
import type { AnyFunction } from '../transport/any-function.js';
import { type Call, holdCall } from '../transport/calls/call.js';
import { labelOf } from '../transport/functions/label.js';
import { streamFrom } from '../transport/streams/stream-from.js';
import { STOP } from '../transport/streams/stream-protocol.js';
import { transfer } from '../transport/values/transfer.js';
import { captureCaller } from './caller-stack.js';
import type { Host } from './in-context.js';
import { isInTask } from './inline/inline.js';
import { StreamInbox } from './stream-inbox.js';
import { takeOut } from './take-out.js';
import type { TaskOptions } from './task-options.js';

/** Never throws: whatever is wrong, the first `next()` rejects. What crosses is taken now; the generator starts when it is first pulled. */
export function stream(host: Host, options: TaskOptions, fn: AnyFunction, args: readonly unknown[]): AsyncIterableIterator<unknown> {
  const { port1, port2 } = new MessageChannel();
  // Not where it is pulled: a stack holds on to the generator that it leads through, which then is never found to be dropped.
  const caller = captureCaller(stream);
  let prepared: () => Call;
  try {
    if (typeof fn !== 'function') throw notAFunction('stream', fn);
    const call = host.prepare(streamFrom, [fn, args, transfer(port2), !isInTask()]);
    holdCall(call);
    prepared = () => call;
  } catch (error) {
    prepared = () => {
      // What cannot cross is told as of the function and its own arguments.
      if (typeof fn === 'function') host.prepare(fn, args);
      throw error;
    };
  }
  const items = pull(host, prepared, { ...options, name: options.name ?? (labelOf(fn) || 'the generator'), caller }, port1);
  abandoned.register(items, port1);
  return items;
}

/** Whoever drops a stream without ending it wants no more, and will never say so. */
const abandoned = new FinalizationRegistry<MessagePort>((port) => {
  port.postMessage(STOP);
  port.close();
});

async function* pull(host: Host, prepared: () => Call, options: TaskSettings, port: MessagePort): AsyncGenerator<unknown, unknown> {
  const call = prepared();
  const inbox = new StreamInbox(port, host.ways);
  const outcome = host.submitCall(call, options);
  outcome.then(
    (value) => inbox.end({ value }),
    (error: unknown) => (options.signal?.aborted === true ? inbox.abort(error) : inbox.end({ error })),
  );
  try {
    for (let batch = await inbox.next(); batch !== undefined; batch = await inbox.next()) {
      for (let i = 0; i < batch.length; i++) {
        // An abort settles the outcome at once, and what has come before it is not wanted any more.
        if (options.signal?.aborted === true && !inbox.ended) await outcome.catch(() => undefined);
        if (inbox.aborted) break;
        inbox.taken();
        yield takeOut(batch, i);
      }
    }
    return await outcome;
  } finally {
    if (!inbox.ended) inbox.stop();
    // Until `finally` has run there: what it throws is thrown here, as is what the generator threw while it was ahead of its consumer.
    try {
      if (!inbox.aborted) await outcome;
    } finally {
      port.close();
    }
  }
}
