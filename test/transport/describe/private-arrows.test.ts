import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { explain, runInExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';

class Account {
  static #rate = 2;
  static doubled = (value: number): number => value * Account.#rate;
  #parts = [1, 2];
  sum = (bonus: number): number => this.#parts.length + bonus;

  #count(): number {
    return this.#parts.length;
  }

  here(): Promise<number> {
    return runInExecutor(() => this.#parts.length);
  }

  byMethod(): Promise<number> {
    return runInExecutor(async () => {
      await null;
      return this.#count();
    });
  }

  static twice(value: number): Promise<number> {
    return runInExecutor((it) => it * Account.#rate, value);
  }

  changed(): Promise<readonly number[]> {
    return runInExecutor(() => {
      this.#parts.push(3);
      this.#parts = [...this.#parts, 4];
      return this.#parts;
    });
  }

  knows(value: object): Promise<boolean> {
    return runInExecutor((it) => #parts in it, value);
  }

  async each(): Promise<number[]> {
    return await runInExecutor.map((item) => item * this.#parts.length, [1, 2, 3]);
  }

  byFunction(): Promise<unknown[]> {
    const account = this;
    return runInExecutor(function (this: unknown, value: number) {
      return [account.#parts.length + value, this, new.target];
    }, 5);
  }

  withArguments(..._: number[]): Promise<unknown[]> {
    // biome-ignore lint/complexity/noArguments: that is what is tested
    return runInExecutor(() => [...arguments, this.#parts.length]);
  }

  /** Names that might collide with those of what makes the function in a thread. */
  named(): Promise<unknown[]> {
    const [$, $0, $e, code, evaluate] = [1, 2, 3, 4, 5];
    return runInExecutor(() => [$, $0, $e, code, evaluate, this.#parts.length]);
  }

  fails(): Promise<never> {
    return runInExecutor(() => {
      throw new RangeError(`${this.#parts.length} parts`);
    });
  }

  inner() {
    const account = this;
    return new (class Inner {
      #own = 10;
      static #shared = 100;

      both(): Promise<number> {
        return runInExecutor(() => this.#own + account.#parts.length + Inner.#shared);
      }

      outer(): number {
        return account.#parts.length + this.#own;
      }
    })();
  }

  assigns(): () => number {
    let times = 0;
    const count = (): number => {
      times += this.#parts.length;
      return times;
    };
    return () => count() + count() + times;
  }
}

describe('a function that uses a private name is made inside of its class', () => {
  const account = new Account();

  test('an arrow over `this`, over the class, in a field, in a static field', async () => {
    expect(await account.here()).toBe(2);
    expect(await Account.twice(4)).toBe(8);
    expect(await runInExecutor(account.sum, 5)).toBe(7);
    expect(await runInExecutor(Account.doubled, 5)).toBe(10);
  });

  test('methods, brand checks, assignments, inside of an async arrow', async () => {
    expect(await account.byMethod()).toBe(2);
    expect(await account.knows(account)).toBe(true);
    expect(await account.knows({})).toBe(false);
    expect(await account.changed()).toEqual([1, 2, 3, 4]);
    expect(await account.here()).toBe(2);
  });

  test('within map, captured, and as an argument beside its object', async () => {
    expect(await account.each()).toEqual([2, 4, 6]);
    expect(await runInExecutor((bonus) => account.sum(bonus) * 2, 1)).toBe(6);
    expect(await runInExecutor((it, sum) => it.sum === sum && it instanceof Account, account, account.sum)).toBe(true);
  });

  test('`this`, `new.target`, `arguments` and variables are as without', async () => {
    expect(await account.byFunction()).toEqual([7, undefined, undefined]);
    expect(await account.withArguments(8, 9)).toEqual([8, 9, 2]);
    expect(await account.named()).toEqual([1, 2, 3, 4, 5, 2]);
  });

  test('in a class within the class, with names of both', async () => {
    const inner = account.inner();
    expect(await inner.both()).toBe(112);
    expect(await runInExecutor(() => inner.outer())).toBe(12);
  });

  test('its errors have its place in the file', async () => {
    const error = await account.fails().catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).stack).toMatch(/private-arrows\.test\.ts:\d+:\d+/);
  });

  test('explain() shows it', () => {
    expect(explain(account.sum)).toMatchObject({ way: 'value', captures: [{ name: 'this' }] });
  });
});

test('classes that were made at one place are told by `this`', async () => {
  const made = (factor: number) =>
    class {
      #value = 3;
      later = (): number => this.#value * factor;
    };
  const [One, Two] = [made(10), made(100)];
  const [one, two] = [new One(), new Two()];
  expect(await Promise.all([runInExecutor(one.later), runInExecutor(two.later)])).toEqual([30, 300]);
  expect(await runInExecutor(() => [one.later(), two.later()])).toEqual([30, 300]);
});

test('a variable that it assigns to and shares is refused, with the way out', async () => {
  await expect(runInExecutor(new Account().assigns())).rejects.toThrow(
    'uses the private name #parts of a class around it, and the variable times, which is assigned to; keep what changes in an object',
  );
});

test('without a sign of its class it is refused, with the way out', async () => {
  const compare = (() => {
    const { by } = new (class {
      #value = 1;
      by = (a: object, b: object): boolean => #value in a && #value in b;
    })();
    return by;
  })();
  await expect(runInExecutor(compare, {}, {})).rejects.toThrow(
    'a function that uses the private name #value of a class around it; use `this` or the name of the class in it, for these tell the class',
  );
});

test('a class that a module exports is entered in the thread, and nothing of it runs there', () => {
  const file = fileURLToPath(new URL('../../fixtures/modules/programs/private-arrows.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', env: { ...process.env, VITEST: undefined } });
  expect(stderr).toBe('');
  const [returned, stack] = JSON.parse(stdout) as [unknown, string];
  expect(returned).toEqual([3, 10, 8, ['undefined', 3], 43, [4, 5], 0, 30, 3, 7]);
  expect(stack).toMatch(/private-arrows-class\.mjs:\d+:\d+/);
});

test('where no text may become code, it is refused with a way out', () => {
  const program = `import { runInExecutor } from 'run-in-executor';
    class S { #list = [1]; size() { return runInExecutor(() => this.#list.length); } }
    await new S().size().catch(({ name, message }) => console.log(name, message));`;
  const args = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', program];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, VITEST: undefined } });
  expect(stdout).toMatch(/^ValueNotSendableError .*#list of S.*call a method of the class/);
});
