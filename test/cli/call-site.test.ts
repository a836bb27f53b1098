import { parse } from 'acorn';
import { type TransformOptions, transformSync } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/cli/find/call-site.js';
import { Lines } from '../../src/cli/find/lines.js';
import { placeOf } from '../../src/cli/find/offsets.js';
import { Places } from '../../src/cli/find/places.js';
import type { Frame } from '../../src/cli/find/recording.js';

/** A module's own code, or the function at `at`, calls `work`. */
function changed(source: string, { at, name = 'work', callee, main = 'main.mjs' }: Asked = {}): Change | undefined {
  const file = { url: `file:///app/${main}`, source, sourceMapURL: '' };
  const other = { url: 'file:///app/tools.mjs', source: callee ?? 'function work(rows) { return rows; }', sourceMapURL: '' };
  const lines = new Lines(new Places({ main: file, other }));
  const place = at === undefined ? { line: 0, column: 0 } : placeOf(source, source.indexOf(at));
  const begins = placeOf(other.source, other.source.indexOf('('));
  return lines.offloaded(
    frame({ name, scriptId: 'other', url: other.url, ...begins }),
    frame({ name: 'caller', scriptId: 'main', url: file.url, ...place }),
  );
}

interface Asked {
  readonly at?: string;
  readonly name?: string;
  readonly callee?: string;
  readonly main?: string;
}

function twin(source: string, name: string, url = `node:internal/${name}`): Change | undefined {
  const lines = new Lines(new Places({ main: { url: 'file:///app/main.mjs', source, sourceMapURL: '' } }));
  const caller = frame({ name: '', scriptId: 'main', url: 'file:///app/main.mjs', line: 0, column: 0 });
  return lines.twinned(frame({ name, scriptId: '', url, line: 9, column: 9 }), caller).change;
}

function frame(parts: Omit<Frame, 'parent'>): Frame {
  return { ...parts, parent: -1 };
}

describe('a call becomes one on a thread:', () => {
  test.each([
    ['const a = work(1, [2]);', 'const a = await runInExecutor(work, 1, [2]);'],
    ['work();', 'await runInExecutor(work);'],
    ['const a = await work(b);', 'const a = await runInExecutor(work, b);'],
    ['send(work(rows).length);', 'send((await runInExecutor(work, rows)).length);'],
    ["log(report.pages.work(')'));", "log(await runInExecutor(report.pages.work, ')'));"],
    ['log(`\x24{work(/[)"`]/, `\x24{"}"}`)}!`);', 'log(`\x24{await runInExecutor(work, /[)"`]/, `\x24{"}"}`)}!`);'],
    ['const a = b && tools?.work(b); // work(c)', 'const a = b && await runInExecutor(tools.work, b); // work(c)'],
    ['const area = work(side) ** 2;', 'const area = (await runInExecutor(work, side)) ** 2;'],
  ])('%s', (before, after) => {
    expect(changed(before)).toMatchObject({ line: 1, before, after, needsAsync: false });
    expect(() => parse(after, { ecmaVersion: 'latest', sourceType: 'module' })).not.toThrow();
  });

  test('one of many lines keeps them, and only the first changes', () => {
    const source = 'const page = {\n  body: work(\n    rows, // of (today\n    { currency },\n  ),\n};';
    expect(changed(source)).toMatchObject({
      line: 2,
      before: 'body: work(\n  rows, // of (today\n  { currency },\n),',
      after: 'body: await runInExecutor(work,\n  rows, // of (today\n  { currency },\n),',
    });
  });

  test('a method is bound to what it is called on where it asks for `this`, and goes alone where it does not', () => {
    const methods = { callee: 'class A { work(rows) { return () => this.rate; } }' };
    expect(changed('a.b.work(x);', methods)?.after).toBe('await runInExecutor(a.b.work.bind(a.b), x);');
    expect(
      changed('class A { async run(x) { return this.#work(x); } #work() {} }', { ...methods, name: '#work', at: '(x) {' })?.after,
    ).toBe('class A { async run(x) { return await runInExecutor(this.#work.bind(this), x); } #work() {} }');
    expect(changed('a.b.work(x);')?.after).toBe('await runInExecutor(a.b.work, x);');
  });

  test.each([
    ['an import by another name', "import { work as busy } from './tools.mjs';\nbusy(1);"],
    ['a default import, whose name is the importer’s', "import busy from './tools.mjs';\nbusy(1);"],
    ['a variable', "import * as tools from './tools.mjs';\nconst busy = tools.work;\nbusy(1);"],
    ['a part of an object', "const { work: busy } = require('./tools.mjs');\nbusy(1);"],
    ['all of a module', "const busy = require('./tools.mjs');\nbusy(1);"],
  ])('under the name that the file has for it: %s', (_, source) => {
    expect(changed(source)).toMatchObject({ before: 'busy(1);', after: 'await runInExecutor(busy, 1);' });
  });

  test('the call is the caller’s own: not that of another function, of a comment, or of a namesake’s definition', () => {
    const source =
      'work(1);\n// work(2)\nconst other = () => work(3);\nfunction caller() {\n  new work(4);\n  return work(5) + work(6);\n}\n';
    expect(changed(source, { at: '() {' })).toMatchObject({ line: 6, also: [] });
    expect(changed(source)).toMatchObject({ line: 1 });
    for (const none of ['function work(rows) {}', 'class A { work(rows) { return 1; } }', 'homework(1);', 'new work(1);', 'get().work(1);'])
      expect(changed(none), none).toBeUndefined();
  });

  test('further calls in the same function are named by their lines', () => {
    expect(changed('work(1);\nif (a) {\n  work(2);\n}')).toMatchObject({ line: 1, also: [3] });
  });

  test('says what the file has to import, in its own kind of module', () => {
    expect(changed("import a from 'a';\nwork(1);")?.imports).toEqual(["import { runInExecutor } from 'run-in-executor';"]);
    expect(changed('work(1);', { main: 'main.js' })?.imports).toEqual(["const { runInExecutor } = require('run-in-executor');"]);
  });
});

describe('what cannot wait yet is told from what can:', () => {
  test.each([
    ['async function caller() { work(1); }', '() {', undefined],
    ['const caller = async (a) => work(a);', '(a)', undefined],
    ['function caller() { work(1); }', '() {', 'a function that has to become async'],
    ['const all = rows.map((row) => work(row));', '(row)', 'a callback of map(): make it async, and wait for Promise.all of them'],
    ['const sum = rows.reduce((a, row) => a + work(row), 0);', '(a,', 'a callback of reduce(), which waits for nothing: write a loop'],
    ['class A { constructor(a) { work(a); } }', '(a)', 'a constructor, which cannot wait: do it before'],
    ['class A { get size() { return work(1); } }', '() {', 'a getter, which cannot wait: make it a method'],
    ['const a = { set size(b) { work(b); } }', '(b)', 'a setter, which cannot wait: make it a method'],
    ['function* caller() { yield work(1); }', '() {', 'a generator, which has to become async'],
    ['__awaiter(this, function* () { work(1); })', '() {', undefined],
  ])('%s', (source, at, within) => {
    expect(changed(source, { at })).toMatchObject({ needsAsync: within !== undefined, within });
  });

  test('CommonJS waits for nothing outside a function, a module does', () => {
    expect(changed("require('a');\nwork(1);", { main: 'main.cjs' })?.within).toMatch(/^CommonJS, which cannot wait/);
    expect(changed("import 'a';\nwork(1);", { main: 'main.js' })?.within).toBeUndefined();
  });
});

describe('a call of Node’s becomes one of its asynchronous twin:', () => {
  test.each([
    ['pbkdf2Sync(a, b).toString();', 'pbkdf2Sync', 'node:internal/crypto/pbkdf2', '(await promisify(pbkdf2)(a, b)).toString();'],
    ['crypto.scryptSync(a);', 'scryptSync', 'node:internal/crypto/scrypt', 'await promisify(crypto.scrypt)(a);'],
    ["const a = readFileSync('b');", 'readFileSync', 'node:fs', "const a = await readFile('b');"],
    ["const a = fs.readFileSync('b');", 'readFileSync', 'node:fs', "const a = await fs.promises.readFile('b');"],
    ["execFileSync('a').toString();", 'execFileSync', 'node:child_process', "(await promisify(execFile)('a')).stdout.toString();"],
    ["zlib.gunzipSync('a');", 'syncBufferWrapper', 'node:zlib', "await promisify(zlib.gunzip)('a');"],
  ])('%s', (before, name, url, after) => {
    expect(twin(before, name, url)).toMatchObject({ before, after });
  });

  test('what it needs is imported; under another name, too', () => {
    expect(twin("import { gzipSync as pack } from 'node:zlib';\npack(a);", 'syncBufferWrapper', 'node:zlib')).toMatchObject({
      before: 'pack(a);',
      after: 'await promisify(gzip)(a);',
      imports: ["import { gzip } from 'node:zlib';", "import { promisify } from 'node:util';"],
    });
  });

  test('there is no such line for what the twin does not take, or gives in another way', () => {
    expect(twin("execFileSync('a', { input });", 'execFileSync', 'node:child_process')).toBeUndefined();
    expect(twin("spawnSync('a');", 'spawnSync', 'node:child_process')).toBeUndefined();
  });
});

describe('of TypeScript it is the user’s own line that changes, whatever compiled it:', () => {
  const source = `
import { work as busy } from './tools.js';

interface Row { readonly id: number }

export class Report<T extends Row> {
  async rows(list: readonly T[]): Promise<number> {
    const first: T | undefined = list[0];
    if (first === undefined) return 0;
    return (busy<Row>(
      list as readonly Row[], // of (today
      { id: first!.id } satisfies Row,
    ) as string).length;
  }
}
`;
  const url = 'file:///app/report.js';
  const original = 'file:///app/report.ts';
  const byEsbuild = (options: TransformOptions) => {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      sourcemap: 'external',
      sourcefile: original,
      target: 'es2022',
      ...options,
    });
    return { source: code, sourceMapURL: `data:application/json,${encodeURIComponent(map)}` };
  };
  const byTypescript = (target: ts.ScriptTarget, module: ts.ModuleKind) => {
    const compilerOptions = { target, module, sourceMap: true, inlineSources: true };
    const { outputText, sourceMapText = '' } = ts.transpileModule(source, { compilerOptions, fileName: original });
    return { source: outputText, sourceMapURL: `data:application/json,${encodeURIComponent(sourceMapText)}` };
  };

  test.each<[string, () => { source: string; sourceMapURL: string }, RegExp]>([
    ['esbuild', () => byEsbuild({ format: 'esm' }), /rows(?=\(list)/],
    ['esbuild, CommonJS', () => byEsbuild({ format: 'cjs' }), /rows(?=\(list)/],
    ['esbuild, minified', () => byEsbuild({ format: 'esm', minify: true }), /async rows(?=\()/],
    ['TypeScript', () => byTypescript(ts.ScriptTarget.ES2022, ts.ModuleKind.ESNext), /rows(?=\(list)/],
    ['TypeScript, CommonJS', () => byTypescript(ts.ScriptTarget.ES2022, ts.ModuleKind.CommonJS), /rows(?=\(list)/],
    ['TypeScript, for engines without async', () => byTypescript(ts.ScriptTarget.ES2015, ts.ModuleKind.CommonJS), /function\*\s*(?=\()/],
  ])('%s', (_, compile, head) => {
    const main = { url, ...compile() };
    const at = head.exec(main.source);
    const lines = new Lines(new Places({ main }));
    const caller = frame({ name: 'rows', scriptId: 'main', url, ...placeOf(main.source, (at?.index ?? 0) + (at?.[0].length ?? 0)) });
    const change = lines.offloaded(frame({ name: 'work', scriptId: '', url: 'file:///app/tools.js', line: 0, column: 13 }), caller);
    expect(change).toMatchObject({
      line: 10,
      needsAsync: false,
      before: `return (busy<Row>(
  list as readonly Row[], // of (today
  { id: first!.id } satisfies Row,
) as string).length;`,
      after: `return (await runInExecutor(busy<Row>,
  list as readonly Row[], // of (today
  { id: first!.id } satisfies Row,
) as string).length;`,
      imports: ["import { runInExecutor } from 'run-in-executor';"],
    });
  });
});
