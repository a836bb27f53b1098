/** What packages hang on their errors, and how they know them again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('checks', {
    'mark.js': `export const mark = Symbol('mark');`,
    'index.js': `import { mark } from './mark.js';
      export class CheckError extends Error {
        constructor(issues) {
          super('failed');
          this.issues = issues;
          Object.defineProperty(this, mark, { value: mark });
          this.add = (issue) => { this.issues = [...this.issues, issue]; };
        }
        static [Symbol.hasInstance](value) { return value?.[mark] === mark; }
      }
      export const check = (value) => { throw new CheckError([value]); };
      export const tryCheck = (value) => { try { return check(value); } catch (error) { return { error }; } };
      export const failAt = (line) => { throw Object.assign(new Error('at ' + line), { line, toJSON() { return { line }; } }); };
      export function pending() { const waiting = Promise.resolve(); throw Object.assign(new Error('waits'), { code: 1, wait: () => waiting }); }`,
  });
  folder.install('inner', { 'index.js': `export const names = ['a']; export const one = () => names[0];` });
  folder.install('outer', {
    'index.js': `import { names } from 'inner'; export const fail = () => { throw Object.assign(new TypeError('f'), { code: 7, first: () => names[0] }); };`,
  });
});

afterAll(() => folder.remove());

async function printed(text: string): Promise<string> {
  writeFileSync(join(folder.path, 'program.mjs'), `import { InlineExecutor, runInExecutor } from 'run-in-executor';\n${text}`);
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test.each(['runInExecutor', 'new InlineExecutor().run'])(
  'an error keeps a symbol of its package, and methods that it was given, by %s',
  async (run) => {
    const text = `import { CheckError, check, failAt, tryCheck } from 'checks';
    const run = (...call) => ${run}(...call);
    const thrown = await run(check, 1).catch((error) => error);
    thrown.add(2);
    const { error } = await run((value) => tryCheck(value), 3);
    error.add(4);
    const json = JSON.stringify(await run(failAt, 5).catch((error) => error));
    console.log(thrown instanceof CheckError, thrown.issues, error instanceof CheckError, error.issues, json);`;
    expect(await printed(text)).toBe('true [ 1, 2 ] true [ 3, 4 ] {"line":5}');
  },
);

test('a method that cannot cross is left out, and the error is whole without it', async () => {
  const text = `import { pending } from 'checks';
    for (let i = 0; i < 2; i++) { const { message, code, wait } = await runInExecutor(pending).catch((error) => error); console.log(message, code, wait); }`;
  expect(await printed(text)).toBe('waits 1 undefined\nwaits 1 undefined');
});

test('a method of modules that are not loaded on the calling side is left out', async () => {
  const text = `const failed = await runInExecutor(async () => (await import('outer')).fail()).catch((error) => error);
    console.log(failed instanceof TypeError, failed.message, failed.code, failed.first);`;
  expect(await printed(text)).toBe('true f 7 undefined');
});

test('a closure of the program on an error is left out, also beside a method of a package', async () => {
  const text = `import { failAt } from 'checks';
    const failed = await runInExecutor(() => { let count = 0; try { failAt(1); } catch (error) { error.again = () => ++count; throw error; } }).catch((error) => error);
    console.log(failed.message, failed.again, typeof failed.toJSON);`;
  expect(await printed(text)).toBe('at 1 undefined function');
});
