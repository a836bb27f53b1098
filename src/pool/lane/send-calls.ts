/**
 * Calls go to their thread: one alone through shared memory, where that can hold it; else all in one message, with the descriptions that
 * the thread has not been sent yet. (Many cost less in a message than so many places in shared memory.)
 */
import type { MessagePort, Transferable } from 'node:worker_threads';
import { payloadOf } from '../../transport/calls/call.js';
import { type CallsMessage, type Delivery, RESUME } from '../../transport/protocol.js';
import { areBare } from '../../transport/shared-memory/bare-calls.js';
import type { Claims } from '../../transport/shared-memory/claims.js';
import { readyToPost } from '../../transport/values/large-memory.js';
import type { Task } from '../task/task.js';
import { isOfModules } from './brings-modules.js';

/** `known`: descriptions that the thread was sent. True: there are modules among them that it will load. Throws what `postMessage` throws, with nothing sent. */
export function sendCalls(port: MessagePort, claims: Claims, first: number, tasks: readonly Task[], known: Set<number>): boolean {
  // First the words, then the calls: a thread that found one without its word would take it for withdrawn.
  for (let at = 0; at < tasks.length; at++) claims.send(first + at);
  const { call } = tasks[0] as Task;
  if (tasks.length > 1 || !isBare(tasks[0] as Task, known)) {
    const { deliveries } = postCalls(port, first, tasks, known);
    claims.bells.ring();
    return deliveries?.some(([, description]) => isOfModules(description)) ?? false;
  }
  claims.bare.write(first, call.encoded.fn, payloadOf(call) as readonly unknown[]);
  if (!claims.bells.ring()) port.postMessage(0);
  return false;
}

/** It needs no message: its thread knows the function, and its arguments are few and no objects. */
function isBare({ call, parkedAs, observed }: Task, known: Set<number>): boolean {
  const { encoded } = call;
  if (encoded.packed || encoded.objects || encoded.fn === 0 || parkedAs !== undefined || observed !== undefined) return false;
  for (const { id } of encoded.descriptions) if (!known.has(id)) return false;
  const payload = payloadOf(call);
  return Array.isArray(payload) && areBare(payload);
}

function postCalls(port: MessagePort, first: number, tasks: readonly Task[], known: Set<number>): CallsMessage {
  const transfer: Transferable[] = [];
  const message = callsMessage(first, tasks, known, transfer);
  try {
    port.postMessage(message, transfer);
    return message;
  } catch (error) {
    for (const [id] of message.deliveries ?? []) known.delete(id);
    throw error;
  }
}

/** Marks new descriptions as known, and lists what moves. */
function callsMessage(first: number, tasks: readonly Task[], known: Set<number>, transfer: Transferable[]): CallsMessage {
  const fns: number[] = [];
  const payloads: unknown[] = [];
  const packed: number[] = [];
  const deliveries: Delivery[] = [];
  let observed = false;
  for (const { call, parkedAs, observed: each } of tasks) {
    if (each !== undefined) observed = true;
    const { encoded } = call;
    // What goes on has transferred all that it had to.
    if (parkedAs !== undefined) {
      fns.push(RESUME);
      payloads.push(parkedAs);
      continue;
    }
    if (encoded.packed) packed.push(fns.length);
    fns.push(encoded.fn);
    const { payload = call.args, transfer: moves } = readyToPost(encoded);
    payloads.push(payload);
    if (moves !== undefined) transfer.push(...moves);
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
  if (observed) message.observed = true;
  return message;
}
