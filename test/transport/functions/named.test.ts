import { describe, expect, test } from 'vitest';
import { NamedArgumentError } from '../../../src/errors.js';
import type { AnyFunction } from '../../../src/transport/any-function.js';
import { partial } from '../../../src/transport/describe/partial.js';
import { fromModule } from '../../../src/transport/functions/from-module.js';
import { isMatchedInThread, matchNamed } from '../../../src/transport/functions/named.js';

// biome-ignore lint/suspicious/noExplicitAny: what these functions take is not what they test
type Any = any;

const key = 'computed name';
const holder = {
  method(a: Any, b: Any) {
    return [a, b];
  },
  async *generatorMethod(a: Any, b: Any) {
    yield [a, b];
  },
  [key](a: Any, b: Any) {
    return [a, b];
  },
  get accessor() {
    return 1;
  },
  set accessor(a: Any) {
    void a;
  },
};

class WithConstructor {
  static make(a: Any, b: Any) {
    return [a, b];
  }
  #hidden(a: Any, b: Any) {
    return [a, b];
  }
  static hidden = (it: WithConstructor) => it.#hidden;
  constructor(readonlyless: Any, b = 1) {
    void [readonlyless, b];
  }
}
class Inheriting extends WithConstructor {}
class Bare {}

describe('in every form of a function, arguments find their parameters', () => {
  test.for<[string, AnyFunction]>([
    ['an arrow', (a: Any, b: Any) => [a, b]],
    ['an async arrow', async (a: Any, b: Any) => [a, b]],
    ['a function', (a: Any, b: Any) => [a, b]],
    [
      'an async function',
      async function named(a: Any, b: Any) {
        return [a, b];
      },
    ],
    [
      'a generator',
      function* (a: Any, b: Any) {
        yield [a, b];
      },
    ],
    [
      'an async generator',
      async function* (a: Any, b: Any) {
        yield [a, b];
      },
    ],
    ['a method', holder.method],
    ['an async generator method', holder.generatorMethod],
    ['a method with a computed name', holder[key]],
    ['a static method', WithConstructor.make],
    ['a private method', WithConstructor.hidden(new WithConstructor(1))],
    ['a function made of text', new Function('a', 'b', 'return [a, b]')],
    ['odd comments and defaults', new Function('a /* , x */', 'b /* ) */', '')],
  ])('%s', ([, fn]) => {
    expect(matchNamed(fn, { b: 2, a: 1 })).toEqual([1, 2]);
  });

  test('a setter', () => {
    const setter = Object.getOwnPropertyDescriptor(holder, 'accessor')?.set as AnyFunction;
    expect(matchNamed(setter, { a: 1 })).toEqual([1]);
  });

  test('a class, by its constructor, or that of its parent', () => {
    expect(matchNamed(WithConstructor, { readonlyless: 1, b: 2 })).toEqual([1, 2]);
    expect(matchNamed(Inheriting, { readonlyless: 1 })).toEqual([1]);
    expect(matchNamed(Bare, {})).toEqual([]);
  });

  test('a builtin that is written in JavaScript', async () => {
    const { readFileSync } = await import('node:fs');
    expect(matchNamed(readFileSync, { path: '/a', options: 'utf8' })).toEqual(['/a', 'utf8']);
  });
});

describe('what may be left out', () => {
  const withDefaults = (a: Any, b = 2, c = 3) => [a, b, c];

  test('a parameter with a default, in the middle too', () => {
    expect(matchNamed(withDefaults, { a: 1 })).toEqual([1]);
    expect(matchNamed(withDefaults, { a: 1, c: 4 })).toEqual([1, undefined, 4]);
  });

  test('a rest parameter, which otherwise takes an array', () => {
    const withRest = (a: Any, ...others: Any[]) => [a, others];
    expect(matchNamed(withRest, { a: 1 })).toEqual([1]);
    expect(matchNamed(withRest, { a: 1, others: [2, 3] })).toEqual([1, 2, 3]);
    expect(() => matchNamed(withRest, { a: 1, others: 2 })).toThrow('its rest parameter others takes an array');
  });
});

describe('an object pattern', () => {
  test('as the only parameter takes the object whole, its defaults included', () => {
    const named = { width: 1, other: 2 };
    expect(matchNamed(({ width }: Any) => width, named)[0]).toBe(named);
    expect(matchNamed(({ width }: Any = {}) => width, named)[0]).toBe(named);
  });

  test('among others has no name to be called by', () => {
    expect(() => matchNamed((a: Any, { b }: Any) => [a, b], { a: 1 })).toThrow(
      'its parameter { b } has no name, so it takes positional arguments only',
    );
  });
});

describe('what is wrong is a NamedArgumentError that lists what the function takes', () => {
  const delayedPrint = (mes: string, sec = 1) => [mes, sec];

  test('an unknown name', () => {
    const attempt = () => matchNamed(delayedPrint, { message: 'a', sec: 1 });
    expect(attempt).toThrow(NamedArgumentError);
    expect(attempt).toThrow('Cannot call delayedPrint with these named arguments: it has no parameter "message"; it takes (mes, sec = 1)');
  });

  test('a name that a compiler has given a number, as esbuild does where the file has a variable of that name', () => {
    expect(() => matchNamed((row2: number, ...rows: number[]) => [row2, rows], { row: 1 })).toThrow(
      'it has no parameter "row"; it takes (row2, ...rows); a compiler may have renamed "row", which is the name of a variable of the file, too: give one of them another name',
    );
  });

  test('a missing one', () => {
    expect(() => matchNamed(delayedPrint, {})).toThrow('"mes" is missing; it takes (mes, sec = 1)');
  });

  test('names that every object inherits', () => {
    expect(() => matchNamed(delayedPrint, Object.create({ mes: 'a' }) as Record<string, unknown>)).toThrow('"mes" is missing');
  });

  test('a native function', () => {
    expect(() => matchNamed(Math.max, { a: 1 })).toThrow('it is native, its parameters have no readable names; pass positional arguments');
  });

  test.for<[string, unknown]>([
    ['null', null],
    ['an array', [1]],
    ['a string', 'a'],
  ])('named arguments that are %s', ([received, named]) => {
    expect(() => matchNamed(delayedPrint, named as Record<string, unknown>)).toThrow(`received ${received}`);
  });
});

describe('of a function with bound arguments, the others are named', () => {
  const three = (a: Any, b: Any, c: Any) => [a, b, c];

  test('by bind', () => {
    expect(matchNamed(three.bind(undefined, 1), { b: 2, c: 3 })).toEqual([2, 3]);
    expect(() => matchNamed(three.bind(undefined, 1), { a: 1, b: 2, c: 3 })).toThrow('it has no parameter "a"');
  });

  test('by partial, twice over', () => {
    expect(matchNamed(partial(partial(three, 1), 2), { c: 3 })).toEqual([3]);
  });

  test('but a rest parameter stays', () => {
    expect(
      matchNamed(
        partial((...all: Any[]) => all, 1, 2),
        { all: [3] },
      ),
    ).toEqual([3]);
  });
});

test('the names of a function that is only loaded in a thread are matched there', () => {
  const { render } = fromModule<{ render(row: string): string }>(new URL('file:///app/report.js'));
  expect(isMatchedInThread(render)).toBe(true);
  expect(isMatchedInThread(partial(render, 'a'))).toBe(true);
  expect(isMatchedInThread((a: Any) => a)).toBe(false);
});
