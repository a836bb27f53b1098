import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AnyFunction } from '../../../src/transport/any-function.js';
import { disprove, describe as look } from '../../../src/transport/describe/describe.js';
import { fingerprint } from '../../../src/transport/functions/fingerprint.js';
import { functionOf } from '../../../src/transport/functions/ids.js';
import { pathTo } from '../../../src/transport/functions/members.js';

test('the same function is described once, and another under another number', () => {
  expect(look(JSON.parse)).toBe(look(JSON.parse));
  expect(look(JSON.parse).id).not.toBe(look(JSON.stringify).id);
});

test('a number leads back to its function', () => {
  expect(functionOf(look(Math.hypot).id)).toBe(Math.hypot);
});

test('a function that no thread found where it was said to be is described another way', () => {
  const { id, description } = look(join);
  expect(description.way).toBe('name');
  disprove(id);
  expect(() => look(join, 'reference')).toThrow('a function that a thread does not find as node:path#join');
});

test('disproving what is unknown does nothing', () => {
  expect(() => disprove(-1)).not.toThrow();
});

test('no code of the function, of its proxy or of its name runs', () => {
  let ran = 0;
  const count = (): number => ran++;
  const withName = Object.defineProperty(() => 1, 'name', { get: count });
  const trapped = new Proxy(() => 1, { get: count, has: () => count() > 0, apply: count });
  const { proxy, revoke } = Proxy.revocable(() => 1, {});
  revoke();
  for (const fn of [withName, trapped, proxy]) {
    try {
      look(fn, 'reference');
    } catch {
      // Whether they can cross is not the question here.
    }
  }
  expect(ran).toBe(0);
});

test('functions of one text have one fingerprint, whatever their toString says', () => {
  const make = (): AnyFunction => () => 1;
  expect(fingerprint(make())).toBe(fingerprint(make()));
  expect(fingerprint(Object.assign(make(), { toString: () => 'other' }))).toBe(fingerprint(make()));
  expect(fingerprint(() => 1)).not.toBe(fingerprint(() => 2));
});

const shared = () => 1;
class Holder {
  static held = shared;
  kept() {
    return 1;
  }
}

test.for<[string, unknown, AnyFunction, readonly string[] | undefined]>([
  ['the object itself', shared, shared, []],
  ['a member', { shared }, shared, ['shared']],
  ['a member by another name', { other: shared }, shared, ['other']],
  ["a member's member", { tools: { shared } }, shared, ['tools', 'shared']],
  ['a static member', { Holder }, Holder.held, ['Holder', 'held']],
  ['a method', { Holder }, Holder.prototype.kept, ['Holder', 'prototype', 'kept']],
  ['behind a getter that calls nothing', Object.defineProperty({}, 'got', { get: () => shared }), shared, ['got']],
  ['behind one that calls', Object.defineProperty({}, 'got', { get: () => Object(shared) as unknown }), shared, undefined],
  ['deeper than users name things', { a: { b: { c: shared } } }, shared, undefined],
  ['in state: a Map', { registry: new Map([['a', shared]]) }, shared, undefined],
  ['in state: an instance', { instance: Object.assign(new Holder(), { shared }) }, shared, undefined],
  ['in nothing', undefined, shared, undefined],
])('a function is found as %s', ([, root, fn, path]) => {
  expect(pathTo(root, fn)).toEqual(path);
});
