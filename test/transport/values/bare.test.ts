import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';

test("an object without a prototype goes with its functions, as Rollup's stand-ins for modules are", async () => {
  const helper: { readonly double: (n: number) => number } = Object.freeze(
    Object.defineProperty({ __proto__: null, double: (n: number) => 2 * n }, Symbol.for('kind'), { value: 'helper' }),
  );
  expect(await runInExecutor((n: number) => helper.double(n), 3)).toBe(6);
});
