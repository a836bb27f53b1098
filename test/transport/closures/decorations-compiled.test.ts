/** Decorators as other compilers than TypeScript apply them, standard ones among them, and those that functions of the file make. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
let folder: string;

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'decorated-'));
  addPackage('rules', rules);
  addPackage('told', told);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function addPackage(name: string, text: string): void {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  const type = text.includes('exports.') ? 'commonjs' : 'module';
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, type, main: 'index.js' }));
  writeFileSync(join(home, 'index.js'), text);
}

/** Of the older kind; what it keeps is on `globalThis`, as class-validator's is. */
const rules = `const kept = (globalThis.rulesOfClasses ??= { of: new Map() }).of;
  const note = (type, rule) => void kept.set(type, [...(kept.get(type) ?? []), rule]);
  exports.Rule = (rule) => (target, key) => note(key === undefined ? target : target.constructor, (key ?? 'class') + ' ' + String(rule));
  exports.Of = (type) => (target, key) => note(target.constructor, key + ' of ' + exports.rulesOf(type()).length);
  exports.rulesOf = (type) => kept.get(type) ?? [];`;

/** Standard ones. */
const told = `const byMetadata = new WeakMap(), byClass = new Map();
  export const Told = (what) => (value, { kind, name, static: isStatic, metadata }) => {
    byMetadata.set(metadata, [...(byMetadata.get(metadata) ?? []), [kind, name, isStatic, what, typeof value].join(' ')]);
    (metadata.own ??= []).push(what);
    if (kind === 'class') byClass.set(value, what);
  };
  const key = Symbol.metadata ?? Symbol.for('Symbol.metadata');
  export const tellsOf = (type) => [byMetadata.get(type[key]), type[key].own, byClass.get(type)];`;

/** One thread: a second call meets the class that the first has made. */
const print = `const executor = new Executor({ maxThreads: 1 });
  Promise.all([executor.run(use), executor.run(use)]).then((there) => console.log(JSON.stringify({ there, here: [use(), use()] })),
    (error) => console.log(JSON.stringify({ there: error.message })));`;

const older = `import { Of, Rule, rulesOf } from 'rules';
  import { Executor } from 'run-in-executor';
  const MOST = 5;
  const Short = () => Rule(MOST);
  function Even(what: string) { return (target: object, key: string) => Rule(what + MOST)(target, key); }
  const Both = (what: string) => (target: object, key: string) => { Short()(target, key); Even(what)(target, key); };
  class Address { @Rule('text') street!: string; }
  @Rule('named') class Dto {
    @Rule('one') @Short() one!: string;
    @Even('two') two!: number;
    @Both('three') three!: number;
    @Of(() => Address) address!: Address;
    @((target: object, key: string) => Rule('inline')(target, key)) four!: number;
  }
  const use = () => [rulesOf(Dto), rulesOf(Address), new Dto() instanceof Dto];
  ${print}`;

const legacy = { experimentalDecorators: true, useDefineForClassFields: false };

test.each([
  ['TypeScript', () => typescript(older, { ...legacy, target: ts.ScriptTarget.ES2022 }, 'mjs')],
  [
    'TypeScript, classes as functions',
    () => typescript(older, { ...legacy, target: ts.ScriptTarget.ES5, module: ts.ModuleKind.CommonJS }, 'cjs'),
  ],
  ['esbuild', () => esbuild(older, false)],
  ['esbuild, minified', () => esbuild(older, true)],
  ['esbuild, a minified bundle without the package', () => bundle(older, ['--packages'])],
])('decorators that functions of the file make of imported ones tell the thread, too: %s', (_, program) => {
  expectAgreement(program());
});

test('decorators tell the thread as Babel has compiled the older kind', () => {
  // What `@Rule('named') class Dto { @Rule('one') one = 1; @Rule('go') go() {} }` comes to.
  const text = `var _dec, _dec2, _dec3, _class, _class2, _descriptor;
    import { Rule, rulesOf } from 'rules';
    import { Executor } from 'run-in-executor';
    function _applyDecoratedDescriptor(i, e, r, n) { return r.slice().reverse().reduce((d, f) => f(i, e, d) || d, n); }
    let Dto = (_dec = Rule('named'), _dec2 = Rule('one'), _dec3 = Rule('go'), _dec(_class = (_class2 = class Dto { go() {} },
      _descriptor = _applyDecoratedDescriptor(_class2.prototype, "one", [_dec2], { configurable: true, enumerable: true, writable: true, initializer: function () { return 1; } }),
      _applyDecoratedDescriptor(_class2.prototype, "go", [_dec3], Object.getOwnPropertyDescriptor(_class2.prototype, "go"), _class2.prototype), _class2)) || _class);
    const use = () => [rulesOf(Dto), new Dto().go()];
    ${print}`;
  expectAgreement(written('babel.mjs', text));
});

test('decorators tell the thread in files that Vitest transforms', () => {
  const text = `import { test } from 'vitest';\n${older.replace(print, `test('there', async () => { ${print.replace('Promise.all', 'await Promise.all')} });`)}`;
  const home = join(folder, 'under-vitest');
  mkdirSync(home);
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...legacy, target: 'es2022', module: 'esnext' } }));
  writeFileSync(join(home, 'vitest.config.mjs'), `export default { test: { include: ['older.test.ts'] } };`);
  writeFileSync(join(home, 'older.test.ts'), text);
  expectAgreement(vitest, 'run', '--root', home, '--reporter', 'verbose');
});

const standard = `import { Told, tellsOf } from 'told';
  import { Executor } from 'run-in-executor';
  const Twice = (what: string) => Told(what + what);
  @Told('class') class Dto { @Told('b') @Told('a') one = 1; @Told('go') go() {} @Told('at') accessor two = 2; @Twice('get') get three() { return 3; } }
  const use = () => [tellsOf(Dto), new Dto().two];
  ${print}`;

test.each([
  [
    'TypeScript',
    () => typescript(`Symbol.metadata ??= Symbol.for('Symbol.metadata'); ${standard}`, { target: ts.ScriptTarget.ES2022 }, 'mjs'),
  ],
  ['esbuild', () => esbuild(standard, false)],
  ['esbuild, minified', () => esbuild(standard, true)],
])('standard decorators tell the thread of the class and of its metadata, once: %s', (_, program) => {
  expectAgreement(program());
});

test('standard decorators tell the thread as Babel has compiled them', () => {
  const text = `import { Told, tellsOf } from 'told';
    import { Executor } from 'run-in-executor';
    // As the helper does it.
    function _apply(type, ofClass, members) {
      const metadata = type[Symbol.for('Symbol.metadata')] = {};
      for (const [made, flags, name] of members.toSorted?.((a, b) => ((a[1] & 7) === 0) - ((b[1] & 7) === 0)) ?? [members[1], members[0]])
        for (const each of [made].flat().reverse()) each((flags & 7) === 0 ? undefined : type.prototype[name], { kind: (flags & 7) === 0 ? 'field' : 'method', name, static: false, metadata });
      for (const each of ofClass) each(type, { kind: 'class', name: 'Dto', metadata });
    }
    let _dec, _dec2, _dec3;
    _dec = Told('class'), _dec2 = [Told('b'), Told('a')], _dec3 = Told('go');
    class Dto { static { _apply(this, [_dec], [[_dec2, 0, "one"], [_dec3, 2, "go"]]); } one = 1; go() {} }
    const use = () => [tellsOf(Dto), new Dto().one];
    ${print}`;
  expectAgreement(written('babel-standard.mjs', text));
});

test('a class that a bundled package keeps on the global object is refused', () => {
  const { there } = outcome(bundle(older, []));
  expect(there).toMatch(/known to `globalThis\.rulesOfClasses\.of`.* leave the package out of the bundle/s);
});

test('a decorator that keeps notes in the file, too, is refused: the notes cross, and would have everything twice', () => {
  const text = `import { Rule, rulesOf } from 'rules';
    import { Executor } from 'run-in-executor';
    const seen: string[] = [];
    const Noted = (what: string) => (target: object, key: string) => { seen.push(what); Rule(what)(target, key); };
    class Dto { @Noted('one') one!: string; }
    const use = () => [rulesOf(Dto), seen];
    ${print}`;
  expect(outcome(typescript(text, { ...legacy, target: ts.ScriptTarget.ES2022 }, 'mjs')).there).toMatch(/decorator `Noted` with `seen`/);
});

function typescript(text: string, options: ts.CompilerOptions, ending: 'mjs' | 'cjs'): string {
  return written(
    `typescript.${ending}`,
    ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, esModuleInterop: true, ...options } }).outputText,
  );
}

function esbuild(text: string, minify: boolean): string {
  const tsconfigRaw = text === standard ? {} : { compilerOptions: legacy };
  return written('esbuild.mjs', transformSync(text, { loader: 'ts', format: 'esm', target: 'es2022', minify, tsconfigRaw }).code);
}

function bundle(text: string, [isOutside]: string[]): string {
  const outfile = join(folder, 'bundle.cjs');
  const external = isOutside === undefined ? ['run-in-executor'] : ['run-in-executor', 'rules'];
  const stdin = { contents: text, loader: 'ts' as const, resolveDir: folder };
  buildSync({
    stdin,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    external,
    tsconfigRaw: { compilerOptions: legacy },
  });
  return outfile;
}

function written(name: string, text: string): string {
  const file = join(folder, `${Math.random()}-${name}`);
  writeFileSync(file, text);
  return file;
}

function outcome(...args: string[]): { here?: unknown; there: unknown } {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: childEnvironment(),
    cwd: folder,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(/\{"there".*\}$/m.exec(stdout)?.[0] ?? '{}') as { here?: unknown; there: unknown };
}

function expectAgreement(...args: string[]): void {
  const { here, there } = outcome(...args);
  expect(here).toBeDefined();
  expect(there).toEqual(here);
}

function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST$|VITE_|NODE_V8|FORCE_COLOR)/.test(name)));
}
