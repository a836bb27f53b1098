import { expect, test } from 'vitest';
import { ValueNotSendableError } from '../../../src/errors.js';
import { explainCloneFailure } from '../../../src/transport/values/clone-failure.js';
import { type Arrived, post } from './crossing.js';

function failure(payload: unknown): ValueNotSendableError {
  try {
    post({ packed: false, payload, transfer: undefined, descriptions: [], objects: true });
  } catch (error) {
    return explainCloneFailure(payload, 'args', error) as ValueNotSendableError;
  }
  throw new Error('It was posted');
}

test.each([
  ['a function', [1, { rows: [{ f() {} }] }], 'args[1].rows[0].f'],
  ['a promise', [{ 'the key': Promise.resolve() }], 'args[0]["the key"]'],
  ['a symbol', [[Symbol('x')]], 'args[0][0]'],
  ['a function in a Map', [new Map([['k', { f: [() => {}] }]])], 'args[0].get("k").f[0]'],
  ['a function in a Set', [new Set([{ f() {} }])], 'args[0].values()[0].f'],
  ['a function as a key', [new Map([[() => {}, 1]])], 'args[0].keys()[0]'],
  ['the whole', () => {}, 'args'],
])('%s that structured clone refused is found after the fact', (_, payload, path) => {
  const error = failure(payload);
  expect(error).toBeInstanceOf(ValueNotSendableError);
  expect(error.path).toBe(path);
  expect(error.message).toMatch(/^Cannot send .+ across threads: [\s\S]*could not be cloned; /);
  expect((error.cause as Error).name).toBe('DataCloneError');
});

test('a cycle on the way does not mislead it', () => {
  const value: Arrived = { a: {} };
  value.a.back = value;
  value.z = { f() {} };
  expect(failure([value]).path).toBe('args[0].z.f');
});

test('an error of this library needs no explanation', () => {
  const error = new ValueNotSendableError('x', { path: 'args' });
  expect(explainCloneFailure([], 'args', error)).toBe(error);
});
