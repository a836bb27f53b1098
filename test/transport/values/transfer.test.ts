import { open } from 'node:fs/promises';
import { MessageChannel, MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { encode } from '../../../src/transport/values/encode.js';
import { hold } from '../../../src/transport/values/hold.js';
import { transfer } from '../../../src/transport/values/transfer.js';
import { boundary } from './crossing.js';

const { cross, options, receive } = boundary();

function filled(length: number): ArrayBuffer {
  return new Uint8Array(length).fill(7).buffer;
}

describe('moves', () => {
  test('an ArrayBuffer, which is detached here', () => {
    const memory = filled(8);
    const arrived = cross(transfer(memory));
    expect(memory.byteLength).toBe(0);
    expect([...new Uint8Array(arrived)]).toEqual(Array(8).fill(7));
  });
  test('a view with its buffer, nested anywhere', () => {
    const view = new Float64Array([1, 2, 3]);
    const arrived = cross({ deep: [new Map([['pixels', transfer(view)]])] });
    expect(view.byteLength).toBe(0);
    expect(arrived.deep[0].get('pixels')).toEqual(new Float64Array([1, 2, 3]));
  });
  test('a Buffer that has memory of its own, which stays a Buffer', () => {
    const buffer = Buffer.alloc(10_000, 'a');
    const arrived = cross([transfer(buffer)])[0];
    expect(buffer.byteLength).toBe(0);
    expect(Buffer.isBuffer(arrived)).toBe(true);
    expect(arrived.toString()).toBe('a'.repeat(10_000));
  });
  test('what is listed, for an object that holds it', () => {
    const image = { width: 2, pixels: new Uint8Array(4) };
    const memory = image.pixels.buffer;
    expect(transfer(image, [memory])).toBe(image);
    expect(cross([image])[0]).toEqual({ width: 2, pixels: new Uint8Array(4) });
    expect(memory.byteLength).toBe(0);
  });
  test('a buffer once, whatever looks at it', () => {
    const memory = filled(8);
    const { a, b } = cross({ a: transfer(new Uint8Array(memory)), b: new Uint8Array(memory, 4), c: memory });
    a[4] = 1;
    expect(b[0]).toBe(1);
  });
  test('a MessagePort', () => {
    const { port1, port2 } = new MessageChannel();
    const arrived = cross({ port: transfer(port1) }).port;
    expect(arrived).toBeInstanceOf(MessagePort);
    port2.postMessage('hello');
    expect(receiveMessageOnPort(arrived)).toEqual({ message: 'hello' });
    arrived.close();
  });
  test('a stream, a FileHandle and an AbortSignal', async () => {
    const controller = new AbortController();
    const handle = await open(import.meta.filename);
    const arrived = cross({
      stream: transfer(
        new ReadableStream({
          start(c) {
            c.enqueue('text');
            c.close();
          },
        }),
      ),
      handle: transfer(handle),
      signal: transfer(controller.signal),
    });
    expect((await arrived.stream.getReader().read()).value).toBe('text');
    expect((await arrived.handle.read()).bytesRead).toBeGreaterThan(0);
    await arrived.handle.close();
    controller.abort();
    await new Promise((resolve) => arrived.signal.addEventListener('abort', resolve));
    expect(arrived.signal.aborted).toBe(true);
  });
});

describe('copies after all', () => {
  test('a pooled Buffer: its neighbours stay whole', () => {
    const neighbour = Buffer.from('neighbour');
    const buffer = Buffer.from('mine');
    const arrived = cross(transfer(buffer));
    expect(arrived.toString()).toBe('mine');
    expect(arrived.buffer.byteLength).toBe(4);
    expect([buffer.toString(), neighbour.toString()]).toEqual(['mine', 'neighbour']);
  });
  test.each([
    ['a typed array', (memory: ArrayBuffer) => new Uint16Array(memory, 2, 2)],
    ['a DataView', (memory: ArrayBuffer) => new DataView(memory, 2, 4)],
    ['a Buffer', (memory: ArrayBuffer) => Buffer.from(memory, 2, 4)],
  ])('%s over part of a buffer: only its own bytes are sent', (_, make) => {
    const memory = filled(8);
    const arrived = cross(transfer(make(memory)));
    expect(memory.byteLength).toBe(8);
    expect(arrived.buffer.byteLength).toBe(4);
    expect(arrived).toEqual(make(memory));
  });
});

describe('refuses', () => {
  test('what was moved before, with its path', () => {
    const memory = filled(8);
    cross(transfer(memory));
    expect(() => cross([{ memory }])).toThrow(expect.objectContaining({ code: 'ERR_VALUE_NOT_SENDABLE', path: 'args[0].memory' }));
    expect(() => cross([{ view: new Uint8Array(transfer(filled(0))) }])).not.toThrow();
  });
  test.each([
    ['a string', 'text'],
    ['a number', 1],
    ['null', null],
    ['undefined', undefined],
    ['a function', () => {}],
    ['shared memory', new SharedArrayBuffer(1)],
    ['a plain object', {}],
    ['a Date', new Date()],
  ])('%s', (_, value) => {
    expect(() => transfer(value)).toThrow(TypeError);
    expect(() => transfer(value)).toThrow(/^Cannot transfer /);
  });
});

test('a view of a detached buffer is refused, not sent as nothing', () => {
  const view = new Uint8Array(filled(4));
  structuredClone(view.buffer, { transfer: [view.buffer] });
  expect(() => cross([view])).toThrow(expect.objectContaining({ path: 'args[0]' }));
  expect(() => cross([{ f: parseInt, view }])).toThrow(expect.objectContaining({ path: 'args[0].view' }));
});

test('a held call has moved its memory already, and moves it again when it is sent', () => {
  const memory = filled(8);
  const held = hold(encode([transfer(memory), { f: parseInt }], options));
  expect(memory.byteLength).toBe(0);
  expect(new Uint8Array(receive(held)[0])).toEqual(new Uint8Array(filled(8)));
});
