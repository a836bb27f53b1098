/** What packages keep on their instances and collections where no loop shows it, in results. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('colors', {
    'index.js': `export class Color {
        constructor(...coords) {
          this.coords = coords;
          for (const [i, id] of ['r', 'g', 'b'].entries())
            Object.defineProperty(this, id, { get: () => this.coords[i], set: (value) => { this.coords[i] = value; }, configurable: true });
        }
      }`,
  });
  folder.install('drafts', {
    'index.js': `function refuse() { throw new Error('This object has been frozen'); }
      const closed = { value: refuse };
      export function close(collection) {
        Object.defineProperties(collection, collection instanceof Map ? { set: closed, clear: closed } : { add: closed, clear: closed });
        return Object.freeze(collection);
      }`,
  });
});

afterAll(() => folder.remove());

async function printed(text: string): Promise<string> {
  writeFileSync(join(folder.path, 'program.mjs'), `import { runInExecutor } from 'run-in-executor';\n${text}`);
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test('hidden accessors of an instance are those of the instance that arrives', async () => {
  const text = `import { Color } from 'colors';
    for (const color of [await runInExecutor((given) => { given.coords[0] = 7; return given; }, new Color(1, 2, 3)), await runInExecutor((r) => new Color(r, 2, 3), 1)]) {
      color.g = 5;
      console.log(color instanceof Color, color.r, color.coords[1], Object.keys(color).join());
    }`;
  expect(await printed(text)).toBe('true 7 5 coords\ntrue 1 5 coords');
});

test('Maps and Sets that a package has closed stay closed, there and back', async () => {
  const text = `import { close } from 'drafts';
    const refuses = (run) => { try { run(); return false; } catch (error) { return error.message === 'This object has been frozen'; } };
    const given = { map: close(new Map([['a', 1]])), set: close(new Set([1])) };
    const there = (x) => { try { x.map.set('b', 2); } catch (error) { return error.message; } };
    const made = await runInExecutor((x) => ({ map: close(new Map(x.map)), set: close(new Set(x.set)) }), given);
    for (const { map, set } of [await runInExecutor((x) => x, given), made])
      console.log(refuses(() => map.set('q', 1)), refuses(() => set.add(2)), refuses(() => map.clear()), map.size, set.size, map.get('a'));
    console.log(await runInExecutor(there, given));`;
  expect(await printed(text)).toBe('true true true 1 1 1\ntrue true true 1 1 1\nThis object has been frozen');
});

test('what is hung on a Map and cannot cross does not keep it from going', async () => {
  const text = `const map = Object.defineProperty(new Map([['a', 1]]), 'from', { value: Promise.resolve() });
    const back = await runInExecutor((given) => given, map);
    console.log(back.get('a'), back.from);`;
  expect(await printed(text)).toBe('1 undefined');
});
