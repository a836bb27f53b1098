import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isImportable } from '../../../src/transport/functions/entry.js';

const here = fileURLToPath(import.meta.url);

test.each([
  ['the test file that a runner runs', here, false],
  ['other test files of the project', here.replace('entry.test', 'other.spec'), false],
  ['a module of the project', here.replace('entry.test', 'program'), true],
  ["a package's file, whatever its name", '/app/node_modules/pkg/a.test.js', true],
  ['code from -e', '/app/[eval1]', false],
  ['code from standard input', '/app/[stdin]', false],
  ['code from the REPL', '/app/REPL3', false],
  ['a file with brackets in its name', '/app/[id].js', true],
])('%s', (_, file, expected) => {
  expect(isImportable(file)).toBe(expected);
});
