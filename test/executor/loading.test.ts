import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { currentThread, Executor, fromModule } from 'run-in-executor';
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
