import { expect, test } from 'vitest';
import { askInside, stopInside } from '../../../src/transport/inspect/pause.js';

test('a function that stands at its entry for long is not interrupted, and its body does not run', () => {
  let ran = 0;
  let value: unknown = 'as it was';
  const fn = (): unknown => {
    ran++;
    value = 'changed';
    return value;
  };
  let seen: unknown;
  stopInside(fn, (evaluate) => {
    evaluate('value = "marked"');
    // A second was the limit once: what came behind it was ended by V8, and the variable stayed marked.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100);
    seen = evaluate('value')?.value;
    evaluate('value = "as it was"');
  });
  expect({ ran, value, seen }).toEqual({ ran: 0, value: 'as it was', seen: 'marked' });
});

test('a function that takes the rest of an array stops, too', () => {
  const make = function (this: unknown): (all: number[]) => unknown {
    return ([first, ...others]) => [this, first, others];
  };
  const home = { name: 'home' };
  expect(askInside(make.call(home), ['this']).get('this')).toBe(home);
});
