import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { currentThread, Executor, fromModule, sleepSync } from 'run-in-executor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const threadId = () => currentThread()?.id;

describe('a call that is aborted while its thread imports its module', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loading-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A module that leaves a file when it is being imported, goes on importing until `open` is there, and leaves one when its function is called. */
  async function abortWhileLoading(executor: Executor): Promise<{ fate: unknown; open: () => void; called: () => boolean }> {
    const [begun, open, called] = ['begun', 'open', 'called'].map((name) => join(folder, name)) as [string, string, string];
    const module = join(folder, 'slow.mjs');
    const text = `
      import { existsSync, writeFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      writeFileSync(${JSON.stringify(begun)}, '');
      while (!existsSync(${JSON.stringify(open)})) await sleep(5);
      export const slow = () => writeFileSync(${JSON.stringify(called)}, '');`;
    writeFileSync(module, text);
    const controller = new AbortController();
    const { slow } = fromModule<{ slow(): void }>(pathToFileURL(module));
    const call = executor.run.with({ signal: controller.signal })(slow);
    const fate = call.then(
      () => 'fulfilled',
      (error: unknown) => error,
    );
    const loads = (async () => {
      while (!existsSync(begun)) await sleep(5);
    })();
    expect(await Promise.race([fate, loads])).toBeUndefined();
    controller.abort('enough');
    return { fate: await fate, open: () => writeFileSync(open, ''), called: () => existsSync(called) };
  }

  test('is rejected at once and never called, and its thread goes on with the next', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const before = await executor.run(threadId);
    const { fate, open, called } = await abortWhileLoading(executor);
    expect(fate).toBe('enough');
    const next = executor.run(threadId);
    open();
    expect(await next).toBe(before);
    expect(called()).toBe(false);
  });

  test('loses its thread if that does not come to an end with it, and the next gets another', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const before = await executor.run(threadId);
    const { fate } = await abortWhileLoading(executor);
    expect(fate).toBe('enough');
    expect(await executor.run(threadId)).not.toBe(before);
  });
});

describe('a module that a call needs', () => {
  const stuck = new URL('../fixtures/faults/stuck.mjs', import.meta.url);
  const exits = new URL('../fixtures/faults/exits.mjs', import.meta.url);
  const apply = (fn: (value: number) => unknown, value: number) => fn(value);
  const same = (value: number) => value;

  test.each([
    ['never finishes to load', fromModule<{ fromStuck(value: number): string }>(stuck).fromStuck, { timeout: 50 }, 'ERR_TASK_TIMEOUT'],
    ['ends the thread as it is loaded', fromModule<{ fromExits(value: number): string }>(exits).fromExits, {}, 'ERR_THREAD_EXITED'],
  ])('and that %s harms no other call, of whatever it was sent with', async (_, bad, options, code) => {
    await using executor = new Executor({ maxThreads: 1 });
    // Known to be short: they travel together.
    for (let i = 0; i < 40; i++) await executor.run(apply, same, i);
    const others = [executor.run(sleepSync, 5)];
    for (let i = 0; i < 5; i++) others.push(executor.run(apply, same, i) as Promise<undefined>);
    const call = executor.run.with(options)(apply, bad, 1);
    for (let i = 5; i < 10; i++) others.push(executor.run(apply, same, i) as Promise<undefined>);
    await expect(call).rejects.toMatchObject({ code });
    expect(await Promise.all(others)).toEqual([undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  describe('by require', () => {
    const require = createRequire(import.meta.url);
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'requiring-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** A module that does this where it is loaded by a thread, and leaves a letter. */
    function moduleThat(does: string): { fn: () => number; loads: () => string } {
      const file = join(folder, 'module.cjs');
      const log = join(folder, 'log');
      const body = `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x'); ${does};`;
      writeFileSync(file, `if (!require('node:worker_threads').isMainThread) { ${body} }\nexports.fn = function fn() { return 1; };`);
      writeFileSync(log, '');
      return { fn: require(file).fn, loads: () => readFileSync(log, 'utf8') };
    }

    test('ends one thread, not one after the other, if it ends its thread as it is loaded', async () => {
      await using executor = new Executor({ maxThreads: 1 });
      const { fn, loads } = moduleThat('process.exit(3)');
      await expect(executor.run(fn)).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 3 });
      expect(loads()).toBe('x');
      expect(await executor.run(same, 1)).toBe(1);
    });

    test('takes of the time limit of the call that needs it', async () => {
      await using executor = new Executor({ maxThreads: 1 });
      const { fn, loads } = moduleThat('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
      await expect(executor.run.with({ timeout: 100 })(fn)).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
      expect(loads()).toBe('x');
    });

    test('is loaded by the thread that has taken the call, which runs meanwhile', async () => {
      await using executor = new Executor({ maxThreads: 2 });
      const open = join(folder, 'open');
      const pause = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)';
      const { fn, loads } = moduleThat(`while (!require('node:fs').existsSync(${JSON.stringify(open)})) ${pause}`);
      const call = executor.run(fn);
      await expect.poll(() => [loads(), executor.stats().running], { timeout: 20_000 }).toEqual(['x', 1]);
      writeFileSync(open, '');
      expect(await call).toBe(1);
    });
  });
});
