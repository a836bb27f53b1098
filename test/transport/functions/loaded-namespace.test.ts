/**
 * What packages export is told by identity, whatever stands before Node's `require`, and however many of them are loaded.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const tsx = ['--import', pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href];
let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
});

afterAll(() => folder.remove());

async function output(program: string, text: string, flags: readonly string[] = []): Promise<string> {
  writeFileSync(join(folder.path, program), text);
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, [...flags, program], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test.each([
  ['node', 'program.mjs', []],
  ['tsx', 'program.mts', tsx],
] as const)(
  'under %s a class that one module of a package made for another is the one that the package exports',
  async (loader, program, flags) => {
    folder.install(`schemas-${loader}`, {
      'make.js': `export function make(name) {
          const type = function (value) { this.value = value; };
          type.prototype.parse = function (given) { return typeof given === this.value; };
          return Object.defineProperty(type, 'name', { value: name });
        }`,
      'index.js': `import { make } from './make.js'; export const Schema = make('Schema'); export const Other = make('Other');`,
    });
    const text = `import { explain, runInExecutor } from 'run-in-executor';
      import * as schemas from 'schemas-${loader}';
      const { Schema } = schemas as any;
      const schema = new Schema('string');
      console.log(explain(Schema).from?.replace(/.*node_modules/, ''), await runInExecutor((given) => [schema.parse(given), schema instanceof Schema], 'a'));`;
    expect(await output(program, loader === 'tsx' ? text : text.replace(' as any', ''), flags)).toBe(
      `/schemas-${loader}/index.js#Schema [ true, true ]`,
    );
  },
);

test('a namespace of constants is found where hundreds of packages are loaded', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `constant-${index}`);
  for (const name of names) folder.install(name, { 'index.js': `export const name = '${name}';` });
  const text = `import { runInExecutor } from 'run-in-executor';
    ${names.map((name, index) => `import * as c${index} from '${name}';`).join('\n')}
    const lib = { last: c119 };
    const all = [${names.map((_, index) => `c${index}`).join()}];
    console.log(await runInExecutor(() => [lib.last.name, all.length]));`;
  expect(await output('many.mjs', text)).toBe("[ 'constant-119', 120 ]");
});
