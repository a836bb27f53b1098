import { fileURLToPath } from 'node:url';
import { callback, Executor, InlineExecutor, type MismatchError, transfer } from 'run-in-executor';
import { beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../setup/programs.js';

const told: MismatchError[] = [];
beforeEach(() => void told.splice(0));
const verifying = new Executor({ maxThreads: 2, verify: (mismatch) => told.push(mismatch) });

/** Another thing here than there. */
const isThread = (): boolean => process.env.VITEST !== undefined && (globalThis as { isMain?: boolean }).isMain !== true;
(globalThis as { isMain?: boolean }).isMain = true;

class Greeter {
  greeting = 'hello';
  greet(name: string): string {
    return `${this.greeting} ${name}`;
  }
}

describe('nothing is told of a call that does the same here and there', () => {
  test.each<[string, () => Promise<unknown>, unknown]>([
    [
      'it returns plain data',
      () => verifying.run((a: number, b: number) => ({ sum: a + b, at: new Date(0) }), 1, 2),
      { sum: 3, at: new Date(0) },
    ],
    ['it is asynchronous', () => verifying.run(async (x: Map<string, number>) => x.get('a'), new Map([['a', 1]])), 1],
    ['it is a method with its object', () => verifying.run(new Greeter().greet.bind(new Greeter()), 'you'), 'hello you'],
    ['it transfers', () => verifying.run((memory: ArrayBuffer) => memory.byteLength, transfer(new ArrayBuffer(8))), 8],
    ['a map', () => verifying.map((x: number) => x * 2, [1, 2, 3]).toArray(), [2, 4, 6]],
    [
      'its own variables are all that it changes',
      () => verifying.run((rows: number[]) => rows.map((row) => row + 1).sort(), [2, 1]),
      [2, 3],
    ],
  ])('%s', async (_, call, expected) => {
    await expect(call()).resolves.toEqual(expected);
    expect(told).toEqual([]);
  });

  test('it throws', async () => {
    const fails = (): never => {
      throw Object.assign(new RangeError('odd'), { code: 'ODD', cause: new Error('deeper') });
    };
    await expect(verifying.run(fails)).rejects.toThrow('odd');
    expect(told).toEqual([]);
  });

  test('it captures a variable that has changed by the time it runs here', async () => {
    let step = 1;
    const running = verifying.run(() => step);
    step = 2;
    await expect(running).resolves.toBe(1);
    expect(told).toEqual([]);
  });

  test('its argument has changed by then', async () => {
    const rows = [1, 2];
    const running = verifying.run((list: number[]) => list.length, rows);
    rows.push(3);
    await expect(running).resolves.toBe(2);
    expect(told).toEqual([]);
  });
});

const counter = { count: 0 };
let total = 0;

describe('what is told, with a diff and the place of the call', () => {
  test.each<[string, string, () => Promise<unknown>, RegExp]>([
    ['another result', 'result', () => verifying.run((there: () => boolean) => ({ there: there() }), isThread), /-\s+there: false/],
    [
      'another prototype',
      'result',
      () => verifying.run((there: () => boolean) => (there() ? Object.create(null) : {}) as object, isThread),
      /null prototype/,
    ],
    [
      'an error on one side',
      'outcome',
      () =>
        verifying.run((there: () => boolean) => {
          if (there()) throw new RangeError('only there');
          return 1;
        }, isThread),
      /on a thread: throws RangeError: only there\nhere: returns 1/,
    ],
    [
      'another class of error',
      'outcome',
      () =>
        verifying.run((there: () => boolean) => {
          throw there() ? new RangeError('odd') : new TypeError('odd');
        }, isThread),
      /RangeError[\s\S]*TypeError/,
    ],
    [
      'a changed argument',
      'arguments',
      () => verifying.run((rows: number[]) => rows.sort().length, [3, 1]),
      /after the call {2}- before it[\s\S]*[+-] {5}[13]/,
    ],
    ['a changed captured object', 'captures', () => verifying.run(() => ++counter.count), /counter/],
    ['a changed captured variable', 'captures', () => verifying.run(() => ++total), /total': 1/],
    [
      'what a function in the arguments captures',
      'captures',
      () =>
        verifying.run(
          (each: () => number) => each(),
          () => ++counter.count,
        ),
      /counter/,
    ],
    [
      'another result, beside a function in the arguments that captures',
      'result',
      () =>
        verifying.run(
          (there: () => boolean, each: () => number) => (there() ? each() : -1),
          isThread,
          () => counter.count,
        ),
      /here: -1/,
    ],
    ['chance', 'chance', () => verifying.run(() => Math.random()), /the second time here/],
    ['a method that was passed without its object', 'this', () => verifying.run(new Greeter().greet as () => string), /reading 'greeting'/],
    [
      'a wrapped method that is called on its object',
      'this',
      () => Object.assign(new Greeter() as object, { greet: verifying.wrap(new Greeter().greet as (name: string) => string) }).greet('you'),
      /here: returns 'hello you'/,
    ],
    ['what cannot cross', 'refused', () => verifying.run((cache: object) => cache, new WeakMap()), /args\[0\].*a WeakMap cannot be read/],
    ['a result that cannot', 'outcome', () => verifying.run(() => new WeakMap()), /result.*a WeakMap cannot be read/],
    [
      'an item of a map',
      'result',
      () => verifying.map((x: { there: () => boolean }) => x.there(), [{ there: isThread }]).toArray(),
      /on a thread: true\nhere: false/,
    ],
  ])('%s', async (_, difference, call, detail) => {
    await call().catch(() => undefined);
    expect(told.map((each) => each.difference)).toEqual([difference]);
    expect(told[0]).toMatchObject({ name: 'MismatchError', code: 'ERR_MISMATCH' });
    expect(told[0]?.detail).toMatch(detail);
    expect(told[0]?.detail.split('\n').at(-1)).toMatch(/^ {4}at .*verify\.test\.ts:\d+:\d+/);
  });

  test('the caller gets what the thread gave', async () => {
    await expect(verifying.run((there: () => boolean) => there(), isThread)).resolves.toBe(true);
  });

  test('a callback is called by the thread alone', async () => {
    let calls = 0;
    const report = (tell: () => void): void => tell();
    await verifying.run(
      report,
      callback(() => calls++),
    );
    expect(calls).toBe(1);
  });
});

test('a function whose name throws where it is read is verified all the same', async () => {
  await using executor = new Executor({ maxThreads: 1, verify: 'throw' });
  const nameless = Object.defineProperty((a: number) => a + 1, 'name', {
    get: () => {
      throw new Error('no name');
    },
  });
  await expect(executor.run(nameless, 1)).resolves.toBe(2);
  await expect(executor.map(nameless, [1, 2])).resolves.toEqual([2, 3]);
  await expect(executor.wrap(nameless)(1)).resolves.toBe(2);
});

test("'throw' rejects the call", async () => {
  await using executor = new Executor({ maxThreads: 1, verify: 'throw' });
  await expect(executor.run(() => Math.random())).rejects.toMatchObject({ code: 'ERR_MISMATCH', difference: 'chance' });
  await expect(executor.run((cache: object) => cache, new WeakMap())).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE' });
  await expect(executor.run((a: number) => a, 1)).resolves.toBe(1);
});

test('an executor without threads verifies that copies do', async () => {
  await using executor = new InlineExecutor({ verify: 'throw' });
  await expect(executor.run((rows: number[]) => rows.push(1), [])).rejects.toMatchObject({ difference: 'arguments' });
});

test.each([
  ['verify', /^ok\n$/, /\[ERR_MISMATCH\] MismatchError: roll: [\s\S]*the second time here[\s\S]*at .*program\.mjs:\d/],
  ['verify-throw', /^ERR_MISMATCH\n$/, /^$/],
  ['', /^ok\n$/, /^$/],
])('RUN_IN_EXECUTOR=%s is for a whole process', async (word, stdout, stderr) => {
  const folder = fileURLToPath(new URL('../fixtures/verify/', import.meta.url));
  const program = await runProgram(process.execPath, ['program.mjs'], folder, 60_000, { ...process.env, RUN_IN_EXECUTOR: word });
  expect(program.stdout).toMatch(stdout);
  expect(program.stderr).toMatch(stderr);
  expect(program.stderr.match(/MismatchError/g)?.length ?? 0).toBeLessThanOrEqual(1);
});

test('what is no setting is refused', () => {
  expect(() => new Executor({ verify: 'always' as never })).toThrow(/verify takes/);
});
