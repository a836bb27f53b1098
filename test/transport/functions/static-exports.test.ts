import { expect, test } from 'vitest';
import { exportsByPlace } from '../../../src/transport/functions/static-exports.js';
import { type Node, parseFile } from '../../../src/transport/syntax/parse.js';

/** `@` marks where V8 says that the function is. */
test.for<[text: string, path: string | undefined]>([
  ['export function f@(a) {}', 'f'],
  ['export async function* f@(a) {}', 'f'],
  ['export const f = @(a) => {}', 'f'],
  ['export const f = @async (a) => {}', 'f'],
  ['export const f = function@ () {}', undefined],
  ['export const f = function @() {}', 'f'],
  ['function f@() {}\nexport { f as g }', 'g'],
  ["function f@() {}\nexport { f as 'odd name' }", 'odd name'],
  ['export default @() => {}', 'default'],
  ['export default function @() {}', 'default'],
  ['const f = @() => {};\nexport default f', 'default'],
  ['export default { a@() {} }', 'default.a'],
  ['export default { a: @() => {} }', 'default.a'],
  ['const a = @() => {};\nexport const tools = { a }', 'tools.a'],
  ['export @class A {}', 'A'],
  ['export class A { a = 1; constructor@(a) {} }', 'A'],
  ['export class A { static a@() {} }', 'A.a'],
  ['export class A { static a = @() => 1 }', 'A.a'],
  ['export class A { a@() {} }', 'A.prototype.a'],
  ['export class A { a = @() => 1 }', undefined],
  ['export class A { static [a]@() {} }', undefined],
  ['export class A { get a@() {} }', undefined],
  ['function f@() {}', undefined],
  ['export const f = make(@() => {})', undefined],
  ['export function make() { return @() => 1 }', undefined],
])('%s', ([marked, path]) => {
  const offset = marked.indexOf('@');
  const text = marked.replace('@', '');
  expect(
    exportsByPlace(parseFile(text, true) as Node, text)
      .get(offset)
      ?.join('.'),
  ).toBe(path);
});
