import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { callback, Executor, type Fn, runInExecutor } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 2, name: 'callbacks' });
afterAll(() => executor.close());

function count(to: number, tell: (step: number) => void): number {
  for (let step = 1; step <= to; step++) tell(step);
  return to;
}

describe('a callback runs here', () => {
  test('as often as the task calls it, in order, before its promise settles', async () => {
    const seen: number[] = [];
    await executor.run(
      count,
      1_000,
      callback((step) => seen.push(step)),
    );
    expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
  });

  test('while a synchronous task still blocks its thread', async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const told = callback(() => Atomics.notify(flag, 0, 1 + Atomics.add(flag, 0, 1)));
    const waited = (words: Int32Array, tell: () => void) => {
      tell();
      return Atomics.wait(words, 0, 0, 20_000);
    };
    await expect(executor.run(waited, flag, told)).resolves.not.toBe('timed-out');
  });

  test('for a task that fails', async () => {
    const seen: string[] = [];
    const fails = (tell: (text: string) => void) => {
      tell('first');
      throw new Error('deliberate');
    };
    await expect(
      executor.run(
        fails,
        callback((text) => seen.push(text)),
      ),
    ).rejects.toThrow('deliberate');
    expect(seen).toEqual(['first']);
  });

  test.each<[string, (tell: (x: unknown) => void) => unknown[]]>([
    ['an object', (tell) => [{ deep: { tell } }]],
    ['an array', (tell) => [[[[tell]]]]],
    ['a Map', (tell) => [new Map([['tell', tell]])]],
  ])('from inside %s', async (_, args) => {
    const seen: unknown[] = [];
    type Tell = (x: unknown) => void;
    type Holder = Map<string, Tell> | { deep: { tell: Tell } } | [[[Tell]]];
    const tellIn = (value: Holder): Tell => {
      if (value instanceof Map) return value.get('tell') as Tell;
      return 'deep' in value ? value.deep.tell : value[0][0][0];
    };
    const find = (value: Holder): void => tellIn(value)('here');
    await executor.run(find, ...(args(callback((x) => seen.push(x))) as [Holder]));
    expect(seen).toEqual(['here']);
  });

  test('from a captured variable, even one that means something else by then', async () => {
    const seen: number[] = [];
    let tell: ((x: number) => void) | undefined = callback((x: number) => seen.push(x));
    const running = executor.run(() => tell?.(1));
    tell = undefined;
    await running;
    expect(seen).toEqual([1]);
  });

  test('as one function, however often it occurs', async () => {
    const tell = callback(() => undefined);
    await expect(executor.run((a: unknown, b: { tell: unknown }) => a === b.tell, tell, { tell })).resolves.toBe(true);
  });

  test('from calls that the task makes by itself', async () => {
    const seen: string[] = [];
    const nested = async (tell: (text: string) => void) => {
      await runInExecutor((inner: typeof tell) => inner('nested'), tell);
      tell('outer');
    };
    await executor.run(
      nested,
      callback((text) => seen.push(text)),
    );
    expect(seen).toEqual(['nested', 'outer']);
  });

  test('with values as any call takes them', async () => {
    const seen: unknown[] = [];
    const tells = (tell: (value: unknown) => void) => tell({ map: new Map([[1, Buffer.from('ab')]]), error: new RangeError('odd') });
    await executor.run(
      tells,
      callback((value) => seen.push(value)),
    );
    const [value] = seen as [{ map: Map<number, Buffer>; error: Error }];
    expect(Buffer.isBuffer(value.map.get(1))).toBe(true);
    expect(value.error).toBeInstanceOf(RangeError);
  });

  test('in the asynchronous context in which it was made', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    await request.run('GET /', () =>
      executor.run(
        count,
        1,
        callback(() => seen.push(request.getStore())),
      ),
    );
    expect(seen).toEqual(['GET /']);
  });

  test('when it is simply called', () => {
    const seen: number[] = [];
    expect(callback((x: number) => seen.push(x))(1)).toBeUndefined();
    expect(seen).toEqual([1]);
  });
});

describe('a callback is dropped', () => {
  test('when what a task left behind calls it after the task has ended', async () => {
    let calls = 0;
    const leaves = (tell: () => void) => {
      tell();
      setTimeout(tell, 10);
    };
    await executor.run(
      leaves,
      callback(() => calls++),
    );
    await executor.run(async () => void (await new Promise((resolve) => setTimeout(resolve, 30))));
    expect(calls).toBe(1);
  });

  test('when the task was aborted meanwhile', async () => {
    const controller = new AbortController();
    let calls = 0;
    const endless = async (tell: () => void) => {
      for (let i = 0; i < 1_000; i++) {
        tell();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    const tell = callback(() => {
      calls++;
      controller.abort(new Error('enough'));
    });
    await expect(executor.run.with({ signal: controller.signal, gracePeriod: 200 })(endless, tell)).rejects.toThrow('enough');
    const atAbort = calls;
    await sleep(50);
    expect(calls).toBe(atAbort);
  });
});

describe('what goes wrong', () => {
  test('in a callback is an uncaught exception here, and the task goes on', async () => {
    const uncaught = new Promise<Error>((resolve) => intercept(resolve));
    const throws = callback(() => {
      throw new Error('in the callback');
    });
    await expect(executor.run(count, 1, throws)).resolves.toBe(1);
    await expect(uncaught).resolves.toMatchObject({ message: 'in the callback' });
  });

  test('with what a callback is called with is thrown in the task', async () => {
    const tells = (tell: (value: unknown) => void) => tell({ deep: [new WeakMap()] });
    await expect(
      executor.run(
        tells,
        callback(() => undefined),
      ),
    ).rejects.toMatchObject({
      code: 'ERR_VALUE_NOT_SENDABLE',
      path: 'args[0].deep[0]',
    });
  });

  test.each([undefined, null, 'fn', {}])('with %o instead of a function is a TypeError', (notAFunction) => {
    expect(() => callback(notAFunction as unknown as Fn)).toThrow(TypeError);
  });
});

/** The next uncaught exception goes to `take` and not to the test runner. */
function intercept(take: (error: Error) => void): void {
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.once('uncaughtException', (error) => {
    for (const listener of before) process.on('uncaughtException', listener);
    take(error);
  });
}
