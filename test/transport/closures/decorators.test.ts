/** TypeScript's older decorators, in programs of their own: what they keep of a class, they keep under its prototype. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { loaderFor, runProgram } from '../../setup/programs.js';

let folder: PackageFolder;
const options = { experimentalDecorators: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };

beforeAll(() => {
  folder = new PackageFolder();
  writeFileSync(join(folder.path, 'tsconfig.json'), '{ "compilerOptions": { "experimentalDecorators": true, "target": "es2022" } }');
});

afterAll(() => folder.remove());

const source = `import { runInExecutor } from 'run-in-executor';
  const columns = new WeakMap<object, string[]>();
  const tables = new WeakSet<object>();
  const column = (target: object, key: string): void => void columns.set(target, [...(columns.get(target) ?? []), key]);
  const table = (type: new () => object): void => void tables.add(type.prototype);
  const renamed = (type: any): any => class extends type { renamed = true; };
  class Schema {
    static of(level: object | null): unknown[] {
      return level === Object.prototype || level === null
        ? []
        : [columns.get(level), tables.has(level), ...Schema.of(Object.getPrototypeOf(level))];
    }
  }
  @table class Row { @column id = 0; @column name = ''; }
  class User extends Row { @column mail = ''; }
  @renamed @table class Post { @column text = ''; }
  const user = new User();
  const ofClasses = () => [Schema.of(Row.prototype), Schema.of(new User().constructor.prototype), Schema.of(Post.prototype)];
  const ofInstance = () => Schema.of(Object.getPrototypeOf(user));
  const here = [ofClasses(), ofInstance()];
  Promise.all([runInExecutor(ofClasses), runInExecutor(ofInstance)]).then((there) => console.log(JSON.stringify({ here, there })));`;

test.each([
  ['tsx', 'program.ts', source],
  ['TypeScript', 'program.mjs', ts.transpileModule(source, { compilerOptions: options }).outputText],
])('a WeakMap of what decorators keep under prototypes has it on a thread, too: %s', async (_, file, text) => {
  writeFileSync(join(folder.path, file), text);
  const tsx = loaderFor(file).map((flag) => (flag === 'tsx' ? import.meta.resolve('tsx') : flag));
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, [...tsx, file], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { here, there } = JSON.parse(stdout) as { here: unknown; there: unknown };
  expect(JSON.stringify(here)).toContain('["id","name"],true');
  expect(there).toEqual(here);
});

const module = `const injected = new WeakMap<object, string[]>();
  const inject = (what: string): any => (target: object) => { injected.set(target, [...(injected.get(target) ?? []), what]); };
  const sealed = (type: any): any => class extends type { sealed = true; };
  @sealed class Service {
    @inject('db') db!: string;
    constructor(private readonly size = 2) {}
    dependencies() { return [injected.get(Service.prototype), injected.get(Object.getPrototypeOf(Object.getPrototypeOf(this)))]; }
  }
  export const use = (() => () => { const it: any = new Service(); return [it.sealed, it.dependencies()]; })();
  export { injected, Service as Sealed };
  export class Other {}
  export { Other as Service };`;

test('so has that of a module, of a class that a decorator replaced there', async () => {
  writeFileSync(join(folder.path, 'service.mts'), module);
  writeFileSync(
    join(folder.path, 'main.mts'),
    `import { use } from './service.mts'; import { runInExecutor } from 'run-in-executor';
    runInExecutor(use).then((there) => console.log(JSON.stringify([use(), there])));`,
  );
  const { stdout, stderr } = await runProgram(process.execPath, ['--import', import.meta.resolve('tsx'), 'main.mts'], folder.path);
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '[[true,[null,["db"]]],[true,[null,["db"]]]]', stderr: '' });
});
