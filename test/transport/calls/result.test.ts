import { Executor } from 'run-in-executor';
import { afterAll, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

test('a thread whose results are plain data, or Buffers, never loads what looks into functions', async () => {
  await executor.run(() => ({ rows: [1, 2], by: { name: 'a' } }));
  await executor.run(() => Buffer.from('a'));
  const loaded = await executor.run(() => {
    const { _cache: cache } = process.getBuiltinModule('node:module') as unknown as { _cache: object };
    return Object.keys(cache).flatMap((file) =>
      /run-in-executor|dist\/src\/parts\/|dist\/workers\//.test(file) ? file.split(/[/\\]/).slice(-1) : [],
    );
  });
  expect(loaded).toContain('values.cjs');
  expect(loaded).not.toContain('looking.cjs');
});
