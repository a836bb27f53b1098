import { Session } from 'node:inspector';
import { Executor } from 'run-in-executor';
import { afterAll, expect, it, vi } from 'vitest';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

it('what `new Function` makes is sent without a listing of all scripts, which takes longer with each', async () => {
  const factor = 2;
  await executor.run((n: number) => n * factor, 1);
  const post = vi.spyOn(Session.prototype, 'post');
  for (let i = 0; i < 5; i++) {
    const made = new Function('n', `return n * ${i}`) as (n: number) => number;
    expect(await executor.run(made, 3)).toBe(3 * i);
  }
  const asked = post.mock.calls.map(([method]) => method as string);
  post.mockRestore();
  expect(asked).toContain('Runtime.getProperties');
  expect(asked).not.toContain('Debugger.enable');
});
