import { Executor, runInExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';

class Account {
  static #opened = 3;
  #balance: number;

  constructor(balance: number) {
    this.#balance = balance;
  }

  #doubled(): number {
    return this.#balance * 2;
  }

  total(bonus: number): number {
    return this.#doubled() + bonus;
  }

  async *parts(count: number): AsyncGenerator<number> {
    while (count-- > 0) yield this.#balance;
  }

  isOfItsClass(): boolean {
    return this.total === Account.prototype.total && this instanceof Account && this.#balance > 0;
  }

  static opened(more: number): number {
    return Account.#opened + more;
  }

  static byThis(more: number): number {
    // biome-ignore lint/complexity/noThisInStatic: that is what is tested
    return this.#opened + more;
  }

  static overdrawn(): never {
    throw new RangeError(`only ${Account.#opened}`);
  }
}

class Savings extends Account {
  override total(bonus: number): number {
    return super.total(bonus) * 100;
  }
}

describe('a method that uses a private name goes with its class', () => {
  const account = new Account(5);

  test('bound to an object, with arguments and without', async () => {
    expect(await runInExecutor(account.total.bind(account), 1)).toBe(11);
    expect(await runInExecutor(account.total.bind(account, 2))).toBe(12);
    expect(await runInExecutor.map(account.total.bind(account), [1, 2, 3])).toEqual([11, 12, 13]);
    expect(await runInExecutor.named(account.total.bind(account), { bonus: 3 })).toBe(13);
  });

  test('bound to an object of a class that extends its own', async () => {
    const savings = new Savings(6);
    expect(await runInExecutor(Account.prototype.total.bind(savings), 1)).toBe(13);
    expect(await runInExecutor(savings.total.bind(savings), 1)).toBe(1300);
  });

  test('captured, and within the same call as its object', async () => {
    const total = account.total.bind(account);
    expect(await runInExecutor((bonus) => total(bonus) + account.total(bonus), 1)).toBe(22);
    expect(await runInExecutor(account.isOfItsClass.bind(account))).toBe(true);
  });

  test('a generator method, streamed', async () => {
    const parts: number[] = [];
    for await (const part of runInExecutor.stream(account.parts.bind(account), 2)) parts.push(part);
    expect(parts).toEqual([5, 5]);
  });

  test('a static one: free, bound, and by its own `this`', async () => {
    expect(await runInExecutor(Account.opened, 1)).toBe(4);
    expect(await runInExecutor(Account.opened.bind(null, 2))).toBe(5);
    expect(await runInExecutor(Account.byThis.bind(Account), 4)).toBe(7);
    await expect(runInExecutor(Account.byThis as (this: void, more: number) => number, 4)).rejects.toThrow(TypeError);
    await expect(runInExecutor(Account.overdrawn)).rejects.toThrow(new RangeError('only 3'));
  });

  test('its state is that of each call', async () => {
    class Counter {
      #n = 0;
      add(): number {
        return ++this.#n;
      }
    }
    const counter = new Counter();
    const add = counter.add.bind(counter);
    add();
    expect(await runInExecutor(add)).toBe(2);
    add();
    expect(await runInExecutor(add)).toBe(3);
  });
});

test("functions: 'reference' refuses a bound method as before", async () => {
  await using executor = new Executor({ functions: 'reference' });
  const account = new Account(1);
  await expect(executor.run(account.total.bind(account), 1)).rejects.toThrow('bind its arguments with partial()');
});

test("a bound method over the WeakMap that esbuild makes of a private name takes its object's entry along", async () => {
  const _balance = new WeakMap<object, number>();
  const __privateGet = (object: object, member: WeakMap<object, number>): number => member.get(object) as number;
  class Lowered {
    constructor() {
      _balance.set(this, 5);
    }

    total(bonus: number): number {
      return __privateGet(this, _balance) + bonus;
    }
  }
  const lowered = new Lowered();
  expect(await runInExecutor(lowered.total.bind(lowered), 1)).toBe(6);
});
