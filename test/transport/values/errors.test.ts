import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { TaskTimeoutError, ThreadExitedError } from '../../../src/errors.js';
import { bareError, encodeError, withCallerStack } from '../../../src/transport/values/errors.js';
import { type Arrived, boundary } from './crossing.js';

class HttpError extends Error {
  status = 404;
  override name = 'HttpError';
}
class NotFound extends HttpError {
  describe() {
    return `${this.status} ${this.message}`;
  }
}
class Coded extends RangeError {
  static {
    Coded.prototype.name = 'Coded';
  }
}

const here = boundary();
const report = (thrown: unknown, at = here): Arrived => at.receive(encodeError(thrown, at.options));

function thrownBy(run: () => unknown): Arrived {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw');
}

test('what has only its words and its stack goes as it is', () => {
  const packed = (error: unknown) => encodeError(error, here.options).packed;
  expect([new Error('a'), new TypeError(), new RangeError('')].map(packed)).toEqual([false, false, false]);
  const renamed = Object.defineProperty(new Error('a'), 'message', { enumerable: true });
  const others = [
    new HttpError('a'),
    Object.assign(new Error('a'), { code: 1 }),
    new Error('a', { cause: 1 }),
    new AggregateError([]),
    renamed,
  ];
  expect(others.map(packed)).toEqual(others.map(() => true));
});

test('a name that throws keeps no error from coming home as itself', () => {
  class Nameless extends Error {
    override get name(): string {
      throw new RangeError('no name');
    }
  }
  const own = Object.defineProperty(new TypeError('kept'), 'name', { get: () => new Nameless().name });
  expect([report(new Nameless('kept')).message, report(own).message]).toEqual(['kept', 'kept']);
});

describe('an error comes home whole', () => {
  const errors: [string, () => Error][] = [
    ['Error', () => new Error('a')],
    ['TypeError', () => new TypeError('a')],
    ['one without a message', () => new Error()],
    ['SyntaxError of the engine', () => thrownBy(() => JSON.parse('{'))],
    ['ENOENT of fs', () => thrownBy(() => readFileSync('/nowhere'))],
    ['one of Node with a code', () => thrownBy(() => Buffer.alloc('a' as never))],
    ['AssertionError', () => thrownBy(() => assert.deepStrictEqual({ a: 1 }, { a: 2 }))],
    ['one of the user', () => new NotFound('no page')],
    ['one of this library', () => new TaskTimeoutError('late')],
    ['one of this library with properties', () => new ThreadExitedError('gone', { exitCode: 3 })],
    ['AggregateError', () => new AggregateError([new TypeError('a'), 1], 'both')],
    ['one with a cause', () => new Error('a', { cause: new RangeError('b', { cause: 'c' }) })],
    ['a frozen one', () => Object.freeze(Object.assign(new Error('a'), { code: 'X' }))],
    ['one with a name of its own', () => Object.assign(new Error('a'), { name: 'Custom' })],
    [
      'stack overflow',
      () =>
        thrownBy(function f(): unknown {
          return [f()];
        }),
    ],
  ];
  test.each(errors)('%s', (_, make) => {
    const error = make();
    const arrived = report(error);
    const { generatedMessage: _g, ...rest } = { ...error } as Record<string, unknown>;
    expect(arrived).toBeInstanceOf(Error);
    expect([arrived.name, arrived.message, arrived.stack]).toEqual([error.name, error.message, error.stack]);
    expect(arrived).toMatchObject(rest);
    expect(Object.keys(arrived).sort()).toEqual(Object.keys(error).sort());
    for (const key of ['message', 'stack', 'cause', 'errors']) {
      expect([key, Object.hasOwn(arrived, key), Object.getOwnPropertyDescriptor(arrived, key)?.enumerable]).toEqual([
        key,
        Object.hasOwn(error, key),
        Object.hasOwn(error, key) ? false : undefined,
      ]);
    }
    expect(arrived.cause).toEqual(error.cause);
  });
  test.each([
    ['the user', new NotFound('a')],
    ['this library', new ThreadExitedError('a')],
    ['the language', new URIError('a')],
    ['node:assert', new assert.AssertionError({ message: 'a' })],
  ])('its class is that of %s', (_, error) => {
    expect(Object.getPrototypeOf(report(error))).toBe(Object.getPrototypeOf(error));
  });
  test('methods work', () => expect(report(new NotFound('page')).describe()).toBe('404 page'));
  test('errors inside AggregateErrors and causes keep their classes', () => {
    const arrived = report(new AggregateError([new NotFound('a')], 'all', { cause: new TypeError('b') }));
    expect(arrived.errors[0]).toBeInstanceOf(NotFound);
    expect(arrived.cause).toBeInstanceOf(TypeError);
  });
  test('cyclic causes', () => {
    const error: Arrived = new Error('a');
    error.cause = new Error('b', { cause: error });
    error.self = error;
    const arrived = report(error);
    expect(arrived.cause.cause).toBe(arrived);
    expect(arrived.self).toBe(arrived);
  });
  test('an abort is the DOMException that it was', () => {
    const arrived = report(new DOMException('stop', 'AbortError'));
    expect(arrived).toBeInstanceOf(DOMException);
    expect([arrived.name, arrived.code, arrived.message]).toEqual(['AbortError', 20, 'stop']);
    expect(arrived.stack).toContain('errors.test.ts');
    expect(report(thrownBy(() => AbortSignal.abort().throwIfAborted())).name).toBe('AbortError');
    expect(report({ nested: [new DOMException('late', 'TimeoutError')] }).nested[0].name).toBe('TimeoutError');
  });
  test('errors of old code, whose prototype is that of Error itself, or inherits from it', () => {
    function Bad(this: { message: string }): void {
      this.message = 'bad';
    }
    Bad.prototype = Error.prototype;
    const old: Arrived = report(Reflect.construct(Bad, []));
    expect([old instanceof Error, old.constructor, old.message]).toEqual([true, Error, 'bad']);
    expect(report(new Error('a later one')).message).toBe('a later one');
  });
  test('what a class of old code makes stays an Error where that class cannot cross', () => {
    function Bad(this: { message: string }): void {
      this.message = 'bad';
    }
    Bad.prototype = Object.create(TypeError.prototype, { constructor: { value: Bad } });
    const there = boundary();
    there.refuse(Bad);
    const old: Arrived = report(Reflect.construct(Bad, []), there);
    expect([old instanceof TypeError, old.constructor, old.message, Object.keys(old)]).toEqual([true, TypeError, 'bad', ['message']]);
  });
  test('ten megabytes of message', () => expect(report(new Error('x'.repeat(1e7))).message).toHaveLength(1e7));
});

describe('what cannot cross is left out, the rest arrives', () => {
  test('properties', () => {
    const shared = { a: 1 };
    const error = Object.assign(new Error('a'), {
      code: 'E',
      before: shared,
      request: new net.Socket(),
      promise: Promise.resolve(),
      symbol: Symbol('x'),
      deep: { list: [shared, new WeakMap()] },
      after: shared,
    });
    const arrived = report(error);
    expect(Object.keys(arrived)).toEqual(['code', 'before', 'after']);
    expect(arrived.after).toBe(arrived.before);
  });
  test('getters that throw', () => {
    const error = Object.defineProperties(Object.assign(new Error('a'), { code: 1 }), {
      bad: {
        enumerable: true,
        get() {
          throw new Error('no');
        },
      },
      good: { enumerable: true, get: () => 2 },
    });
    expect({ ...report(error) }).toEqual({ code: 1, good: 2 });
  });
  test('a stack that throws or is no text', () => {
    expect(
      report(
        Object.defineProperty(new Error('a'), 'stack', {
          get() {
            throw new Error('no');
          },
        }),
      ).message,
    ).toBe('a');
    expect(report(Object.assign(new Error('a'), { stack: 5 })).message).toBe('a');
  });
  test('the class: the nearest that can cross, under the old name', () => {
    const there = boundary();
    there.refuse(NotFound);
    expect(report(new NotFound('a'), there)).toBeInstanceOf(HttpError);
    there.refuse(HttpError);
    expect([report(new NotFound('a'), there).constructor, report(new NotFound('a'), there).name]).toEqual([Error, 'HttpError']);
    there.refuse(Coded);
    const arrived = report(new Coded('a'), there);
    expect([arrived.constructor, arrived.name, Object.keys(arrived)]).toEqual([RangeError, 'Coded', []]);
  });
  test('a cause, and properties of causes', () => {
    expect(report(new Error('a', { cause: new WeakMap() })).cause).toBeUndefined();
    expect({ ...report(new Error('a', { cause: Object.assign(new Error('b'), { socket: new net.Socket(), code: 1 }) })).cause }).toEqual({
      code: 1,
    });
  });
  test('something deep that cannot cross is left out, and the depth of the rest is still bounded', () => {
    let deep: unknown = new WeakMap();
    for (let i = 0; i < 1_000; i++) deep = { deep };
    let chain: unknown = { end: parseInt };
    for (let i = 0; i < 20_000; i++) chain = { chain };
    const arrived = here.cross([Object.assign(new Error('a'), { deep, code: 1 }), chain]);
    expect({ ...arrived[0] }).toEqual({ code: 1 });
    let end = arrived[1];
    while (end.chain !== undefined) end = end.chain;
    expect(end.end).toBe(parseInt);
  });
  test('data of an error in the data of an error, a hundred times', () => {
    let error: Error = new Error('end');
    for (let i = 0; i < 100; i++) error = Object.assign(new Error(`e${i}`), { data: { error } });
    expect(report(error).data.error.data.error.message).toBe('e97');
  });
});

describe('what is thrown need not be an error', () => {
  test.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'no'],
    ['a number', 0],
    ['NaN', NaN],
    ['a plain object', { code: 1 }],
    ['an array', [1]],
    ['a registered symbol', Symbol.for('x')],
    ['a function', parseInt],
  ])('%s', (_, thrown) => {
    expect(report(thrown)).toEqual(thrown);
  });
  test.each([
    ['a unique symbol', Symbol('x'), 'error'],
    ['a promise', Promise.resolve(), 'error'],
    ['an object with a socket', { a: { socket: new net.Socket() } }, 'error.a.socket'],
  ])('%s: the reason arrives why it could not', (_, thrown, path) => {
    expect(report(thrown)).toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path });
  });
  test('a proxy that throws at every touch', () => {
    const angry = new Proxy(
      {},
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
        },
      ),
    );
    expect(report(angry)).toBeInstanceOf(Error);
    expect(here.receive(bareError(angry))).toBeInstanceOf(Error);
  });
});

test('the last resort carries the words', () => {
  const arrived: Arrived = here.receive(bareError(new NotFound('page')));
  expect([arrived.message, arrived.name]).toEqual(['page', 'HttpError']);
  expect(here.receive(bareError(Symbol('x')))).toMatchObject({ message: 'Symbol(x)' });
});

describe('the stack of a task that failed', () => {
  const callerFrames = 'Error: ignored\n    at caller (file:///app/main.js:3:5)\n    at main (file:///app/main.js:9:1)';
  test('has the frames of the task, then those of the caller', () => {
    const error = report(new NotFound('page'));
    const before = error.stack;
    const { stack } = withCallerStack(error, callerFrames);
    expect(stack.slice(0, before.length + 1)).toBe(`${before}\n`);
    expect(stack.split('\n').slice(-2)).toEqual(['    at caller (file:///app/main.js:3:5)', '    at main (file:///app/main.js:9:1)']);
    expect(Object.keys(error)).not.toContain('stack');
  });
  test('is added to DOMExceptions, and to nothing that is no error', () => {
    expect(withCallerStack(report(new DOMException('a', 'AbortError')), callerFrames).stack).toContain('at caller');
    expect(withCallerStack(null, callerFrames)).toBe(null);
    expect(withCallerStack('text', callerFrames)).toBe('text');
    expect(withCallerStack({ a: 1 }, callerFrames)).toEqual({ a: 1 });
  });
  test('stays as it is where no frames were kept, or the error is frozen', () => {
    const error = new Error('a');
    const { stack } = error;
    expect(withCallerStack(error, undefined).stack).toBe(stack);
    expect(withCallerStack(Object.freeze(error), callerFrames).stack).toBe(stack);
  });
});
