import { explain } from 'run-in-executor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/transport/describe/explain.js';
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
  expect({ way, from }).toEqual({ way: 'value', from: expect.stringMatching(/explained\.mjs:11:10$/) as string });
  expect(captures).toContainEqual({ name: 'rows', way: 'value', bytes: expect.any(Number) as number });
  expect(captures[0]?.bytes).toBeGreaterThan(2000);
  expect(text).toContain('  rows: by value, 2.0 KiB');
});

test('no getter of what is captured is run, in objects that have methods and in plain ones', () => {
  let reads = 0;
  const plain = {
    get read() {
      return ++reads;
    },
  };
  const withMethods = {
    get read() {
      return ++reads;
    },
    method() {},
  };
  const { way, captures } = explain(() => [plain.read, withMethods.read, withMethods.method]);
  expect([way, captures.map(({ name }) => name), reads]).toEqual(['value', ['plain', 'withMethods'], 0]);
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

describe('every kind of function', () => {
  let kinds: Record<string, Explanation & { text: string; error?: string }>;
  beforeAll(() => {
    kinds = run('explain-kinds.mjs').crossed as unknown as typeof kinds;
  });

  test.each<[kind: string, way: string, from: RegExp, captures: Record<string, string>]>([
    ['builtin', 'name', /^node:zlib#gzipSync$/, {}],
    ['global', 'name', /^globalThis#JSON\.parse$/, {}],
    ['method', 'name', /^globalThis#Array\.prototype\.slice$/, {}],
    ['exported', 'reference', /report\.mjs#render$/, {}],
    ['closure', 'value', /explain-kinds\.mjs:\d+:\d+$/, { rows: 'value' }],
    ['generator', 'value', /explain-kinds\.mjs:\d+:\d+$/, { rows: 'value' }],
    ['member', 'value', /explain-kinds\.mjs:\d+:\d+$/, { rows: 'value' }],
    ['generated', 'value', /^generated code$/, {}],
    ['bound', 'reference', /report\.mjs#render$/, { 'bound argument 1': 'value' }],
    ['proxy', 'reference', /report\.mjs#render$/, { handler: 'value' }],
    ['partial', 'reference', /report\.mjs#render$/, { 'bound argument 1': 'value' }],
    ['callback', 'reference', /^the calling thread$/, {}],
    ['fromModule', 'reference', /report\.mjs#render$/, {}],
    ['imports', 'value', /explain-kinds\.mjs/, {}],
    ['reader', 'value', /explain-kinds\.mjs/, { count: 'value' }],
    ['sharers', 'value', /explain-kinds\.mjs/, { increment: 'value', read: 'value' }],
    ['memory', 'value', /explain-kinds\.mjs/, { shared: 'value' }],
    ['context', 'value', /explain-kinds\.mjs/, { store: 'reference' }],
  ])('%s crosses by %s', (kind, way, from, captures) => {
    const explained = kinds[kind] as Explanation;
    expect(explained.problem).toBeUndefined();
    expect(explained).toMatchObject({ way, from: expect.stringMatching(from) as string });
    expect(Object.fromEntries(explained.captures.map((each) => [each.name, each.way]))).toEqual(captures);
  });

  test.each(['memory', 'moving'])('%s is not copied, and does not count', (kind) => {
    expect(kinds[kind]?.captures[0]?.bytes).toBeLessThan(200);
  });

  test.each<[kind: string, problem: RegExp]>([
    ['server', /its server: .*closure of handler → server.*a Server holds native state/],
    ['deep', /its deep: .*closure of outer → deep → server/],
    ['promise', /a promise belongs to its own thread; await it first/],
    ['getter', /→ broken.*reading it throws/],
    ['private', /the private name #count of a class around it/],
    ['hiddenNative', /a native function that no name reaches/],
    ['revoked', /a proxy, whose traps nobody can read; send the function that it stands for/],
  ])('%s cannot, and the error of a call says the same', (kind, words) => {
    const { way, problem = '', text, error } = kinds[kind] as Explanation & { text: string; error: string };
    expect(way).toBe('none');
    expect(problem).toMatch(words);
    expect(text).toContain(problem);
    // The one starts with what it is about, the other with the variable that is to blame.
    expect(error).toContain(problem.replace(/^its [^:]+: /, ''));
  });

  test('what is no function is told so', () => {
    expect(kinds.nothing?.text).toBe('TypeError: Cannot explain what is not a function: received a number');
  });
});
