import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyze } from 'eslint-scope';
import { beforeAll, describe, expect, test } from 'vitest';
import { describe as look } from '../../../src/transport/describe/describe.js';
import { type Crossed, type Program, run } from './program.js';

const byReference = (place: string, result: unknown): Crossed => ({ way: 'reference', place, result });
const byValue: Crossed = { way: 'value' };

describe('a function of an ES module crosses by reference', () => {
  let program: Program;
  beforeAll(() => {
    program = run('module.mjs');
  });

  test.for<[string, string, Crossed]>([
    ['exported', 'an export', byReference('import report.mjs render', 'row 1')],
    ['renamed', 'an export under another name', byReference('import report.mjs outer', 'inner 1')],
    ['default', 'the default export', byReference('import report.mjs default', 'default 1')],
    ['static', "an exported class's static method", byReference('import report.mjs Report parse', 'parsed x')],
    ['member', "an exported object's member", byReference('import report.mjs tools format', 'formatted 1')],
    ['made', 'an export that another function made', byReference('import report.mjs made', 'made 1')],
    ['throughBarrel', 'a re-export, from the module that the program imports', byReference('import barrel.mjs piece', 'part 1')],
    ['awaiting', 'an export of a module that awaits at its top level', byReference('import waits.mjs late', 'late 1')],
    ['memberOfAwaiting', 'a member of such a module', byReference('import waits.mjs tools stamp', 'stamped 1')],
  ])('%s: %s', ([label, , expected]) => {
    expect(program.crossed[label]).toEqual(expected);
  });

  test('a function that no module exports does not', () => {
    expect(program.crossed.private).toEqual(byValue);
    expect(program.crossed.inline).toEqual(byValue);
  });

  test("the program's own functions do not: a thread would run the program again", () => {
    expect(program.crossed.ofEntry).toEqual(byValue);
  });

  test('of a package for both kinds of module, the copy that was imported is meant', () => {
    expect(program.crossed.dualPackage?.place).toBe('import eslint-scope/lib/index.js analyze');
  });

  test('functions of a CommonJS module do too, listed by lexers or not', () => {
    expect(program.crossed.commonjs).toEqual(byReference('require legacy.cjs upper', 'A'));
    expect(program.crossed.commonjsStatic).toEqual(byReference('require legacy.cjs Parser parse', 'parsed x'));
    expect(program.crossed.commonjsUnlisted).toEqual(byReference('require legacy.cjs hiddenFromLexers', 'found'));
  });
});

describe('in a CommonJS program', () => {
  let program: Program;
  beforeAll(() => {
    program = run('common.cjs');
  });

  test('what it requires crosses by reference', () => {
    expect(program.crossed.exported).toEqual(byReference('require legacy.cjs upper', 'A'));
    expect(program.crossed.static).toEqual(byReference('require legacy.cjs Parser parse', 'parsed x'));
    expect(program.crossed.unlisted).toEqual(byReference('require legacy.cjs hiddenFromLexers', 'found'));
  });

  test('an export behind a getter that a compiler made is found', () => {
    expect(program.crossed.throughGetter?.result).toBe('single a');
  });

  test('a getter that loads a module is left alone', () => {
    expect(program.crossed.lazyGetterCalls?.result).toBe(0);
    expect(program.printed).toEqual([]);
  });

  test('of a package for both kinds of module, the copy that was required is meant', () => {
    expect(program.crossed.dualPackage?.place).toBe('require eslint-scope/dist/eslint-scope.cjs analyze');
  });

  test("the program's own functions cross by value", () => {
    expect(program.crossed.ofEntry).toEqual(byValue);
  });
});

describe("under functions: 'reference'", () => {
  let program: Program;
  beforeAll(() => {
    program = run('strict.mjs');
  });

  test('names and references cross, of modules that await too', () => {
    const { builtin, exported, default: byDefault, static: ofClass, made, awaiting } = program.crossed;
    expect([builtin, exported, byDefault, ofClass, made, awaiting].map((each) => each?.result)).toEqual([
      [1],
      'row 1',
      'default 1',
      'parsed x',
      'made 1',
      'late 1',
    ]);
  });

  test('everything else is refused', () => {
    for (const label of ['private', 'inline', 'bound']) expect(program.crossed[label]?.refused).toContain("functions: 'reference'");
  });

  test('the inspector stays closed', () => {
    expect(program.printed).toEqual([]);
  });
});

describe('a builtin crosses by name', () => {
  let program: Program;
  beforeAll(() => {
    program = run('builtins.mjs');
  });

  test.for<[string, string]>([
    ['node:zlib deflateSync', 'renamed'],
    ['node:util format', 'plain'],
    ['globalThis structuredClone', 'global'],
    ['globalThis Math hypot', 'ofGlobal'],
    ['globalThis Array prototype concat', 'ofPrototype'],
    ['node:process hrtime bigint', 'deep'],
    ['node:process cwd', 'ofProcess'],
    ['node:events listenerCount', 'ofModule'],
    ['node:fs readFileSync', 'file'],
  ])('%s', ([place, label]) => {
    expect(program.crossed[label]).toMatchObject({ way: 'name', place });
    expect(program.crossed[label]).not.toHaveProperty('missing');
  });

  test('what a program puts among the globals does not', () => {
    expect(program.crossed.ofUserGlobal).toHaveProperty('refused');
  });

  test('finding it out brings about no warning', () => {
    expect(program.printed).toEqual([]);
  });
});

describe('a function that no file on the stack imports is found by where it was written', () => {
  let program: Program;
  beforeAll(() => {
    program = run('later.mjs');
  });

  test.for<[string, Crossed]>([
    ['exported', byReference('import report.mjs render', 'row 1')],
    ['renamed', byReference('import report.mjs outer', 'inner 1')],
    ['default', byReference('import report.mjs default', 'default 1')],
    ['static', byReference('import report.mjs Report parse', 'parsed x')],
    ['member', byReference('import report.mjs tools format', 'formatted 1')],
    ['awaiting', byReference('import waits.mjs late', 'late 1')],
    ['memberOfAwaiting', byReference('import waits.mjs tools stamp', 'stamped 1')],
    ['commonjs', byReference('require single.cjs', 'single a')],
    ['private', byValue],
  ])('%s', ([label, expected]) => {
    expect(program.crossed[label]).toEqual(expected);
  });

  test('of a package, in its main module', () => {
    expect(program.crossed.ofPackage?.place).toBe('import eslint-scope/lib/index.js analyze');
    expect(program.crossed.definedInside?.place).toBe('import acorn/dist/acorn.mjs Parser extend');
  });
});

test('a module that was changed or removed since the program loaded it makes its functions cross by value', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gone-'));
  const { changed, gone, goneRequired } = run('gone.mjs', { args: [folder] }).crossed;
  for (const each of [changed, gone, goneRequired]) expect(each).toMatchObject({ way: 'reference', missing: true, afterwards: byValue });
});

test('a module that only a loader of the calling side can read makes its functions cross by value', () => {
  const { areaOf } = run('own-loader.cjs', { args: [mkdtempSync(join(tmpdir(), 'own-loader-'))] }).crossed;
  expect(areaOf).toMatchObject({ way: 'reference', missing: true, afterwards: byValue });
});

test('a module that imports the entry is never imported by a thread', () => {
  const { crossed, printed } = run('circle.mjs');
  expect(crossed.circular).toEqual(byValue);
  expect(crossed.other).toEqual(byReference('import report.mjs render', 'row 1'));
  expect(printed).toEqual(['the entry runs']);
});

test('that holds where the entry was deleted since it was started', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entry-'));
  const crossing = new URL('../../fixtures/modules/crossing.mjs', import.meta.url).href;
  writeFileSync(join(folder, 'part.mjs'), "import './program.mjs';\nexport const plus = (n) => n + 1;\n");
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { rmSync } from 'node:fs';
    import { cross } from '${crossing}';
    import { plus } from './part.mjs';
    rmSync(new URL(import.meta.url));
    await cross({ plus: [plus, 1] });`,
  );
  expect(run(join(folder, 'program.mjs')).crossed.plus).toEqual(byValue);
});

test('a thread says so when it finds another function in the same place', () => {
  const { builtin, commonjs } = run('patched.mjs').crossed;
  expect(builtin).toMatchObject({
    place: 'node:fs existsSync',
    missing: true,
    afterwards: { refused: expect.stringContaining('does not find as node:fs#existsSync') as string },
  });
  expect(commonjs).toMatchObject({ missing: true, afterwards: { refused: expect.stringContaining('legacy.cjs#upper') as string } });
});

test('where a loader leads an import elsewhere, threads follow it, and the module that it hides is not evaluated to look at it', () => {
  const { crossed, printed } = run('mocked.mjs', {
    flags: ['--import', new URL('../../fixtures/modules/mocking.mjs', import.meta.url).href],
  });
  expect(printed).toEqual([]);
  expect(crossed.mocked?.result).toBe('mock');
});

test.runIf((process.features as { typescript?: unknown }).typescript)('TypeScript that Node strips crosses by reference', () => {
  for (const ways of ['any', 'reference']) {
    expect(run('typed.ts', { args: [ways] }).crossed.typed).toEqual(byReference('import typed.ts describeRow', 'typed a'));
  }
});

describe('TypeScript that tsx compiles', () => {
  test.for([
    ['any', ['--import', 'tsx']],
    ['reference', ['--import', 'tsx']],
    ['any', ['--require', './node_modules/tsx/dist/preflight.cjs', '--import', pathToFileURL('node_modules/tsx/dist/loader.mjs').href]],
  ] as const)('crosses by reference: functions: %s, node %s', ([ways, flags]) => {
    expect(run('typed.ts', { flags, args: [ways] }).crossed.typed).toEqual(byReference('import typed.ts describeRow', 'typed a'));
  });
});

test('CommonJS in TypeScript that an ES module imports under tsx crosses by reference', () => {
  const { commonjs } = run('mixed.mts', { flags: ['--import', 'tsx'] }).crossed;
  expect(commonjs).toEqual(byReference('require common/typed.ts describeCommon', 'common a'));
});

describe('under a test runner that transforms the files of the project', () => {
  test('its functions cross by value, for there is no such module in a thread', () => {
    expect(look(run).description.way).toBe('value');
  });

  test('those of installed packages, which it leaves to Node, cross by reference', () => {
    expect(look(analyze).description).toMatchObject({
      way: 'reference',
      module: expect.stringMatching(/eslint-scope\/lib\/index\.js$/) as string,
      path: ['analyze'],
    });
    expect(look(analyze, 'reference').description).toMatchObject({ way: 'reference' });
  });
});
