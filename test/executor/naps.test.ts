import { setTimeout as sleep } from 'node:timers/promises';
import { Executor } from 'run-in-executor';
import { afterAll, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

/** Leaves behind what counts. */
const countTurns = function countTurns(this: void) {
  const seen = { turns: 0, timer: false };
  Object.assign(globalThis, { seen });
  setImmediate(() => seen.turns++);
  setTimeout(() => (seen.timer = true), 1).unref();
};

const seenSoFar = function seenSoFar() {
  return (globalThis as { seen?: object }).seen;
};

test('what a task leaves behind goes on while its thread waits for the next call, though nothing keeps it alive', async () => {
  // A thread whose calls follow each other.
  await executor.run(seenSoFar);
  await executor.run(countTurns);
  // Longer than it sleeps at a time.
  await sleep(120);
  expect(await executor.run(seenSoFar)).toMatchObject({ turns: 1, timer: true });
});

test('calls of every kind find a thread that sleeps between calls', async () => {
  const echo = (value: unknown) => value;
  for (const value of [0, 1, undefined, 'text', { deep: [1n] }, Buffer.from('bytes'), new Map([[1, 2]])]) {
    await sleep(8);
    expect(await executor.run(echo, value)).toEqual(value);
  }
  await sleep(30);
  expect(await Promise.all([executor.run(echo, 1), executor.run(echo, 'two'), executor.run(echo, 3)])).toEqual([1, 'two', 3]);
});

test('a server that a task has started answers while its thread has nothing else to do', async () => {
  const port = await executor.run(async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(globalThis, { server });
    return (server.address() as { port: number }).port;
  });
  for (let i = 0; i < 3; i++) expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('here');
  await executor.run(() => {
    (globalThis as unknown as { server: { close(): void; closeAllConnections(): void } }).server.close();
    (globalThis as unknown as { server: { closeAllConnections(): void } }).server.closeAllConnections();
  });
});

test('a thread that sleeps between calls ends when it is told to', async () => {
  for (const end of ['close', 'terminate'] as const) {
    for (const after of [0, 2, 10, 40]) {
      const own = new Executor({ maxThreads: 1 });
      for (let calls = 0; calls < 3; calls++) await own.run(Math.max, 1, 2);
      await sleep(after);
      await own[end]();
      expect(own.stats().threads.alive).toBe(0);
    }
  }
});
