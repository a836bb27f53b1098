import { availableParallelism } from 'node:os';
import fc from 'fast-check';
import { Executor } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { holdWaiting, prepareAgain, prepareCall } from '../../../src/transport/calls/call.js';
import { encodeCall } from '../../../src/transport/values/encode.js';
import { hold, holdToSend } from '../../../src/transport/values/hold.js';
import { isWritten } from '../../../src/transport/values/is-written.js';
import { readArguments } from '../../../src/transport/values/written.js';
import { type Arrived, boundary, post } from './crossing.js';
import { difference } from './difference.js';

const { describe: describeFn, options, receive } = boundary();
const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

const encoded = (args: readonly unknown[]) => encodeCall(JSON.stringify, describeFn(JSON.stringify), args, options);
const waiting = (args: readonly unknown[]) => holdToSend(encoded(args));

/** What the function gets. */
function arrived(args: readonly unknown[]): Arrived {
  const held = waiting(args);
  if (isWritten(held.payload)) return readArguments(post(held) as Uint8Array);
  return held.payload === undefined ? args : receive(held);
}

const many = <T>(make: (i: number) => T): T[] => Array.from({ length: 40 }, (_, i) => make(i));

describe('much plain data that waits', () => {
  const values: [string, () => unknown][] = [
    ['objects', () => many((i) => ({ i, list: [i, -0, NaN], none: undefined }))],
    ['an array with holes', () => Object.assign([1, 2, 3], { 30: 4 })],
    ['Maps and Sets', () => new Map<object, unknown>(many((i) => [{ i }, new Set<unknown>([i, `${i}`])]))],
    ['Dates, patterns, boxed and big numbers', () => many((i) => [new Date(i), /x/gi, Object(i), Object('s'), 2n ** 70n, null])],
    ['text of all kinds', () => many((i) => ['é', '✓', '\uD800', '', '\0', `${i}`])],
    [
      'what refers to itself',
      () => {
        const list: unknown[] = many((i) => ({ i }));
        list.push(list, { list }, list[3]);
        return list;
      },
    ],
    ['a field called __proto__', () => many((i) => JSON.parse(`{"__proto__":${i}}`))],
  ];

  test.each(values)('is written, and arrives as it is: %s', (_, make) => {
    const args = [make(), 'and more', undefined];
    expect(isWritten(waiting(args).payload)).toBe(true);
    expect(difference(args, arrived(args))).toBe(undefined);
  });

  test('and so does any', () => {
    const plain = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true, maxDepth: 4 });
    fc.assert(fc.property(fc.array(plain, { maxLength: 30 }), (args) => void expect(difference(args, arrived(args))).toBe(undefined)));
  });

  test('but not little, nor memory, nor what has to be packed or moves', () => {
    const shared = new SharedArrayBuffer(8);
    const not = [
      [{ a: [1, 2] }],
      [many(String), Buffer.from('x')],
      [many(String), shared],
      [many((i) => new URL(`http://${i}`))],
      [7, 'x'],
    ];
    for (const args of not) expect(isWritten(waiting(args).payload)).toBe(false);
  });

  test('held for anything else is a copy that can be looked at', () => {
    expect(hold(encoded([many((i) => [i])])).payload).toEqual([many((i) => [i])]);
  });
});

describe('a call that waits', () => {
  test('has its arguments as of the call', async () => {
    const lists = many((i) => ({ i, more: [i] }));
    const calls = Array.from({ length: 20 }, (_, turn) => {
      (lists[5] as { i: number }).i = turn;
      return executor.run((all: typeof lists) => [all[5]?.i, all.length, all[5]?.more], lists);
    });
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 20 }, (_, turn) => [turn, 40, [5]]));
  });

  test('gives each call its own', async () => {
    const list = many((i) => [i]);
    const push = (all: unknown[][]) => all.push([]) && all.length;
    expect(await Promise.all(Array.from({ length: 10 }, () => executor.run(push, list)))).toEqual(Array.from({ length: 10 }, () => 41));
  });

  test('is refused by a getter that throws, as ever, and takes no place in the queue from then on', async () => {
    const own = new Executor({ maxThreads: 1, maxQueue: 1 });
    const bad = many((i) => ({ i }));
    let reads = 0;
    Object.defineProperty(bad[7], 'late', {
      get() {
        if (reads++ > 0) throw new Error('not twice');
        return 1;
      },
      enumerable: true,
    });
    const before = own.run(() => 0);
    await expect(own.run((all: unknown[]) => all.length, bad)).rejects.toThrow(/not twice/);
    expect([await before, own.stats().queued]).toEqual([0, 0]);
    expect(await Promise.all([own.run(() => 1), own.run(() => 2)])).toEqual([1, 2]);
    await own.close();
  });

  test('goes to another thread when its own dies', async () => {
    const own = new Executor({ maxThreads: 1 });
    const dies = own.run(() => process.exit(3)).catch((error: Error) => error.name);
    const lists = many((i) => [i]);
    const calls = Array.from({ length: 5 }, () => own.run((all: unknown[][]) => all.length, lists));
    expect([await dies, ...(await Promise.all(calls))]).toEqual(['ThreadExitedError', 40, 40, 40, 40, 40]);
    await own.close();
  });

  test('is described another way with the arguments that it has', () => {
    const list = many((i) => ({ i }));
    const moved = prepareCall(availableParallelism, [list], 'any');
    holdWaiting(moved);
    (list[3] as { i: number }).i = 99;
    expect(isWritten(moved.encoded.payload)).toBe(true);
    expect(() => prepareAgain(moved, [])).not.toThrow();
    expect((moved.encoded.payload as { i: number }[][])[0]?.[3]).toEqual({ i: 3 });
  });
});

test('long texts do not wait for each other to be copied into one message', async () => {
  const texts = Array.from({ length: 40 }, (_, i) => `${i}`.repeat(100_000));
  const lengths = await Promise.all(texts.map((text) => executor.run((it: string) => it.length, text)));
  expect(lengths).toEqual(texts.map(({ length }) => length));
});
