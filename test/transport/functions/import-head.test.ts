import { expect, test } from 'vitest';
import { importsAtHead } from '../../../src/transport/functions/import-head.js';

const bindings = (text: string): string[] =>
  importsAtHead(text).map(({ specifier, names }) =>
    [specifier, ...names.map(({ imported, local }) => (imported === local ? local : `${imported}=${local}`))].join(' '),
  );

test.for<[text: string, expected: string[]]>([
  ["import a from 'm'", ['m default=a']],
  ["import a, { b, c as d } from 'm'", ['m default=a b c=d']],
  ["import a, * as b from 'm'", ['m default=a *=b']],
  ["import { default as a, 'odd name' as b } from 'm'", ['m default=a odd name=b']],
  ["import { from } from 'm'", ['m from']],
  ["import from from 'm'", ['m default=from']],
  ["import type from 'm'", ['m default=type']],
  ["import type A from 'm'; import b from 'n'", ['n default=b']],
  ["import { type A, b, type C as D, type } from 'm'", ['m b type']],
  ['import\'m\';import{a}from"n"', ['m', 'n a']],
  ["import data from './data.json' with { type: 'json' };\nimport b from 'n'", ['./data.json default=data', 'n default=b']],
  ["#!/usr/bin/env node\n'use strict';\n// import x from 'no'\n/* import y from 'no' */ import a from 'm'", ['m default=a']],
  ["import /* one */ { a, // two\n b } from 'm'", ['m a b']],
  ["export { a } from 'm';\nexport * from 'n';\nimport b from 'o'", ['m', 'n', 'o default=b']],
  ["import a from 'm';\nconst text = `\nimport b from 'no'\n`", ['m default=a']],
  ["import a from 'm';\nimport('no')", ['m default=a']],
  ["import a from 'm';\nimport.meta.url; import b from 'no'", ['m default=a']],
  ["export const a = 'no'", []],
  ['import { a', []],
  ['', []],
])('%s', ([text, expected]) => {
  expect(bindings(text)).toEqual(expected);
});
