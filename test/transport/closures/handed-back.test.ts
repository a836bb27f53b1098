/**
 * Functions that a call takes along and a task hands back are the very ones, also where many of one place are on their way:
 * fields of instances that hold arrows, methods that their constructor binds, closures made in a loop.
 */
import { Executor, InlineExecutor, partial } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';

const threads = new Executor({ maxThreads: 1 });
afterAll(() => threads.close());

class Account {
  readonly rate: number;
  constructor(rate: number) {
    this.rate = rate;
    this.bound = this.bound.bind(this);
  }
  arrow = (n: number) => n * this.rate;
  bound() {
    return this.rate;
  }
}

function madeFor(rate: number): Record<'closure' | 'empty' | 'bound' | 'partial', unknown> {
  return {
    closure: (n: number) => n * rate,
    empty: () => 1,
    bound: madeFor.bind(undefined, rate),
    partial: partial((a: number, b: number) => a + b, rate),
  };
}

function recursive() {
  return function itself() {
    return itself;
  };
}

describe.each([
  ['a thread', threads],
  ['the InlineExecutor', new InlineExecutor()],
])('from %s', (_, executor) => {
  test.each(['closure', 'empty', 'bound', 'partial'] as const)('the %s of several', async (key) => {
    const all = [1, 2, 3].map((rate) => madeFor(rate)[key]);
    expect(await executor.run((given) => given, all)).toSatisfy((back: unknown[]) => back.every((each, i) => each === all[i]));
    expect(await executor.run(() => all)).toSatisfy((back: unknown[]) => back.every((each, i) => each === all[i]));
  });

  test('in instances of one class, which work as before', async () => {
    const accounts = [new Account(2), new Account(3)];
    const back = await executor.run(() => accounts);
    expect(back).toEqual(accounts);
    for (const [i, { arrow, bound }] of back.entries()) {
      expect(arrow).toBe(accounts[i]?.arrow);
      expect(bound).toBe(accounts[i]?.bound);
    }
  });

  test('in the items of a map', async () => {
    const all = [1, 2, 3].map((rate) => madeFor(rate).closure);
    expect(await executor.run.map((each) => each, all)).toSatisfy((back: unknown[]) => back.every((each, i) => each === all[i]));
  });

  test('the function that was called itself', async () => {
    recursive();
    const [one, other] = [recursive(), recursive()];
    const back = [await executor.run(one), await executor.run(other)];
    // They capture nothing: which of them it is makes no difference.
    for (const each of back) expect([one, other]).toContain(each);
  });
});
