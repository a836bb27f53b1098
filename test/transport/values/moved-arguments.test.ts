import { describe, expect, test } from 'vitest';
import { movedArguments } from '../../../src/transport/values/moved-arguments.js';
import { transfer } from '../../../src/transport/values/transfer.js';

describe('arguments that move and need no packing', () => {
  test('are memory and whole views of it, each buffer once', () => {
    const memory = new ArrayBuffer(8);
    const floats = transfer(new Float64Array(2));
    expect(movedArguments([1, transfer(memory), { plain: true }, new Uint8Array(memory, 4), floats, memory])).toEqual([
      memory,
      floats.buffer,
    ]);
  });

  test.each<[string, () => unknown]>([
    ['a Buffer', () => transfer(Buffer.alloc(10_000))],
    ['an instance of a subclass', () => transfer(new (class Bytes extends Uint8Array {})(8))],
    ['a part of a larger buffer', () => transfer(new Uint8Array(new ArrayBuffer(16), 8))],
    ['what is held by an object', () => transfer({ pixels: new Uint8Array(4) }, [new ArrayBuffer(1)])],
    ['memory that has gone', () => gone(transfer(new ArrayBuffer(8)))],
    ['a function beside it', () => () => 1],
  ])('are not %s', (_, make) => {
    const value = make();
    const packed = typeof value === 'function' ? [transfer(new ArrayBuffer(8)), value] : [value];
    expect(movedArguments(packed)).toBeUndefined();
  });

  test('are none where nothing moves', () => {
    expect(movedArguments([1, new Uint8Array(4)])).toBeUndefined();
  });
});

function gone(memory: ArrayBuffer): ArrayBuffer {
  structuredClone(memory, { transfer: [memory] });
  return memory;
}
