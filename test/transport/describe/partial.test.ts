import { describe, expect, test } from 'vitest';
import type { AnyFunction } from '../../../src/transport/any-function.js';
import { describe as look } from '../../../src/transport/describe/describe.js';
import { partial } from '../../../src/transport/describe/partial.js';
import type { BoundFunction } from '../../../src/transport/protocol.js';
import { rebuildBound } from '../../../src/transport/rebuild/bound.js';

const join = (...parts: unknown[]) => parts.join(' ');

/** As a thread does, without one. */
function rebuilt(fn: AnyFunction): AnyFunction {
  const { description, captures } = look(fn);
  const { fn: shell, fill } = rebuildBound(description as BoundFunction);
  fill(captures?.().map(({ value }) => value) ?? []);
  return shell;
}

test('a partial called here gets what is bound, then the rest', () => {
  expect(partial(join, 1, 2)(3)).toBe('1 2 3');
  expect(partial(join, 1).name).toBe('join');
});

test('named arguments can be bound', () => {
  const print = (mes: string, sec = 1) => `${mes} ${sec}`;
  expect(partial.named(print, { sec: 3, mes: '333' })()).toBe('333 3');
  expect(() => partial.named(print, { second: 3 })).toThrow('it has no parameter "second"');
});

test.for([undefined, null, 'join'])('binding arguments to %s is a TypeError', (what) => {
  expect(() => partial(what as unknown as AnyFunction)).toThrow(TypeError);
});

describe('a function with bound arguments crosses as its parts', () => {
  test('target, this and arguments', () => {
    const captures = look(partial(join, 1)).captures?.();
    expect(captures).toEqual([
      { name: 'target', value: join },
      { name: 'this', value: undefined },
      { name: 'bound argument 1', value: 1 },
    ]);
    const self = { a: 1 };
    expect(look(join.bind(self, 2)).captures?.()).toEqual([
      { name: 'target', value: join },
      { name: 'this', value: self },
      { name: 'bound argument 1', value: 2 },
    ]);
  });

  test('and is put together again', () => {
    expect(rebuilt(partial(join, 1))(2)).toBe('1 2');
    expect(rebuilt(join.bind(undefined, 1))(2)).toBe('1 2');
    expect(
      rebuilt(
        function (this: { a: number }) {
          return this.a;
        }.bind({ a: 1 }),
      )(),
    ).toBe(1);
  });

  test('a bound class constructs', () => {
    class Point {
      x: number;
      constructor(x: number) {
        this.x = x;
      }
    }
    const Bound = rebuilt(Point.bind(null, 3)) as new () => Point;
    expect(new Bound().x).toBe(3);
  });

  test('all of one name share one description, which crosses once', () => {
    expect(look(partial(join, 1)).id).toBe(look(partial(join, 2)).id);
  });

  test('what was put together in a thread can be sent on', () => {
    expect(rebuilt(rebuilt(partial(join, 1)))(2)).toBe('1 2');
  });
});
