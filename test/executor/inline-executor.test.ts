import { threadId } from 'node:worker_threads';
import {
  type CurrentThread,
  callback,
  currentThread,
  Executor,
  InlineExecutor,
  QueueFullError,
  runInExecutor,
  TaskTimeoutError,
  transfer,
} from 'run-in-executor';
import { describe, expect, test, vi } from 'vitest';

class Point {
  x: number;
  constructor(x: number) {
    this.x = x;
  }
  norm(): number {
    return Math.abs(this.x);
  }
}

describe('an InlineExecutor', () => {
  test('is an Executor, and runs on this thread', async () => {
    const executor = new InlineExecutor();
    expect(executor).toBeInstanceOf(Executor);
    await expect(executor.run(() => currentThread()?.id)).resolves.toBe(threadId);
    await expect(executor.run(Math.hypot, 3, 4)).resolves.toBe(5);
    expect(executor.stats()).toMatchObject({ completed: 2, queued: 0, running: 0 });
  });

  test('runs at most maxThreads tasks at once, the higher priority first', async () => {
    const executor = new InlineExecutor({ maxThreads: 2 });
    const began: string[] = [];
    let running = 0;
    let most = 0;
    const work = async (begin: (name: string) => void, end: () => void, name: string) => {
      begin(name);
      await new Promise((resolve) => setTimeout(resolve, 10));
      end();
    };
    const begin = callback((name: string) => {
      began.push(name);
      most = Math.max(most, ++running);
    });
    const end = callback(() => void running--);
    const tasks = ['a', 'b', 'c', 'd'].map((name, priority) => executor.run.with({ priority })(work, begin, end, name));
    await Promise.all(tasks);
    expect(most).toBe(2);
    expect(began).toEqual(['d', 'c', 'b', 'a']);
  });

  test('never begins before the call returns', async () => {
    const executor = new InlineExecutor();
    let began = false;
    const task = executor.run(
      (tell: () => void) => tell(),
      callback(() => (began = true)),
    );
    expect(began).toBe(false);
    await task;
    expect(began).toBe(true);
  });
});

describe('what crosses is copied', () => {
  const executor = new InlineExecutor();

  test('arguments, as of the call', async () => {
    const list = [1];
    const task = executor.run((items: number[]) => items.concat(items.push(3)), list);
    list.push(2);
    await expect(task).resolves.toEqual([1, 3, 2]);
    expect(list).toEqual([1, 2]);
  });

  test('captures', async () => {
    const captured = { n: 1 };
    await executor.run(() => void captured.n++);
    expect(captured.n).toBe(1);
  });

  test('results, with their classes', async () => {
    const point = await executor.run((p: Point) => p, new Point(-3));
    expect(point).toBeInstanceOf(Point);
    expect(point.norm()).toBe(3);
  });

  test('errors, with class and properties', async () => {
    const fails = () => {
      throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    };
    const error = await executor.run(fails).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'too far', code: 'E_FAR' });
  });

  test('or moved', async () => {
    const bytes = new Uint8Array(64);
    await expect(executor.run((b: Uint8Array) => b.length, transfer(bytes))).resolves.toBe(64);
    expect(bytes.length).toBe(0);
  });

  test('and refused where a thread would refuse it', async () => {
    await expect(executor.run((x: unknown) => x, { deep: new WeakMap() })).rejects.toMatchObject({
      code: 'ERR_VALUE_NOT_SENDABLE',
      path: 'args[0].deep',
    });
    await expect(executor.run(() => new WeakMap())).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path: 'result' });
    await expect(executor.run(() => () => 1)).rejects.toMatchObject({ path: 'result' });
  });
});

describe('a task that is stopped', () => {
  test('in the queue never begins', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    const controller = new AbortController();
    let began = 0;
    const tell = callback(() => began++);
    const first = executor.run(() => new Promise((resolve) => setTimeout(resolve, 10)));
    const second = executor.run.with({ signal: controller.signal })((f: () => void) => f(), tell);
    controller.abort(new Error('not wanted'));
    await expect(second).rejects.toThrow('not wanted');
    await first;
    await executor.close();
    expect(began).toBe(0);
  });

  test('while it runs rejects at once, knows it, and gives its place back', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    const slow = async () => {
      const thread = currentThread();
      await new Promise((resolve) => thread?.signal.addEventListener('abort', resolve));
    };
    await expect(executor.run.with({ timeout: 20 })(slow)).rejects.toBeInstanceOf(TaskTimeoutError);
    await expect(executor.run(() => 'next')).resolves.toBe('next');
  });

  test.each([
    ['here', new InlineExecutor()],
    ['on a thread', new Executor({ maxThreads: 1 })],
  ])('hears the words of the reason %s', async (_, executor) => {
    const heard = new Int32Array(new SharedArrayBuffer(4));
    const controller = new AbortController();
    const task = executor.run.with({ signal: controller.signal, gracePeriod: 5_000 })(async (shared: Int32Array) => {
      const { signal } = currentThread() as CurrentThread;
      Atomics.store(shared, 0, 1);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      const { name, message } = signal.reason as Error;
      Atomics.store(shared, 0, name === 'AbortError' && message === 'enough' ? 2 : 3);
    }, heard);
    await vi.waitUntil(() => heard[0] === 1);
    controller.abort(new RangeError('enough'));
    await expect(task).rejects.toThrow(RangeError);
    await vi.waitUntil(() => (heard[0] ?? 0) > 1);
    expect(heard[0]).toBe(2);
    await executor.close();
  });

  test('too late, being synchronous, fails all the same', async () => {
    const executor = new InlineExecutor();
    const blocks = () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    await expect(executor.run.with({ timeout: 5 })(blocks)).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
  });

  test('by the fake clock of a test', async () => {
    const executor = new InlineExecutor();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const task = executor.run.with({ timeout: 60_000 })(() => new Promise<void>(() => undefined));
      const outcome = expect(task).rejects.toThrow('ran longer than 60000 ms');
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(60_000);
      await outcome;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('its queue', () => {
  test('is bounded, and ready() waits for room', async () => {
    const executor = new InlineExecutor({ maxThreads: 1, maxQueue: 1 });
    const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
    const tasks = [executor.run(pause), executor.run(pause)];
    await expect(executor.run(pause)).rejects.toBeInstanceOf(QueueFullError);
    await executor.ready();
    await expect(executor.run(() => 1)).resolves.toBe(1);
    await Promise.all(tasks);
  });

  test('lets tasks wait no longer than queueTimeout', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    const first = executor.run(() => new Promise((resolve) => setTimeout(resolve, 40)));
    await expect(executor.run.with({ queueTimeout: 5 })(() => 1)).rejects.toThrow('waited longer than 5 ms');
    await first;
  });

  test('does not lock up where tasks call tasks', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    await expect(executor.run(async () => (await runInExecutor(() => currentThread()?.executor)) ?? 'nowhere')).resolves.toBe(
      executor.name,
    );
  });
});

describe('its end', () => {
  test('close() finishes what was taken and takes no more', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    const tasks = [1, 2, 3].map((n) => executor.run((x: number) => x, n));
    await executor.close();
    await expect(Promise.all(tasks)).resolves.toEqual([1, 2, 3]);
    expect(executor.closed).toBe(true);
    await expect(executor.run(() => 1)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('a task that awaits the close() or the ready() of its own executor does not wait for itself', async () => {
    const executor = new InlineExecutor({ maxThreads: 1, maxQueue: 0 });
    const asked = await executor.run(async () => {
      await executor.ready();
      await executor.close();
      await executor.close({ timeout: 60_000 });
      return executor.closed;
    });
    expect(asked).toBe(true);
    await executor.close();
  });

  test('terminate() rejects what is not finished', async () => {
    const executor = new InlineExecutor({ maxThreads: 1 });
    const tasks = [1, 2].map(() => executor.run(() => sleepHere(60_000)));
    await executor.terminate();
    for (const task of tasks) await expect(task).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('initializer and finalizer run once', async () => {
    const seen: string[] = [];
    const tell = callback((what: string) => seen.push(what));
    const executor = new InlineExecutor({
      initializer: (t: typeof tell, w: string) => t(w),
      initializerArgs: [tell, 'begin'],
      finalizer: () => undefined,
    });
    await Promise.all([executor.run(() => 1), executor.run(() => 2)]);
    await executor.close();
    expect(seen).toEqual(['begin']);
  });

  test('an initializer that fails fails the tasks', async () => {
    const executor = new InlineExecutor({
      initializer: () => {
        throw new Error('no database');
      },
    });
    await expect(executor.run(() => 1)).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED', cause: { message: 'no database' } });
  });
});

function sleepHere(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
