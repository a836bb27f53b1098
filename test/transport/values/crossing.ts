/**
 * A thread boundary in one thread: encode, a real MessagePort, decode. Functions cross by a table, as the other rooms would have it.
 */

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { AnyFunction } from '../../../src/transport/any-function.js';
import { type Capture, type Describe, type Described, type Rebuilt, Unsendable } from '../../../src/transport/described.js';
import type { Packed } from '../../../src/transport/packed.js';
import { decode } from '../../../src/transport/values/decode.js';
import { type EncodeOptions, encode, encodeCall } from '../../../src/transport/values/encode.js';
import type { Encoded } from '../../../src/transport/values/encoded.js';

// biome-ignore lint/suspicious/noExplicitAny: what arrives has whatever shape was sent, and tests reach into it
export type Arrived = any;

export interface Boundary {
  readonly options: EncodeOptions;
  readonly describe: Describe;
  /** A function that captures, and what it is on the other side: called with the captures, which are filled in later. */
  capturing<F extends AnyFunction>(fn: F, read: () => readonly Capture[], make: (captures: () => readonly unknown[]) => AnyFunction): F;
  refuse(fn: AnyFunction): void;
  /** An object that the other side has by itself. */
  shared(value: object): Described;
  cross(value: unknown): Arrived;
  crossCall(fn: AnyFunction, args: readonly unknown[]): { fn: Arrived; args: Arrived };
  receive(encoded: Encoded): Arrived;
}

export function boundary(rest: Partial<EncodeOptions> = {}): Boundary {
  const described = new Map<AnyFunction, Described>();
  const makers = new Map<number, () => Rebuilt>();
  const refused = new Set<AnyFunction>();
  const describe: Describe = (fn) => {
    if (refused.has(fn)) throw new Unsendable('no way leads to it', 'export it from a module');
    let known = described.get(fn);
    if (known === undefined) {
      const id = described.size + 1;
      const text = Function.prototype.toString.call(fn);
      const builtin = text.includes('[native code]') || BUILTIN_CLASSES.includes(fn.name);
      known = {
        id,
        description: builtin
          ? { way: 'name', path: ['globalThis', fn.name] }
          : { way: 'reference', module: 'test:', path: [fn.name], loader: 'import' },
      };
      described.set(fn, known);
      makers.set(id, () => ({ fn, fill() {} }));
    }
    return known;
  };
  const options: EncodeOptions = { describe, rootPath: 'args', ...rest };
  const made = (id: number): Rebuilt => {
    const make = makers.get(id);
    if (make === undefined) throw new Error(`Nothing has the number ${id}`);
    return make();
  };
  const receive = (encoded: Encoded): unknown => {
    const received = post(encoded);
    return encoded.packed ? decode(received as Packed, { rebuild: made }) : received;
  };
  return {
    options,
    describe,
    receive,
    refuse: (fn) => void refused.add(fn),
    capturing(fn, read, make) {
      const id = described.size + 1;
      described.set(fn, { id, description: { way: 'bound', name: fn.name }, captures: read });
      makers.set(id, () => {
        let filled: readonly unknown[] = [];
        return {
          fn: make(() => filled),
          fill: (captures) => {
            filled = captures;
          },
        };
      });
      return fn;
    },
    shared(value) {
      const id = described.size + 1;
      const known: Described = { id, description: { way: 'reference', module: 'test:', path: ['shared'], loader: 'import' } };
      described.set(value as AnyFunction, known);
      makers.set(id, () => ({ fn: value as AnyFunction, fill() {} }));
      return known;
    },
    cross: (value) => receive(encode(value, options)),
    crossCall(fn, args) {
      const encoded = encodeCall(fn, describe(fn), args, options);
      const received: Arrived = receive(encoded);
      return encoded.fn === 0 ? { fn: received[0], args: received[1] } : { fn: made(encoded.fn).fn, args: received };
    },
  };
}

/** As the room of functions would say of Node's own. */
const BUILTIN_CLASSES = ['Socket', 'Readable', 'Server', 'Stream', 'Duplex', 'EventEmitter', 'IncomingMessage'];

export function post({ payload, transfer }: Encoded): unknown {
  const { port1, port2 } = new MessageChannel();
  try {
    port1.postMessage(payload, transfer as never);
    return receiveMessageOnPort(port2)?.message;
  } finally {
    port1.close();
  }
}
