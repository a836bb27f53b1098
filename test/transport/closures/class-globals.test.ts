/** What a package keeps on `globalThis` for its classes, as zod does with the language of its messages. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../setup/programs.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const home = join(folder, 'node_modules', 'schemas');
  mkdirSync(home, { recursive: true });
  symlinkSync(root, join(folder, 'node_modules', 'run-in-executor'));
  writeFileSync(join(home, 'package.json'), '{ "name": "schemas", "type": "module", "exports": "./index.js" }');
  writeFileSync(
    join(home, 'index.js'),
    `(globalThis).__schemas_settings ??= {};
     export const settings = globalThis.__schemas_settings;
     export class Schema {
       constructor(name) { this.name = name; settings.message ??= (given) => 'not ' + this.constructor.name + ': ' + given; settings.made = new WeakMap(); }
       parse(given) { return settings.message?.(given) ?? 'no words'; }
     }
     export class Other extends Schema {}`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function output(text: string): Promise<string> {
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { Other, Schema, settings } from 'schemas';${text}`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test('what the first instance set is set on a thread that is sent an instance, and what cannot cross of it stays', async () => {
  const program = `const [a, b] = [new Schema('a'), new Other('b')];
    console.log(await runInExecutor((x) => [a.parse(x), b.parse(x)], 1), b.parse(1));`;
  expect(await output(program)).toBe("[ 'not Schema: 1', 'not Schema: 1' ] not Schema: 1");
});

test('what the program has set goes before', async () => {
  const program = `settings.message = (given) => 'nein: ' + given; const a = new Schema('a');
    console.log(await runInExecutor((x) => [a.parse(x), new Schema('c').parse(x)], 1));`;
  expect(await output(program)).toBe("[ 'nein: 1', 'nein: 1' ]");
});
