import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Executor } from 'run-in-executor';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'another-copy-'));
const executor = new Executor({ maxThreads: 1 });
const strict = new Executor({ maxThreads: 1, functions: 'reference' });
let another: typeof import('run-in-executor');

beforeAll(async () => {
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  another = (await import(pathToFileURL(join(folder, 'dist/src/index.js')).href)) as typeof another;
});

afterAll(async () => {
  await Promise.all([executor.close(), strict.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('it is another copy', () => {
  expect(another.Executor).not.toBe(Executor);
});

test('a callback() of another copy calls back', async () => {
  const heard: number[] = [];
  const tell = another.callback((n: number) => heard.push(n));
  await executor.run((each) => [1, 2, 3].forEach(each), tell);
  expect(heard).toEqual([1, 2, 3]);
});

test('what transfer() of another copy marks moves, there', async () => {
  const memory = new ArrayBuffer(8);
  expect(await executor.run((moved) => moved.byteLength, another.transfer(memory))).toBe(8);
  expect(memory.byteLength).toBe(0);
});

test('what transfer() of another copy marks moves, and back', async () => {
  const { transfer } = another;
  await executor.run(() => transfer(Object.assign(globalThis, { kept: new ArrayBuffer(8) }).kept));
  expect(await executor.run(() => (globalThis as unknown as { kept: ArrayBuffer }).kept.byteLength)).toBe(0);
});

test('partial() and fromModule() of another copy cross without the inspector', async () => {
  const { join: joined } = another.fromModule<typeof import('node:path')>('node:path');
  expect(await strict.run(joined, 'a', 'b')).toBe('a/b');
  expect(await strict.run(another.partial(Math.max, 1), 2)).toBe(2);
});

test('an executor of another copy runs calls inside a task where the task is', async () => {
  const inner = new another.Executor({ name: 'inner' });
  expect(await executor.run(() => inner.run(() => another.currentThread()?.executor))).toBe(executor.name);
});
