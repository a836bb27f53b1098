import { describe, expect, test } from 'vitest';
import { encode, encodeCall } from '../../../src/transport/values/encode.js';
import { hold } from '../../../src/transport/values/hold.js';
import { type Arrived, boundary, post } from './crossing.js';

const { describe: describeFn, options, receive } = boundary();

class Box {
  value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

describe('a held call does not see later changes', () => {
  const shared = { n: 1 };
  const values: [string, () => Arrived[], (args: Arrived[]) => void][] = [
    [
      'of a flat object',
      () => [{ a: 1 }, 'x'],
      (args) => {
        args[0].a = 2;
      },
    ],
    [
      'of a nested object',
      () => [{ a: { b: [1] } }],
      (args) => {
        args[0].a.b.push(2);
      },
    ],
    [
      'of an array',
      () => [[1, 2]],
      (args) => {
        args[0].push(3);
      },
    ],
    [
      'of a Map',
      () => [new Map([[1, { a: 1 }]])],
      (args) => {
        args[0].get(1).a = 2;
      },
    ],
    [
      'of a Date',
      () => [new Date(1)],
      (args) => {
        args[0].setTime(2);
      },
    ],
    [
      'of bytes',
      () => [new Uint8Array([1])],
      (args) => {
        args[0][0] = 2;
      },
    ],
    [
      'of a Buffer',
      () => [{ buffer: Buffer.alloc(3) }],
      (args) => {
        args[0].buffer[0] = 2;
      },
    ],
    [
      'of a pooled Buffer',
      () => [Buffer.from('abc')],
      (args) => {
        args[0][0] = 2;
      },
    ],
    [
      'of an instance',
      () => [new Box({ list: [1] })],
      (args) => {
        args[0].value.list.push(2);
      },
    ],
    [
      'of bytes in an instance',
      () => [new Box(new Uint8Array([1]))],
      (args) => {
        args[0].value[0] = 2;
      },
    ],
    [
      'of an object that is passed twice',
      () => [shared, shared],
      (args) => {
        args[0].n = 2;
      },
    ],
    [
      'of an error',
      () => [Object.assign(new Error('a'), { data: { a: 1 } })],
      (args) => {
        args[0].data.a = 2;
      },
    ],
    [
      'of the list itself',
      () => [1, 2],
      (args) => {
        args.push(3);
      },
    ],
  ];
  test.each(values)('%s', (_, make, change) => {
    const args = make();
    const held = hold(encode(args, options));
    const expected = receive(encode(make(), options));
    if (_ !== 'of the list itself') change(args);
    expect(receive(held)).toEqual(expected);
    expect(receive(held)).toEqual(expected);
    expect(held.objects).toBe(false);
  });
});

test('what is passed twice is still one object', () => {
  const one = { a: 1 };
  const [first, second] = receive(hold(encode([one, one], options)));
  expect(first).toBe(second);
});

test('primitives are not copied at all', () => {
  const encoded = encodeCall(parseInt, describeFn(parseInt), ['12', 10], options);
  expect(hold(encoded)).toBe(encoded);
});

test('a call that packing has copied already is not copied again', () => {
  const encoded = encode([{ a: { f: parseInt } }, new Date(1)], options);
  expect(encoded.objects).toBe(false);
  expect(hold(encoded)).toBe(encoded);
});

test('holding twice is holding once', () => {
  const held = hold(encode([{ a: { b: 1 } }], options));
  expect(hold(held)).toBe(held);
});

test('a getter is read when the call is held, and never again', () => {
  let n = 0;
  const held = hold(
    encode(
      [
        {
          get n() {
            return ++n;
          },
        },
      ],
      options,
    ),
  );
  const first = post(held) as { n: number }[];
  expect(post(held)).toEqual(first);
});

test('a property called __proto__ stays a property', () => {
  const [arrived] = receive(hold(encode([JSON.parse('{"__proto__": 1}')], options)));
  expect(Object.hasOwn(arrived, '__proto__')).toBe(true);
});

test('a hole is still a hole', () => {
  const holed: unknown[] = [];
  holed[1] = { a: 1 };
  const [arrived] = [receive(hold(encode(holed, options)))];
  expect(0 in arrived).toBe(false);
  expect(arrived[1]).toEqual({ a: 1 });
});
