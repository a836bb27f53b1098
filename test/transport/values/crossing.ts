/**
 * A thread boundary in one thread: encode, a real MessagePort, decode. Functions cross by a table, as the other rooms would have it.
 */
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Unsendable, type Capture, type Describe, type Described, type Rebuilt } from '../../../src/transport/described.js';
import { decode } from '../../../src/transport/values/decode.js';
import { encode, encodeCall, type Encoded, type EncodeOptions } from '../../../src/transport/values/encode.js';
import type { Packed } from '../../../src/transport/protocol.js';

export interface Boundary {
  readonly options: EncodeOptions;
  readonly describe: Describe;
  /** A function that captures, and what it is on the other side: called with the captures, which are filled in later. */
  capturing<F extends Function>(fn: F, read: () => readonly Capture[], make: (captures: () => readonly unknown[]) => Function): F;
  refuse(fn: Function): void;
  /** An object that the other side has by itself. */
  shared(value: object): Described;
  cross(value: unknown): any;
  crossCall(fn: Function, args: readonly unknown[]): { fn: any; args: any };
  receive(encoded: Encoded): any;
}

export function boundary(rest: Partial<EncodeOptions> = {}): Boundary {
  const described = new Map<Function, Described>();
  const makers = new Map<number, () => Rebuilt>();
  const refused = new Set<Function>();
  const describe: Describe = (fn) => {
    if (refused.has(fn)) throw new Unsendable('no way leads to it', 'export it from a module');
    let known = described.get(fn);
    if (known === undefined) {
      const id = described.size + 1;
      const text = Function.prototype.toString.call(fn);
      const builtin = text.includes('[native code]') || BUILTIN_CLASSES.includes(fn.name);
      known = { id, description: builtin ? { way: 'name', path: ['globalThis', fn.name] } : { way: 'reference', module: 'test:', path: [fn.name], loader: 'import' } };
      described.set(fn, known);
      makers.set(id, () => ({ fn, fill() {} }));
    }
    return known;
  };
  const options: EncodeOptions = { describe, rootPath: 'args', ...rest };
  const receive = (encoded: Encoded): unknown => {
    const received = post(encoded);
    return encoded.packed ? decode(received as Packed, { rebuild: (id) => makers.get(id)!() }) : received;
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
        return { fn: make(() => filled), fill: (captures) => void (filled = captures) };
      });
      return fn;
    },
    shared(value) {
      const id = described.size + 1;
      const known: Described = { id, description: { way: 'reference', module: 'test:', path: ['shared'], loader: 'import' } };
      described.set(value as Function, known);
      makers.set(id, () => ({ fn: value as Function, fill() {} }));
      return known;
    },
    cross: (value) => receive(encode(value, options)),
    crossCall(fn, args) {
      const encoded = encodeCall(fn, describe(fn), args, options);
      const received: any = receive(encoded);
      return encoded.fn === 0 ? { fn: received[0], args: received[1] } : { fn: makers.get(encoded.fn)!().fn, args: received };
    },
  };
}

/** As the room of functions would say of Node's own. */
const BUILTIN_CLASSES = ['Socket', 'Readable', 'Server', 'Stream', 'Duplex', 'EventEmitter'];

export function post({ payload, transfer }: Encoded): unknown {
  const { port1, port2 } = new MessageChannel();
  try {
    port1.postMessage(payload, transfer as never);
    return receiveMessageOnPort(port2)!.message;
  } finally {
    port1.close();
  }
}
