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
  readonly #messages: CallsMessage[] = [];
  /** The next call's. */
  #sequence = 0;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  push(message: CallsMessage): void {
    this.#messages.push(message);
  }

  /** Another call is there. */
  get more(): boolean {
    return this.#messages.length > 0 || this.#claims.bare.has(this.#sequence);
  }

  /** The next call, which is no longer among these. */
  next(): IncomingCall | undefined {
    const message = this.#messages[0];
    const sequence = this.#sequence;
    if (message === undefined || message.first > sequence) return this.#nextBare(sequence);
    const at = sequence - message.first;
    if (at === message.fns.length - 1) this.#messages.shift();
    this.#sequence++;
    return {
      sequence,
      fn: message.fns[at] as number,
      payload: message.payloads[at],
      packed: message.packed?.includes(at) ?? false,
      observed: message.observed ?? false,
      deliveries: at === 0 ? message.deliveries : undefined,
    };
  }

  #nextBare(sequence: number): IncomingCall | undefined {
    const { bare } = this.#claims;
    if (!bare.has(sequence)) return undefined;
    this.#sequence++;
    return { sequence, fn: bare.fn(sequence), payload: bare.args(sequence), packed: false, observed: false, deliveries: undefined };
  }
}
