import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src/transport/functions/fingerprint.js';
import type { ReferencedFunction } from '../../../src/transport/protocol.js';
import { MissingFunction } from '../../../src/transport/rebuild/missing.js';
import { descriptionOf, forget, load, rebuild } from '../../../src/transport/rebuild/table.js';

const folder = mkdtempSync(join(tmpdir(), 'table-'));
let last = 1_000_000;

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
}

const imported = (module: string, ...path: string[]): ReferencedFunction => ({ way: 'reference', module, path, loader: 'import' });
const required = (module: string, ...path: string[]): ReferencedFunction => ({ way: 'reference', module, path, loader: 'require' });

test('a name and a required module load at once, an imported one by a promise', async () => {
  expect(load(++last, { way: 'name', path: ['globalThis', 'JSON', 'parse'] })).toBeUndefined();
  expect(rebuild(last).fn).toBe(JSON.parse);
  expect(load(++last, required(written('a.cjs', 'exports.one = () => 1'), 'one'))).toBeUndefined();
  expect(rebuild(last).fn()).toBe(1);
  const loading = load(++last, imported(written('b.mjs', 'export const two = () => 2'), 'two'));
  expect(loading).toBeInstanceOf(Promise);
  await loading;
  expect(rebuild(last).fn()).toBe(2);
});

test('a function that captures nothing is the same at each call', () => {
  load(++last, { way: 'name', path: ['node:path', 'join'] });
  expect(rebuild(last)).toBe(rebuild(last));
});

test('names that import does not see in a CommonJS module are found in its default export', async () => {
  await load(++last, imported(written('c.cjs', "module.exports['a' + 'b'] = () => 3"), 'ab'));
  expect(rebuild(last).fn()).toBe(3);
});

describe('what is not there is a MissingFunction with its id', () => {
  const here = written('here.mjs', 'export const three = () => 3; export const four = 4');

  test.for<[string, ReferencedFunction]>([
    ['an unknown export', imported(here, 'five')],
    ['an export that is no function', imported(here, 'four')],
    ['a member of nothing', imported(here, 'five', 'six')],
    ['another function', { ...imported(here, 'three'), source: fingerprint(() => 4) }],
    ['a CommonJS module that is gone', required(new URL('gone.cjs', here).href, 'a')],
  ])('%s', async ([, description]) => {
    const id = ++last;
    const failure: unknown = await attempt(() => load(id, description));
    expect(failure).toBeInstanceOf(MissingFunction);
    expect((failure as MissingFunction).id).toBe(id);
  });

  test('the same function is found', async () => {
    await load(++last, { ...imported(here, 'three'), source: fingerprint(() => 3) });
    expect(rebuild(last).fn()).toBe(3);
  });
});

describe('what a module throws as it loads comes out as it is', () => {
  test.for<[string, ReferencedFunction]>([
    ['imported', imported(written('throws.mjs', "throw new RangeError('mine')"), 'a')],
    ['required', required(written('throws.cjs', "throw new RangeError('mine')"), 'a')],
  ])('%s', async ([, description]) => {
    expect(await attempt(() => load(++last, description))).toMatchObject({ name: 'RangeError', message: 'mine' });
  });

  test('its own missing imports too', async () => {
    const failure = await attempt(() => load(++last, imported(written('lacks.mjs', "import './nowhere.mjs'"), 'a')));
    expect(failure).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
    expect(await attempt(() => load(++last, required(written('lacks.cjs', "require('./nowhere.cjs')"), 'a')))).toMatchObject({
      code: 'MODULE_NOT_FOUND',
    });
  });
});

test('a forgotten function has to be loaded again', () => {
  load(++last, { way: 'name', path: ['node:path', 'join'] });
  forget([last]);
  expect(() => rebuild(last)).toThrow('This is a bug in run-in-executor');
});

test('a loaded function goes home under its own number', () => {
  load(++last, { way: 'name', path: ['node:path', 'dirname'] });
  expect(descriptionOf(rebuild(last).fn)?.id).toBe(last);
  expect(descriptionOf(() => 1)).toBeUndefined();
});

async function attempt(act: () => unknown): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}
