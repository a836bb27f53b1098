import { currentThread, Executor, explain, InlineExecutor, runInExecutor, sleepSync } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1, name: 'outer' });
const other = new Executor({ maxThreads: 1, name: 'other', functions: 'reference' });
const inline = new InlineExecutor({ maxThreads: 1 });
afterAll(() => Promise.all([executor, other, inline].map((each) => each.close())));

const seven = () => 7;

describe.each([
  ['an Executor', executor],
  ['an InlineExecutor', inline],
])('in a task of %s', (_, outer) => {
  test('a call of its own executor, which is captured, runs on the same thread, at a limit of 1', async () => {
    await expect(outer.run(() => outer.run(seven))).resolves.toBe(7);
    const ids = await outer.run(async () => [currentThread()?.id, await outer.run(() => currentThread()?.id)]);
    expect(ids[0]).toBe(ids[1]);
  });

  test('so does one of another, and of the default', async () => {
    await expect(outer.run(() => other.run(Math.hypot, 3, 4))).resolves.toBe(5);
    await expect(outer.run(() => runInExecutor(seven))).resolves.toBe(7);
    expect(other.stats()).toMatchObject({ completed: 0 });
  });

  test('and of one that is an argument, or in one', async () => {
    const nested = (by: Executor, { too }: { too: Executor }) => Promise.all([by.run(seven), too.run(seven), by === too]);
    await expect(outer.run(nested, outer, { too: outer })).resolves.toEqual([7, 7, true]);
  });

  test('an executor has the name that it has here, and maps and streams there', async () => {
    const all = async () => {
      const streamed: number[] = [];
      for await (const n of outer.stream(function* () {
        yield* [1, 2];
      }))
        streamed.push(n);
      return [outer.name, outer instanceof Executor, await outer.map((n: number) => 2 * n, [1, 2]), streamed];
    };
    await expect(outer.run(all)).resolves.toEqual([outer.name, true, [2, 4], [1, 2]]);
  });

  test('a signal or a time-out rejects its call at once, and what was aborted before does not start', async () => {
    const stopped = () => {
      const never = () => new Promise<void>(() => {});
      const [soon, before] = [new AbortController(), AbortSignal.abort('before')];
      setTimeout(() => soon.abort('soon'), 20);
      const calls = [
        outer.run.with({ timeout: 20 })(never),
        outer.run.with({ signal: soon.signal })(never),
        outer.run.with({ signal: before })(() => {
          throw new Error('it started');
        }),
        outer.run.with({ timeout: 20 })(sleepSync, 40),
        outer.run.with({ timeout: 60_000, signal: new AbortController().signal })(seven),
      ];
      return Promise.all(calls.map((call) => call.catch((reason) => reason.code ?? reason)));
    };
    await expect(outer.run(stopped)).resolves.toEqual(['ERR_TASK_TIMEOUT', 'soon', 'before', 'ERR_TASK_TIMEOUT', 7]);
  });

  test('what it wraps can be captured', async () => {
    const wrapped = outer.wrap(seven);
    await expect(outer.run(() => wrapped())).resolves.toBe(7);
  });
});

test('an executor that lets no function cross by value lets none in a task', async () => {
  await expect(executor.run(() => other.run(() => 7))).rejects.toMatchObject({ code: 'ERR_FUNCTION_NOT_SENDABLE' });
});

test('explain says that a captured executor crosses', () => {
  expect(explain(() => executor.run(seven))).toMatchObject({ way: 'value' });
  expect(explain(() => executor.run(seven)).problem).toBeUndefined();
});

test('an instance of a class that extends Executor is refused by its name, since its own state would stay behind', async () => {
  class Mine extends Executor {}
  await using mine = new Mine({ maxThreads: 1 });
  await expect(executor.run((e: Mine) => e.run(seven), mine)).rejects.toThrow(/private (#names|name #)/);
});

describe('an executor that a task makes', () => {
  const never = () => new Promise<never>(() => {});
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, 'later'));
  const codeOf = (call: Promise<unknown>) => call.catch((error) => error.code);

  test('rejects what runs when it is terminated, and takes no more', async () => {
    const play = async () => {
      const inner = new Executor({ name: 'inner' });
      const calls = [inner.run(never), inner.run(later, 20_000), inner.map(never, [1, 2]).toArray()].map(codeOf);
      await inner.terminate();
      return [await Promise.all(calls), await codeOf(inner.run(seven)), inner.closed];
    };
    await expect(executor.run(play)).resolves.toEqual([Array(3).fill('ERR_EXECUTOR_CLOSED'), 'ERR_EXECUTOR_CLOSED', true]);
  });

  test('waits for what runs when it is closed, and takes no more but what that calls itself', async () => {
    const play = async () => {
      const inner = new Executor({ name: 'inner' });
      let ended = false;
      const calling = async () => {
        await later(30);
        return inner.run(seven);
      };
      const call = inner.run(calling).then((value) => {
        ended = true;
        return value;
      });
      await later(5);
      await inner.close();
      return [ended, await call, await codeOf(inner.run(seven))];
    };
    await expect(executor.run(play)).resolves.toEqual([true, 7, 'ERR_EXECUTOR_CLOSED']);
  });

  test('closed with a time-out, waits no longer than that; closed by one of its own calls, not at all', async () => {
    const play = async () => {
      const [inner, other] = [new Executor(), new Executor()];
      const call = codeOf(inner.run(never));
      await inner.close({ timeout: 20 });
      return [await call, await other.run(() => other.close())];
    };
    await expect(executor.run(play)).resolves.toEqual(['ERR_EXECUTOR_CLOSED', undefined]);
  });

  test('and one that stands for an executor out there serves later tasks, though a task has closed it', async () => {
    await executor.run(() => executor.close());
    await expect(executor.run(() => executor.run(seven))).resolves.toBe(7);
  });
});
