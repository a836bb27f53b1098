import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Executor } from 'run-in-executor';
import { expect, it } from 'vitest';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it.each(['close', 'terminate'] as const)('nothing of an executor is kept after %s(), right behind its last call', async (end) => {
  const ended: WeakRef<Executor>[] = [];
  for (let i = 0; i < 5; i++) await useOne();
  for (let turn = 0; turn < 100 && kept() > 1; turn++) {
    await sleep(10);
    collect();
  }
  // The last one may still lie on the stack of whoever ended it.
  expect(kept()).toBeLessThanOrEqual(1);

  async function useOne(): Promise<void> {
    const executor = new Executor({ maxThreads: 1 });
    expect(await executor.run(() => 1)).toBe(1);
    await executor[end]();
    ended.push(new WeakRef(executor));
  }

  function kept(): number {
    return ended.filter((ref) => ref.deref() !== undefined).length;
  }
});
