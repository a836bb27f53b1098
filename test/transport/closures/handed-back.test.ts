/**
 * Functions that a call takes along and a task hands back are the very ones, also where many of one place are on their way:
 * fields of instances that hold arrows, methods that their constructor binds, closures made in a loop.
 */

import { basename } from 'node:path';
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
  ['a closure', (n) => (m: number) => n * m + offset, (fn) => fn(3)],
  ['a bound function', (n) => Math.max.bind(undefined, n), (fn) => [fn(1), fn(5), fn.name]],
  ['methods that share a variable', counter, (both) => [both.up(), both.up(), both.now()]],
  ['what a module makes', (n) => pick(n), (fn) => fn(['a', 'b', 'c'])],
  ['a class', (n) => classOf(n), (Type) => new Type().twice()],
  ['an instance of such a class', (n) => new (classOf(n))(), (made) => [made.twice(), made.constructor.name]],
  ['a function with properties', (n) => Object.assign(() => n, { n, again: [n] }), (fn) => [fn(), fn.n, fn.again]],
  ['what no loop shows', (n) => Object.defineProperty({ n }, 'show', { value: () => `n is ${n}` }), (made) => made.show()],
  [
    'a getter among methods',
    (n) => ({
      n,
      get twice() {
        return this.n * 2;
      },
      set(to: number) {
        this.n = to;
      },
    }),
    (made) => [made.set(4), made.twice],
  ],
];

function counter(n: number) {
  let count = n;
  return { up: () => ++count, now: () => count };
}

function pick(n: number) {
  return (list: readonly string[]) => basename(list[n] ?? '');
}

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
    const add = await executor.run((a: number) => (b: number) => a + b, 1);
    expect(await executor.run(add, 5)).toBe(6);
  });

  test('with what was sent beside it: that is the very one', async () => {
    const { rate, at } = await executor.run((given) => ({ rate: given, at: (n: number) => given(n) + 1 }), madeFor(2).closure as Rate);
    expect([rate(3), at(3)]).toEqual([6, 7]);
  });

  test('not with what cannot leave its thread, which is named', async () => {
    const kept = (): unknown => {
      const socket = new WeakMap();
      return { handler: () => socket };
    };
    await expect(executor.run(kept)).rejects.toMatchObject({ path: expect.stringContaining('result.handler → socket') });
  });

  test('the function that was called itself', async () => {
    recursive();
    const [one, other] = [recursive(), recursive()];
    const back = [await executor.run(one), await executor.run(other)];
    // They capture nothing: which of them it is makes no difference.
    for (const each of back) expect([one, other]).toContain(each);
  });
});
