/**
 * Several calls in one message, with the descriptions that their thread has not been sent yet.
 */
import type { MessagePort, Transferable } from 'node:worker_threads';
import { type CallsMessage, type Delivery, RESUME } from '../transport/protocol.js';
import type { Task } from './task.js';

/** Throws what `postMessage` throws, with nothing sent. */
export function postCalls(port: MessagePort, first: number, tasks: readonly Task[], known: Set<number>): void {
  const message = callsMessage(first, tasks, known);
  const { call, parkedAs } = tasks[0] as Task;
  try {
    // What goes on has transferred all that it had to.
    port.postMessage(message, (parkedAs === undefined ? call.encoded.transfer : undefined) ?? NOTHING);
  } catch (error) {
    for (const [id] of message.deliveries ?? []) known.delete(id);
    throw error;
  }
}

const NOTHING: readonly Transferable[] = [];

/** Marks new descriptions as known. */
function callsMessage(first: number, tasks: readonly Task[], known: Set<number>): CallsMessage {
  const fns: number[] = [];
  const payloads: unknown[] = [];
  const packed: number[] = [];
  const deliveries: Delivery[] = [];
  let told = false;
  for (const { call, parkedAs, told: listened } of tasks) {
    if (listened !== undefined) told = true;
    const { encoded } = call;
    if (parkedAs !== undefined) {
      fns.push(RESUME);
      payloads.push(parkedAs);
      continue;
    }
    if (encoded.packed) packed.push(fns.length);
    fns.push(encoded.fn);
    payloads.push(encoded.payload);
    for (const { id, description } of encoded.descriptions) {
      if (known.has(id)) continue;
      known.add(id);
      deliveries.push([id, description]);
    }
  }
  const message: CallsMessage = { type: 'calls', first, fns, payloads };
  // Most messages have neither, and structured clone pays for each property by its name.
  if (packed.length > 0) message.packed = packed;
  if (deliveries.length > 0) message.deliveries = deliveries;
  if (told) message.told = true;
  return message;
}
