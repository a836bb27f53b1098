import { Executor, transfer } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeBuffer, encodeBuffers } from '../../../src/transport/values/buffers.js';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

describe('Buffers among arguments', () => {
  test('arrive as Buffers, beside what else there is', async () => {
    const seen = await executor.run(
      (a: Buffer, b: { n: number }, c: Buffer) => [Buffer.isBuffer(a), String(a), b.n, Buffer.isBuffer(c), c.toString('hex')],
      Buffer.from('abc'),
      { n: 1 },
      Buffer.alloc(2, 7),
    );
    expect(seen).toEqual([true, 'abc', 1, true, '0707']);
  });

  test('come with their own bytes, and none of the pool that small ones share', async () => {
    const small = Buffer.from('abc');
    const size = await executor.run((it: Buffer) => it.buffer.byteLength, small);
    expect([size, small.buffer.byteLength > 3]).toEqual([3, true]);
  });

  test('the same one twice is one there, too', async () => {
    const one = Buffer.from('abc');
    expect(await executor.run((a: Buffer, b: Buffer) => a === b, one, one)).toBe(true);
    expect(await executor.run((a: Buffer, { b }: { b: Buffer }) => a === b, one, { b: one })).toBe(true);
  });

  test('are seen as of the call, however long that waits', async () => {
    const one = Buffer.alloc(16, 1);
    const before = executor.run(() => 0);
    const waiting = executor.run((it: Buffer) => [Buffer.isBuffer(it), it[0]], one);
    one[0] = 2;
    expect([await before, await waiting]).toEqual([0, [true, 1]]);
  });

  test('that move, and that have moved, are not for this way', async () => {
    const one = transfer(Buffer.from(new ArrayBuffer(4)));
    expect([encodeBuffers([one]), encodeBuffer(one)]).toEqual([undefined, undefined]);
    expect([await executor.run((it: Buffer) => it.length, one), one.length]).toEqual([4, 0]);
    await expect(executor.run((it: Buffer) => it.length, one)).rejects.toThrow(/transferred before/);
  });

  test('nor are those of a class, with a function, or in shared memory', () => {
    class Own extends Uint8Array {}
    const shared = Buffer.from(new SharedArrayBuffer(4));
    for (const other of [new Own(1), () => 0, shared]) expect(encodeBuffers([Buffer.from('a'), other])).toBeUndefined();
    expect(encodeBuffers([1, 'a', {}])).toBeUndefined();
  });
});

test('a Buffer comes home as one, with its own bytes', async () => {
  const back = await executor.run(() => Buffer.from('abc'));
  expect([Buffer.isBuffer(back), String(back), back.buffer.byteLength]).toEqual([true, 'abc', 3]);
});
