import { beforeAll, expect, test } from 'vitest';
import type { Explanation } from '../../../src/transport/functions/explain.js';
import { run } from './program.js';

let explained: Record<string, Explanation & { text: string }>;
beforeAll(() => {
  explained = run('explained.mjs').crossed as unknown as typeof explained;
});

test('a function by name says which', () => {
  expect(explained.name).toMatchObject({ way: 'name', from: 'node:zlib#gzipSync', captures: [] });
  expect(explained.name?.text).toMatch(/crosses by name: node:zlib#gzipSync$/);
});

test('a function by reference says from where', () => {
  expect(explained.reference).toMatchObject({
    way: 'reference',
    from: expect.stringMatching(/^file:.*report\.mjs#render$/) as string,
    captures: [],
  });
});

test('a function by value says where it was written, what it captures, and how large that is', () => {
  const { way, from, captures, text } = explained.value as Explanation & { text: string };
  expect({ way, from }).toEqual({ way: 'value', from: expect.stringMatching(/explained\.mjs:13:10$/) as string });
  expect(captures).toContainEqual({ name: 'rows', way: 'value', bytes: expect.any(Number) as number });
  expect(captures[0]?.bytes).toBeGreaterThan(2000);
  expect(text).toContain('  rows: by value, 2.0 KiB');
});

test('a function that cannot cross says what is in the way', () => {
  expect(explained.none).toMatchObject({
    way: 'none',
    captures: [{ name: 'server', way: 'none', problem: expect.any(String) as string }],
  });
  expect(explained.none?.text).toContain('handler cannot cross to a thread: its server');
});

test('of a partial, the target is explained, and what is bound is what it captures', () => {
  expect(explained.partial).toMatchObject({
    way: 'reference',
    captures: [{ name: 'bound argument 1', way: 'value', bytes: expect.any(Number) as number }],
  });
});
