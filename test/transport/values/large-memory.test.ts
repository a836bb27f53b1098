import { isDeepStrictEqual } from 'node:util';
import { Executor, transfer } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { encode } from '../../../src/transport/values/encode.js';
import { LARGE, movedCopies } from '../../../src/transport/values/large-memory.js';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

const notAsked = (): never => {
  throw new Error('There is no function in it');
};

const bytes = (length = LARGE) => Uint8Array.from({ length }, (_, i) => i);

describe('large memory', () => {
  const values: [string, () => unknown][] = [
    ['a typed array', () => bytes()],
    ['doubles', () => Float64Array.from({ length: LARGE / 8 }, (_, i) => i / 3)],
    ['a Buffer', () => Buffer.from(bytes())],
    ['a part of a Buffer', () => Buffer.from(bytes(3 * LARGE)).subarray(LARGE, 2 * LARGE + 1)],
    ['its ArrayBuffer', () => bytes().buffer],
    ['a DataView of a part', () => new DataView(bytes(2 * LARGE).buffer, 3, LARGE)],
    ['what holds it', () => ({ width: 4, pixels: bytes(), more: [1, { text: 'x', of: Buffer.from(bytes()) }] })],
    ['what structured clone has to carry', () => ({ pixels: bytes(), when: new Date(7), by: new Map([['a', bytes()]]) })],
    ['in an array with holes', () => Object.assign(new Array(3), { 0: bytes(), 2: 3 })],
    ['in a cycle', () => cycle(bytes())],
    ['among a thousand objects', () => ({ pixels: bytes(), rows: Array.from({ length: 1_000 }, (_, id) => ({ id })) })],
  ];

  test.each(values)('%s arrives, and comes back, as it was, and stays here', async (_, make) => {
    const value = make();
    const back = await executor.run((it: unknown) => it, value);
    expect([isDeepStrictEqual(back, value), isDeepStrictEqual(value, make())]).toEqual([true, true]);
  });

  test.each(values)('%s is seen as of the call, however long that waits', async (_, make) => {
    const value = make();
    const before = executor.run(() => {
      const until = performance.now() + 20;
      while (performance.now() < until);
    });
    const waiting = executor.run((it: unknown) => it, value);
    overwrite(value);
    expect([isDeepStrictEqual(await waiting, make()), isDeepStrictEqual(value, make())]).toEqual([true, false]);
    await before;
  });

  test('two views of one memory share it there, and what shares it with nobody does not', async () => {
    const memory = bytes(2 * LARGE).buffer;
    const [same, offset, length] = await executor.run(
      (one: Uint8Array, two: Uint16Array, { of }: { of: Uint8Array }) => {
        of[2] = 99;
        return [one.buffer === two.buffer && of.buffer === one.buffer && one[2] === 99, two.byteOffset, two.length];
      },
      new Uint8Array(memory),
      new Uint16Array(memory, 4, 8),
      { of: new Uint8Array(memory) },
    );
    expect([same, offset, length]).toEqual([true, 4, 8]);
    expect(new Uint8Array(memory)[2]).toBe(2);
  });

  test('what is shared is not copied, and not looked through for what could be', () => {
    const isLarge = (value: unknown) => encode(value, { describe: notAsked, rootPath: 'args' }).large;
    expect([isLarge(new Uint8Array(new SharedArrayBuffer(LARGE))), isLarge(bytes())]).toEqual([false, true]);
  });

  test('what a task keeps of its result stays its own', async () => {
    const keep = (): Uint8Array => {
      const place = globalThis as { kept?: Uint8Array };
      place.kept ??= new Uint8Array(100_000).fill(1);
      place.kept[0] = (place.kept[0] as number) + 1;
      return place.kept;
    };
    expect((await executor.run(keep))[0]).toBe(2);
    const again = await executor.run(keep);
    expect([again[0], again[99_999], again.length]).toEqual([3, 1, 100_000]);
  });

  test('a call that is tried again has its arguments', async () => {
    const once = (it: Uint8Array, tries: Int32Array) => {
      if (Atomics.add(tries, 0, 1) === 0) process.exit(3);
      return it.length + (it[7] as number);
    };
    const tries = new Int32Array(new SharedArrayBuffer(4));
    expect(await executor.run.with({ retries: 1 })(once, bytes(), tries)).toBe(LARGE + 7);
  });

  test('beside what moves and what is shared', async () => {
    const [moving, shared] = [bytes(), new Uint8Array(new SharedArrayBuffer(LARGE))];
    const lengths = await executor.run(
      (one: Uint8Array, two: Uint8Array, three: { data: Uint8Array }) => {
        two[0] = 1;
        return [one.length, two.length, three.data.length];
      },
      transfer(moving),
      shared,
      { data: bytes() },
    );
    expect([lengths, moving.length, shared[0]]).toEqual([[LARGE, LARGE, LARGE], 0, 1]);
  });
});

describe('copies to be moved', () => {
  test('are made of memory, primitives, plain objects and arrays', () => {
    const one = bytes();
    const made = movedCopies({ list: [one, one], text: 'x' });
    const { list } = (made as { payload: unknown }).payload as { list: Uint8Array[] };
    expect([list[0], list[1] === list[0], list[0] === one, made?.transfer.length]).toEqual([one, true, false, 1]);
  });

  test.each([
    ['a Map', new Map()],
    ['a Date', new Date()],
    ['an instance', new (class Own {})()],
    ['a list of a thousand', Array.from({ length: 1_000 }, () => ({}))],
    ['an accessor by the name __proto__', JSON.parse('{ "__proto__": 1 }')],
  ])('and of nothing that holds %s', (_, other) => expect(movedCopies([bytes(), other])).toBeUndefined());
});

function cycle(data: Uint8Array): object {
  const round: { data: Uint8Array; self?: object } = { data };
  round.self = round;
  return round;
}

function overwrite(value: unknown): void {
  if (value instanceof ArrayBuffer) new Uint8Array(value).fill(0xee);
  else if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0xee);
  else if (value instanceof Object && !seen.has(value)) {
    seen.add(value);
    for (const each of value instanceof Map ? value.values() : Object.values(value)) overwrite(each);
  }
}

const seen = new WeakSet<object>();
