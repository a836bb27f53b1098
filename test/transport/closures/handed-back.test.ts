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

type Rate = (n: number) => number;

const offset = 10;
// biome-ignore lint/suspicious/noExplicitAny: each is used in its own way
const makers: [string, (n: number) => any, (made: any) => unknown][] = [
  ['what is compiled of a text', (n) => new Function('n', 'return (m) => n * m')(n), (fn) => fn(3)],
  ['a bound function', (n) => Math.max.bind(undefined, n), (fn) => [fn(1), fn(5), fn.name]],
  ['functions that share a variable', (n) => new Function('n', COUNTER)(n), (both) => [both.up(), both.up(), both.now()]],
  ['a class', (n) => classOf(n), (Type) => new Type().twice()],
  ['an instance of such a class', (n) => new (classOf(n))(), (made) => [made.twice(), made.constructor.name]],
  [
    'a function with properties',
    (n) => Object.assign(new Function('n', 'return () => n')(n), { n, again: [n] }),
    (fn) => [fn(), fn.n, fn.again],
  ],
  ['what no loop shows', (n) => Object.defineProperty({ n }, 'show', { value: () => `n is ${n}` }), (made) => made.show()],
];

const COUNTER = 'let count = n; return { up: () => ++count, now: () => count }';

function classOf(n: number) {
  return class Made {
    readonly n = n;
    twice() {
      return this.n * 2;
    }
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

  test.each(makers)('%s, made by the task: as it was when the task ended', async (_, make, use) => {
    expect(use((await executor.run(make, 2)) as never)).toEqual(use(make(2) as never));
  });

  test('one that the task has made, taken to another task', async () => {
    const add = await executor.run((a: number) => new Function('a', 'return (b) => a + b')(a) as Rate, 1);
    expect(await executor.run(add, 5)).toBe(6);
  });

  test('with what was sent beside it: that is the very one', async () => {
    const more = (given: Rate) => ({ rate: given, at: new Function('given', 'return (n) => given(n) + 1')(given) as Rate });
    const { rate, at } = await executor.run(more, madeFor(2).closure as Rate);
    expect([rate(3), at(3)]).toEqual([6, 7]);
  });

  test.each<[string, (n: number) => unknown, string]>([
    ['a closure', (n) => (m: number) => n * m + offset, 'result'],
    ['a method', (n) => ({ rows: [{ n, times: (m: number) => n * m }] }), 'result.rows[0].times'],
    ['a function with properties', (n) => Object.assign(() => n, { n }), 'result'],
  ])('not %s of the program, which it has made: that stays with the state around it', async (_, make, path) => {
    await expect(executor.run(make, 2)).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path });
  });

  test('the function that was called itself', async () => {
    recursive();
    const [one, other] = [recursive(), recursive()];
    const back = [await executor.run(one), await executor.run(other)];
    // They capture nothing: which of them it is makes no difference.
    for (const each of back) expect([one, other]).toContain(each);
  });
});
