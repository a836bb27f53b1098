/**
 * Several calls in one message, with the descriptions that their thread has not been sent yet.
 */
import type { CallsMessage, Delivery } from '../transport/protocol.js';
import type { Task } from './task.js';

/** Marks new descriptions as known; whoever fails to post the message takes that back (`undeliver`). */
export function callsMessage(first: number, tasks: readonly Task[], known: Set<number>): CallsMessage {
  const fns: number[] = [];
  const payloads: unknown[] = [];
  const packed: number[] = [];
  const deliveries: Delivery[] = [];
  for (const { call } of tasks) {
    const { encoded } = call;
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
  return message;
}

export function undeliver({ deliveries = [] }: CallsMessage, known: Set<number>): void {
  for (const [id] of deliveries) known.delete(id);
}
