/**
 * What cannot cross says what it is, where it stands, and what to do about it.
 */
import { EventEmitter } from 'node:events';
import { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { FunctionNotSendableError, ValueNotSendableError } from '../../../src/errors.js';
import { encode, encodeCall } from '../../../src/transport/values/encode.js';
import { type Arrived, boundary } from './crossing.js';

class Vault {
  #secret = 1;
  open() {
    return this.#secret;
  }
}
class Safe extends Vault {}
class Colors {
  /* not private: #comment */
  red = '#f00';
  static #count = 0;
  count() {
    return Colors.#count;
  }
  inner() {
    return class {
      #x = 1;
      x() {
        return this.#x;
      }
    };
  }
}
const state: unique symbol = Symbol('state');
class Hidden {
  [state] = 1;
}
class MySocket extends net.Socket {}
class Local {}
class Encoding {
  __wbg_ptr = 1_114_120; // as wasm-bindgen writes it (tiktoken)
}

function refusal(value: unknown, options = boundary().options): ValueNotSendableError {
  try {
    encode(value, options);
  } catch (error) {
    return error as ValueNotSendableError;
  }
  throw new Error('It was not refused');
}

function* numbers() {
  yield 1;
}
const revoked = Proxy.revocable({}, {});
revoked.revoke();
/** A real one: Vitest wraps what it imports. */
const os = createRequire(import.meta.url)('../../../node_modules/acorn/dist/acorn.mjs') as object;

const unsendable: [string, unknown, RegExp][] = [
  ['a socket', new net.Socket(), /(?:a Socket holds native state|it can move).*open it inside the function/],
  ['a subclass of a socket', new MySocket(), /native state|it can move/],
  ['a stream', Readable.from([]), /a Readable holds native state/],
  ['a promise', Promise.resolve(), /promise.*; await it first$/],
  ['a WeakMap', new WeakMap(), /a WeakMap cannot be read/],
  ['a WeakSet', new WeakSet(), /a WeakSet/],
  ['a WeakRef', new WeakRef({}), /a WeakRef/],
  ['a generator object', numbers(), /generator/],
  ['an iterator', [1][Symbol.iterator](), /cannot be copied|native state/],
  ['a Map iterator', new Map().keys(), /iterator/],
  ['a unique symbol', Symbol('mine'), /unique symbol.*Symbol\.for\(\)$/],
  ['a boxed symbol', Object(Symbol.iterator), /symbol/],
  ['what only has the prototype of an Intl object', Object.create(Intl.NumberFormat.prototype), /NumberFormat holds native state/],
  ['an instance of a subclass of one', new (class Money extends Intl.NumberFormat {})(), /NumberFormat holds native state/],
  ['a MessagePort', new MessageChannel().port1, /wrap it in transfer\(\)/],
  ['a ReadableStream', new ReadableStream(), /transfer\(\)/],
  ['an AbortSignal', new AbortController().signal, /run\.with\(\{ signal \}\).*transfer\(signal|currentThread\(\)\.signal/],
  ['a module namespace', os, /module namespace/],
  ['an instance with private state', new Vault(), /Vault keeps state in private #names/],
  ['an instance whose base has private state', new Safe(), /Vault keeps state in private/],
  ["an instance of a WebAssembly module's class", new Encoding(), /an Encoding holds WebAssembly memory of its own thread; open it inside/],
  ['an instance with state under a symbol of its own', new Hidden(), /Hidden keeps state under Symbol\(state\)/],
  [
    'a getter that throws',
    {
      get x() {
        throw new Error('no');
      },
    }.constructor &&
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no');
          },
        },
      ),
    /cannot be read|throws/,
  ],
  ['a revoked proxy', revoked.proxy, /revoked/],
  ['a proxy of a Map', new Proxy(new Map(), {}), /proxy of an object with insides/],
  [
    'an object without a class, whose prototype computes',
    Object.create({
      get now() {
        return 1;
      },
    }),
    /no class leads to its prototype/,
  ],
  ['a Response', new Response(''), /Response/],
  [
    'a request that came in',
    new IncomingMessage(new net.Socket()),
    /an IncomingMessage holds native state.*read what the function needs of it first/,
  ],
];

describe('refused with its path, wherever it stands', () => {
  test.each(unsendable)('%s', (_, value, words) => {
    const error = refusal([1, { rows: [0, 1, 2, { socket: value }] }]);
    expect(error).toBeInstanceOf(ValueNotSendableError);
    expect(error.path).toBe('args[1].rows[3].socket');
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/^Cannot send args\[1\]\.rows\[3\]\.socket across threads: /);
    expect(error.code).toBe('ERR_VALUE_NOT_SENDABLE');
  });
  test.each(unsendable)('%s, captured', (_, value) => {
    const here = boundary();
    const fn = here.capturing(
      function handler() {},
      () => [
        { name: 'a', value: 1 },
        { name: 'db', value: { socket: value } },
      ],
      () => () => {},
    );
    const attempt = () => encodeCall(fn, here.describe(fn), [], here.options);
    expect(attempt).toThrow(FunctionNotSendableError);
    expect(attempt).toThrow(expect.objectContaining({ path: 'closure of handler → db → socket' }));
  });
});

describe('paths', () => {
  const promise = Promise.resolve();
  const paths: [unknown, string][] = [
    [promise, 'args'],
    [{ 'a-b': promise }, 'args["a-b"]'],
    [{ 0: promise }, 'args[0]'],
    [{ [Symbol.for('k')]: promise }, 'args[Symbol(k)]'],
    [new Map([['key', { a: promise }]]), 'args.get("key").a'],
    [new Map([[{}, promise]]), 'args.values()[0]'],
    [new Map([[promise, 1]]), 'args.keys()[0]'],
    [new Set([1, promise]), 'args.values()[1]'],
    [Object.assign([1], { extra: promise }), 'args.extra'],
    [Object.assign(new Map(), { extra: promise }), 'args.extra'],
  ];
  test.each(paths)('%o', (value, path) => expect(refusal(value).path).toBe(path));

  test('a function that cannot cross is named where it stands', () => {
    const here = boundary();
    const fn = () => {};
    here.refuse(fn);
    const error = refusal([{ on: fn }], here.options);
    expect(error).toBeInstanceOf(ValueNotSendableError);
    expect(error.path).toBe('args[0].on');
    expect(error.message).toBe('Cannot send args[0].on across threads: no way leads to it; export it from a module');
  });
  test('what a function among the arguments captures', () => {
    const here = boundary();
    const inner = here.capturing(
      function inner() {},
      () => [{ name: 'db', value: [{ socket: promise }] }],
      () => () => {},
    );
    const outer = here.capturing(
      function outer() {},
      () => [{ name: 'inner', value: inner }],
      () => () => {},
    );
    expect(refusal([{ on: inner }], here.options).path).toBe('args[0].on → db → 0 → socket');
    expect(() => encodeCall(outer, here.describe(outer), [], here.options)).toThrow(
      expect.objectContaining({ path: 'closure of outer → inner → db → 0 → socket' }),
    );
    expect(() => encodeCall(outer, here.describe(outer), [promise], here.options)).toThrow();
  });
  test('an argument of a function that captures has the path of an argument', () => {
    const here = boundary();
    const fn = here.capturing(
      function fn() {},
      () => [{ name: 'a', value: {} }],
      () => () => {},
    );
    expect(() => encodeCall(fn, here.describe(fn), [1, { p: promise }], here.options)).toThrow(
      expect.objectContaining({ path: 'args[1].p', code: 'ERR_VALUE_NOT_SENDABLE' }),
    );
  });
  test('the class of an instance', () => {
    const here = boundary();
    here.refuse(Local);
    expect(refusal([new Local()], here.options).message).toBe(
      'Cannot send args[0] across threads: an instance of Local, whose class cannot cross: no way leads to it; export it from a module',
    );
    class Client {}
    here.capturing(
      Client,
      () => [{ name: 'agent', value: promise }],
      () => Client,
    );
    expect(refusal([new Client()], here.options).path).toBe('args[0] → class Client → agent');
  });
  test('a getter that throws, with what it threw as the cause', () => {
    const cause = new Error('no');
    const error = refusal([
      {
        a: {
          get b() {
            throw cause;
          },
        },
      },
    ]);
    expect([error.path, error.cause]).toEqual(['args[0].a.b', cause]);
  });
  test('a very deep one, shortened', () => {
    let deep: unknown = { socket: promise };
    for (let i = 0; i < 5_000; i++) deep = { next: deep };
    const { path } = refusal(deep);
    expect(path).toMatch(/^args\.next\.next.* … .*\.next\.socket$/);
    expect(path.length).toBeLessThan(400);
  });
});

describe('not refused', () => {
  test('a # in a string or a comment, static private state, private state of an inner class', () => {
    expect(boundary().cross([new Colors()])[0].count()).toBe(0);
  });
  test('a proxy of plain data arrives as the data', () => {
    const { cross } = boundary();
    expect(cross([new Proxy({ a: 1, b: { c: 1 } }, {}), new Proxy([1, 2], {})])).toEqual([{ a: 1, b: { c: 1 } }, [1, 2]]);
    expect(
      cross(
        new Proxy(
          {},
          { get: () => 5, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: 5, enumerable: true, configurable: true }) },
        ),
      ),
    ).toEqual({ a: 5 });
  });
  test('`arguments` arrives as an array', () => {
    const list = boundary().cross(
      (function (..._: number[]) {
        // biome-ignore lint/complexity/noArguments: it is what is sent
        return arguments;
      })(1, 2),
    );
    expect([...list]).toEqual([1, 2]);
  });
  test('what cannot be copied, where the thread has it by itself', () => {
    const here = boundary();
    const values = [
      { exports() {} },
      new WeakMap(),
      os,
      new Proxy({}, {}),
      new net.Socket(),
      Object.assign(Object.create(null), { [Symbol.toStringTag]: 'Module' }),
    ];
    const known = new Map(values.map((value) => [value, here.shared(value)]));
    const arrived = here.receive(encode({ values }, { ...here.options, describeObject: (value) => known.get(value) }));
    for (const [i, value] of values.entries()) expect(arrived.values[i]).toBe(value);
  });
  test('an emitter that is no more than one', () => {
    expect(boundary().cross([new EventEmitter()])[0]).toBeInstanceOf(EventEmitter);
  });
});

test('a task that returns it is told what a task can do', () => {
  const back = { ...boundary().options, rootPath: 'result' };
  expect(refusal({ db: new net.Socket() }, back).message).toMatch(
    /^Cannot send result\.db across threads: .*(?:; return plain data instead|transfer\(\))/,
  );
  expect(refusal({ db: new Vault() }, back).message).toMatch(/; return plain data instead$/);
  expect(refusal({ rows: Promise.resolve() }, back).message).toMatch(/; await it first$/);
});

test('a refusal leaves nothing behind: the same value without the culprit crosses', () => {
  const value: Arrived = { list: [{ f: parseInt }], promise: Promise.resolve() };
  expect(refusal(value).path).toBe('args.promise');
  delete value.promise;
  expect(boundary().cross(value).list[0].f).toBe(parseInt);
});
