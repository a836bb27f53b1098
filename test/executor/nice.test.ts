import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { Executor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';

/** The kernel ranks threads one by one on Linux alone: elsewhere a thread's rank is the process's, and must stay as it is. */
const perThread = process.platform === 'linux';

/** 19 is the lowest there is. */
const lowered = (by: number) => (perThread ? Math.min(19, getPriority() + by) : getPriority());

describe('the rank of threads', () => {
  test('is ten below that of the calling thread, which keeps its own', async () => {
    const before = getPriority();
    await using executor = new Executor({ maxThreads: 2 });
    await executor.warmUp();
    expect(await Promise.all([1, 2].map(() => executor.run(getPriority)))).toEqual([lowered(10), lowered(10)]);
    expect(getPriority()).toBe(before);
  });

  test('is as low as niceIncrement says', async () => {
    for (const niceIncrement of [0, 3, 400]) {
      await using executor = new Executor({ maxThreads: 1, niceIncrement });
      expect(await executor.run(getPriority)).toBe(lowered(niceIncrement));
    }
  });

  test.runIf(perThread)('is that of the processes which tasks start, and not of those which the calling thread starts', async () => {
    const rank = () => Number(execFileSync('nice', { encoding: 'utf8' }));
    await using executor = new Executor({ maxThreads: 1 });
    expect(await executor.run(() => Number(execFileSync('nice', { encoding: 'utf8' })))).toBe(lowered(10));
    expect(rank()).toBe(getPriority());
  });
});
