import { expect, test } from 'vitest';
import { cycles, functionSourceReaders } from './rules.js';
import { sourceFiles } from './source.js';

const planted = sourceFiles('test/fixtures/house');

test('a circle of type imports is found, once', () => {
  const [found, ...others] = cycles(planted);
  expect(found).toBe('test/fixtures/house/one.ts → test/fixtures/house/two.ts → test/fixtures/house/three.ts → test/fixtures/house/one.ts');
  expect(others).toEqual([]);
});

test('every way to read the source text of a function is found, and nothing else', () => {
  expect(functionSourceReaders(planted).map((reader) => reader.split(': ')[0])).toEqual([
    'test/fixtures/house/readers.ts:2',
    'test/fixtures/house/readers.ts:3',
    'test/fixtures/house/readers.ts:4',
    'test/fixtures/house/readers.ts:5',
  ]);
});
