/**
 * What is loaded when, of the parts that `build/parts.mjs` cuts. A module that imports what that file does not name takes along all that this leads to:
 * `values` was once 75 kB for a single import, and nobody saw it. Whoever makes a part larger on purpose raises its bound.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './source.js';

const PARTS = 'dist/src/parts/';

test('a program and a thread load little before they are asked for more', () => {
  const [program, thread] = [loadedWith(`${PARTS}index.cjs`), loadedWith('dist/workers/thread.cjs')];
  expect(program).toEqual([`${PARTS}index.cjs`, `${PARTS}core.cjs`]);
  expect(thread).toEqual(['dist/workers/thread.cjs', `${PARTS}core.cjs`, `${PARTS}found.cjs`]);
  // It was 480 kB and 280 when each side loaded all that it may ever need.
  expect(size(program)).toBeLessThan(158_000);
  expect(size(thread)).toBeLessThan(80_000);
});

/** Bytes, each some 8 % above what the part was when this was written. */
const LATER: Record<string, { readonly when: string; readonly most: number }> = {
  values: { when: 'an argument or a result is an object', most: 33_500 },
  packing: { when: 'structured clone would lose something of it', most: 118_000 },
  describing: { when: 'a function is sent for the first time', most: 130_000 },
  looking: { when: 'that function is not found by name or by import', most: 141_000 },
  rebuilding: { when: 'a function arrives by value', most: 35_000 },
  privates: { when: 'an instance with private state arrives, or a function that uses a private name', most: 15_500 },
  seldom: { when: "a generator runs on a thread, or a thread's own code fails", most: 12_000 },
  pool: { when: 'the first thread starts', most: 90_000 },
  more: { when: 'a program maps, streams, explains, verifies, traces or runs inline', most: 79_000 },
};

test.each(Object.entries(LATER))('the part %s, loaded when $when, stays small', (name, { most }) => {
  expect(size([`${PARTS}${name}.cjs`])).toBeLessThan(most);
});

test('each part that is loaded later has a bound', () => {
  const parts = readdirSync(join(root, PARTS)).flatMap((file) => (file.endsWith('.cjs') ? file.slice(0, -'.cjs'.length) : []));
  // The last two are entries of their own: whoever imports one asks for it.
  const atStart = ['index', 'core', 'found', 'opentelemetry', 'prometheus'];
  expect(parts.filter((part) => !atStart.includes(part)).sort()).toEqual(Object.keys(LATER).sort());
});

/** A built file, and those that it requires while it is loaded. */
function loadedWith(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const required = [...text.matchAll(/^const required\d+ = require\(["'](\..+)["']\);$/gm)].map(([, path = '']) =>
    join(dirname(file), path),
  );
  return [file, ...required];
}

function size(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
}
