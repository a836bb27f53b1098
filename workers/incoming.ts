/**
 * Calls that have come and are not served yet, in the order of their sequence numbers: from messages, and from shared memory.
 */

import type { CallsMessage, Delivery } from '../src/transport/protocol.js';
import type { Claims } from '../src/transport/shared-memory/claims.js';
import type { Call } from './run.js';

export interface IncomingCall extends Call {
  readonly sequence: number;
  /** Somebody listens to what it does: the calls that it makes are reported. */
  readonly observed: boolean;
  /** What has to be loaded before it can run: all that came in its message, which is for the first of it. */
  readonly deliveries: readonly Delivery[] | undefined;
}

export class Incoming {
  readonly #claims: Claims;
  /** A chain, and not an array: what tasks may do to an array's methods, this must not hang of. */
  #first: Link | undefined;
  #last: Link | undefined;
  /** The next call's. */
  #sequence = 0;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  push(message: CallsMessage): void {
    const link: Link = { message, next: undefined };
    if (this.#last === undefined) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
  }

  /** Another call is there. */
  get more(): boolean {
    return this.#first !== undefined || this.#claims.bare.has(this.#sequence);
  }

  /** The next call, which is no longer among these. */
  next(): IncomingCall | undefined {
    const message = this.#first?.message;
    const sequence = this.#sequence;
    if (message === undefined || message.first > sequence) return this.#nextBare(sequence);
    const at = sequence - message.first;
    if (at === message.fns.length - 1) this.#shift();
    this.#sequence++;
    return {
      sequence,
      fn: message.fns[at] as number,
      payload: message.payloads[at],
      packed: message.packed !== undefined && isAmong(message.packed, at),
      observed: message.observed ?? false,
      deliveries: at === 0 ? message.deliveries : undefined,
    };
  }

  #shift(): void {
    this.#first = this.#first?.next;
    if (this.#first === undefined) this.#last = undefined;
  }

  #nextBare(sequence: number): IncomingCall | undefined {
    const { bare } = this.#claims;
    if (!bare.has(sequence)) return undefined;
    this.#sequence++;
    return { sequence, fn: bare.fn(sequence), payload: bare.args(sequence), packed: false, observed: false, deliveries: undefined };
  }
}

interface Link {
  readonly message: CallsMessage;
  next: Link | undefined;
}

function isAmong(numbers: readonly number[], number: number): boolean {
  for (let at = 0; at < numbers.length; at++) if (numbers[at] === number) return true;
  return false;
}
