import { MessageChannel } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import type { CallsMessage, ToThread } from '../../src/transport/protocol.js';
import { Claims } from '../../src/transport/shared-memory/claims.js';
import { Incoming } from '../../workers/incoming.js';
import { NextCall } from '../../workers/next-call.js';

const { port1, port2 } = new MessageChannel();
afterAll(() => {
  port1.close();
});

/** Both ends of a lane: what is sent by the first comes by the second. */
function lane() {
  const claims = new Claims();
  const incoming = new Incoming(claims);
  const receive = (message: ToThread) => incoming.push(message as CallsMessage);
  return { claims, incoming, next: new NextCall({ claims, port: port2, incoming, receive }) };
}

/** What `sendCalls` does with a call that needs no message, and with one that does. */
function send({ claims }: ReturnType<typeof lane>, first: number, how: 'bare' | 'message'): void {
  claims.send(first);
  if (how === 'bare') claims.bare.write(first, 1, [first]);
  else port1.postMessage({ type: 'calls', first, fns: [1], payloads: [[first]] } satisfies CallsMessage);
  claims.bells.ring();
}

describe('the next call on the doorbell', () => {
  it('a message right behind a call in shared memory is taken in with it, not when the event loop comes by', () => {
    const on = lane();
    send(on, 0, 'bare');
    send(on, 1, 'message');
    expect(on.next.came(0, false)).toBe(true);
    expect([on.incoming.next()?.sequence, on.incoming.next()?.sequence]).toEqual([0, 1]);
  });

  it('calls of either kind, one at a time, come in their order', () => {
    const on = lane();
    const kinds = ['bare', 'bare', 'message', 'bare', 'message', 'message', 'bare'] as const;
    kinds.forEach((how, sequence) => {
      send(on, sequence, how);
      expect(on.next.came(0, false)).toBe(true);
      expect(on.incoming.next()?.sequence).toBe(sequence);
    });
  });
});
