import { expect, test } from 'vitest';
import { boundary } from './crossing.js';

class Point { constructor(readonly x: number, readonly y: number) {} sum() { return this.x + this.y; } }

test('smoke', () => {
  const b = boundary();
  const p = new Point(1, 2);
  const v: any = { a: [1, { f: parseInt }], b: Buffer.from('hello'), p, q: p, m: new Map<any, any>([[p, 1], ['u', new URL('http://x/')]]), s: Symbol.for('k'), e: Object.assign(new RangeError('no', { cause: p }), { code: 7 }) };
  v.self = v;
  const r = b.cross(v);
  expect(r.self).toBe(r);
  expect(r.p).toBe(r.q);
  expect(r.p.sum()).toBe(3);
  expect(r.b).toEqual(Buffer.from('hello'));
  expect(Buffer.isBuffer(r.b)).toBe(true);
  expect(r.m.get(r.p)).toBe(1);
  expect(r.m.get('u').href).toBe('http://x/');
  expect(r.e).toBeInstanceOf(RangeError);
  expect(r.e.cause).toBe(r.p);
  expect(r.e.code).toBe(7);
  expect(r.e.stack).toBe(v.e.stack);
  expect(r.a[1].f).toBe(parseInt);
});
test('deep', () => {
  const b = boundary();
  let v: any = { f: parseInt };
  for (let i = 0; i < 100_000; i++) v = { next: v, i };
  let r = b.cross(v); let n = 0;
  while (r.next) { r = r.next; n++; }
  expect(n).toBe(100_000);
  expect(r.f).toBe(parseInt);
});
