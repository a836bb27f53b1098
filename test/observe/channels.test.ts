import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type ContextMessage, Executor, InlineExecutor, type TaskMessage, type ThreadMessage } from 'run-in-executor';
import { afterEach, describe, expect, test } from 'vitest';
import { request } from '../fixtures/context/stores.mjs';

const listening: (() => void)[] = [];
afterEach(() => {
  for (const stop of listening.splice(0)) stop();
});

function listen<M>(name: string, listener: (message: M) => void): void {
  const heard = (message: unknown) => listener(message as M);
  subscribe(`run-in-executor:${name}`, heard);
  listening.push(() => unsubscribe(`run-in-executor:${name}`, heard));
}

/** What is published of tasks, in order: `submit add`, and the messages. */
function hear(): { order: string[]; messages: Set<TaskMessage> } {
  const heard = { order: [] as string[], messages: new Set<TaskMessage>() };
  for (const event of ['submit', 'start', 'error', 'end']) {
    listen<TaskMessage>(`task:${event}`, (message) => {
      heard.order.push(`${event} ${message.name}`);
      heard.messages.add(message);
    });
  }
  return heard;
}

const add = (a: number, b: number): number => a + b;
const block = (words: Int32Array): unknown => Atomics.wait(words, 0, 0);

function release(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
}

describe.each([
  ['Executor', Executor],
  ['InlineExecutor', InlineExecutor],
])('%s: a task', (_, Kind) => {
  test('is told of by one message, from submit to end', async () => {
    await using executor = new Kind({ maxThreads: 1, name: 'told' });
    const { order, messages } = hear();
    await executor.run(add, 1, 2);
    const [message] = messages;
    expect(order).toEqual(['submit add', 'start add', 'end add']);
    expect(messages.size).toBe(1);
    expect(message).toMatchObject({ executor: 'told', name: 'add', outcome: 'completed', thread: expect.any(Number), nested: [] });
    const { submittedAt, sentAt = 0, startedAt = 0, endedAt = 0 } = message as TaskMessage;
    const near = Math.abs(Date.now() - submittedAt);
    expect([sentAt >= submittedAt, startedAt >= submittedAt, endedAt >= startedAt, near < 60_000]).toEqual([true, true, true, true]);
  });

  test('that throws is told of by the very error that its caller gets, and by its end', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    const { order, messages } = hear();
    const fails = () => {
      throw new RangeError('deliberate');
    };
    const error = await executor.run(fails).catch((reason: unknown) => reason);
    expect(order).toEqual(['submit fails', 'start fails', 'error fails', 'end fails']);
    expect([...messages][0]).toMatchObject({ outcome: 'failed' });
    expect([...messages][0]?.error).toBe(error);
  });

  test('that is refused is told of, without a start', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    const { order, messages } = hear();
    const error = await executor.run(add, (() => new WeakMap()) as never, new WeakMap() as never).catch((reason: unknown) => reason);
    expect(order).toEqual(['submit add', 'error add', 'end add']);
    expect([...messages][0]).toMatchObject({ outcome: 'failed', error });
  });

  test('tells of the calls that it makes', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    const { messages } = hear();
    const outer = async () => [await executor.run(add, 1, 2), await executor.run.with({ name: 'again' })(add, 3, 4)];
    expect(await executor.run(outer)).toEqual([3, 7]);
    const [message, ...others] = messages;
    expect(others).toEqual([]);
    expect(message?.nested.map(({ name }) => name)).toEqual(['add', 'again']);
    for (const { startedAt, endedAt } of message?.nested ?? []) {
      expect([startedAt >= (message?.startedAt ?? 0), endedAt >= startedAt, endedAt <= (message?.endedAt ?? 0)]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test('has the name that its options give it, also as a chunk of a map and as a stream', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    const { order } = hear();
    await executor.run.with({ name: 'one' })(add, 1, 2);
    const double = (n: number) => n * 2;
    await executor.map(double, [1, 2], { chunkSize: 2 });
    for await (const _ of executor.stream(function* numbers() {
      yield 1;
    }));
    expect(order.filter((each) => each.startsWith('submit'))).toEqual(['submit one', 'submit double', 'submit numbers']);
  });

  test('takes along what listeners add to its context', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    listen<ContextMessage>('task:context', ({ follow }) => follow(() => request, 'from a listener'));
    const read = (_: number) => request.getStore();
    expect(await executor.run(read, 1)).toBe('from a listener');
    expect(await executor.map(read, [1, 2])).toEqual(['from a listener', 'from a listener']);
  });

  test('is read inside the stores that listeners bind to its submit', async () => {
    await using executor = new Kind({ maxThreads: 1 });
    const span = new AsyncLocalStorage<number>();
    const submits = channel('run-in-executor:task:submit');
    submits.bindStore(span, (message) => (message as TaskMessage).id);
    listening.push(() => submits.unbindStore(span));
    let bound: number | undefined;
    listen<ContextMessage>('task:context', () => {
      bound = span.getStore();
    });
    await executor.run(add, 1, 2);
    expect(bound).toEqual(expect.any(Number));
    expect(span.getStore()).toBeUndefined();
  });
});

describe('Executor: a task', () => {
  test('that was submitted before anybody listened is not told of', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const early = executor.run(add, 1, 2);
    const { order } = hear();
    await early;
    expect(order).toEqual([]);
  });

  test('that runs for long is known to have started while it runs', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const words = new Int32Array(new SharedArrayBuffer(4));
    const started = new Promise<TaskMessage>((resolve) => listen<TaskMessage>('task:start', resolve));
    const blocked = executor.run(block, words);
    expect((await started).endedAt).toBeUndefined();
    release(words);
    await blocked;
  });

  test('that is aborted ends for its caller before its thread is done with it', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const { messages } = hear();
    const words = new Int32Array(new SharedArrayBuffer(4));
    const controller = new AbortController();
    listen<TaskMessage>('task:start', () => controller.abort());
    await executor.run
      .with({ signal: controller.signal, gracePeriod: Number.POSITIVE_INFINITY })(block, words)
      .catch(() => undefined);
    const [message] = messages;
    expect(message).toMatchObject({ outcome: 'cancelled', endedAt: expect.any(Number) });
    expect(message?.freedAt).toBeUndefined();
    release(words);
    await expect.poll(() => message?.freedAt).toBeGreaterThan(message?.endedAt ?? Number.POSITIVE_INFINITY);
  });

  test('that runs again after its thread died starts again, and ends once', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const { order } = hear();
    const words = new Int32Array(new SharedArrayBuffer(4));
    const dies = (tries: Int32Array) => (Atomics.add(tries, 0, 1) === 0 ? process.exit(1) : 'alive');
    expect(await executor.run.with({ retries: 1 })(dies, words)).toBe('alive');
    expect(order.filter((each) => each !== 'start dies')).toEqual(['submit dies', 'end dies']);
    expect(order.at(-1)).toBe('end dies');
  });

  test('that a task makes is told of in its own thread, to those who listen there', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const task = async () => {
      const { subscribe } = await import('node:diagnostics_channel');
      const heard: unknown[] = [];
      for (const event of ['submit', 'start', 'end']) {
        subscribe(`run-in-executor:task:${event}`, (message) => void heard.push(event, (message as TaskMessage).name));
      }
      await executor.run(add, 1, 2);
      return heard;
    };
    expect(await executor.run(task)).toEqual(['submit', 'add', 'start', 'add', 'end', 'add']);
  });
});

test('a thread is told of by one message, at its start and at its exit', async () => {
  const threads: ThreadMessage[] = [];
  listen<ThreadMessage>('thread:start', (message) => threads.push(message));
  listen<ThreadMessage>('thread:exit', (message) => threads.push(message));
  const executor = new Executor({ maxThreads: 1, name: 'mortal' });
  const fatal = await executor.run(() => process.exit(3)).catch((error: unknown) => error);
  expect(fatal).toMatchObject({ exitCode: 3 });
  await executor.run(add, 1, 2);
  await executor.close();
  const [first, second, third, fourth] = threads;
  expect(threads).toHaveLength(4);
  expect([second, fourth]).toEqual([first, third]);
  expect(first).toMatchObject({ executor: 'mortal', thread: expect.any(Number), cause: expect.any(Error) });
  expect(third).not.toHaveProperty('cause');
  expect((first?.readyAt ?? 0) >= (first?.startedAt ?? Number.POSITIVE_INFINITY)).toBe(true);
  expect((first?.exitedAt ?? 0) >= (first?.readyAt ?? Number.POSITIVE_INFINITY)).toBe(true);
});

test('a thread that never came up is told of at its exit', async () => {
  const exits: ThreadMessage[] = [];
  listen<ThreadMessage>('thread:exit', (message) => exits.push(message));
  const executor = new Executor({
    maxThreads: 1,
    initializer: () => {
      throw new Error('deliberate');
    },
  });
  await executor.run(add, 1, 2).catch(() => undefined);
  await executor.close();
  expect(exits.length).toBeGreaterThan(0);
  expect(exits[0]?.readyAt).toBeUndefined();
  expect(exits[0]?.cause).toMatchObject({ code: 'ERR_INITIALIZER_FAILED' });
});
