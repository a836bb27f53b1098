/** Constants of packages, instances and symbols that code compares with: the thread's own in calls, this side's own in results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('tokens', {
    'index.js': `class Type { constructor(label, update) { this.label = label; if (update) this.update = update; } }
      class Nowhere { constructor() { this.kind = 'nowhere'; } }
      export class Day { constructor(n) { this.n = n; } }
      export class Week { static MONDAY = new Day(1); }
      export const types = { name: new Type('name'), plus: new Type('+', function () { return 1; }) };
      export const NOWHERE = new Nowhere();
      export const ANY = Symbol('any');
      export class Range { constructor() { this.set = ['a', ANY]; } isAny() { return this.set[1] === ANY; } }
      export const tokens = () => [{ type: types.name, of: Week.MONDAY }, { type: types.plus, of: NOWHERE }, { type: types.name }];
      export const areMine = (list, day) => [list[0].type === types.name, list[1].type === types.plus, list[1].of === NOWHERE, day === Week.MONDAY];
      export const rename = (to) => { types.name.label = to; return types.name; };`,
  });
  const home = join(folder.path, 'node_modules', 'older');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'older', main: './index.cjs' }));
  writeFileSync(
    join(home, 'inner.cjs'),
    `'use strict';
    function Zone(id) { this.id = id; }
    Zone.prototype.isUtc = function () { return this === Zone.utc; };
    var _utc = { _: null };
    Object.defineProperty(Zone, 'utc', { get: function get() { if (!_utc._) _utc._ = new Zone('UTC'); return _utc._; } });
    function Nothing() {}
    Nothing.prototype.isNothing = function () { return this === exports.NOTHING; };
    exports.Zone = Zone;
    exports.NOTHING = new Nothing();
    exports.STAR = Symbol('star');
    exports.match = function (parts) { return parts.map(function (each) { return each === exports.STAR ? '*' : each; }).join('/'); };`,
  );
  writeFileSync(
    join(home, 'index.cjs'),
    `const inner = require('./inner.cjs');
    exports.match = inner.match;
    Object.defineProperty(exports, 'Zone', { enumerable: true, get: () => (/* reexport */ inner.Zone) });
    Object.defineProperty(exports, 'STAR', { enumerable: true, get: () => (/* reexport */ inner.STAR) });
    Object.defineProperty(exports, 'NOTHING', { enumerable: true, get: function () { return inner.NOTHING; } });`,
  );
  writeFileSync(
    join(folder.path, 'program.mjs'),
    `import { runInExecutor as run } from 'run-in-executor';
    import { areMine, NOWHERE, Range, rename, tokens, types, Week } from 'tokens';
    const list = tokens();
    const range = new Range();
    for (let i = 0; i < 2; i++) {
      const result = await run(tokens);
      console.log(JSON.stringify([
        areMine(result, result[0].of), result[0].type === result[2].type,
        await run(areMine, list, Week.MONDAY), await run(() => areMine(list, list[0].of)), await run(() => range.isAny()),
      ]));
    }
    const changed = await run(rename, 'other');
    console.log(changed === types.name, changed.label, types.name.label);
    types.name.label = 'mine';
    console.log(await run((type) => type.label, types.name));`,
  );
  writeFileSync(
    join(folder.path, 'program.cjs'),
    `const { runInExecutor: run } = require('run-in-executor');
    const { match, NOTHING, STAR, Zone } = require('older');
    const { utc } = Zone;
    const parts = ['a', STAR];
    const twice = async () => console.log(JSON.stringify([
      await run(() => utc.isUtc()), await run((zone) => zone.isUtc(), utc), (await run(() => Zone.utc)).isUtc(), (await run((id) => new Zone(id), 'x')).isUtc(),
      await run((nothing) => nothing.isNothing(), NOTHING), (await run(() => NOTHING)) === NOTHING,
      await run(match, parts), await run(() => match(parts)),
    ]));
    twice().then(twice);`,
  );
});

afterAll(() => folder.remove());

async function printed(program: string): Promise<readonly string[]> {
  const { stdout, stderr } = await runProgram(process.execPath, [program], folder.path);
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('constants of packages', () => {
  test('that ES modules export, or hold in what they export, are the same in arguments, captures and results; changed ones are copied', async () => {
    const same = [[true, true, true, true], true, [true, true, true, true], [true, true, true, true], true];
    const lines = await printed('program.mjs');
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual([same, same]);
    expect(lines.slice(2)).toEqual(['false other name', 'mine']);
  }, 120_000);

  test('that CommonJS modules export, behind getters of compilers and bundlers, too', async () => {
    const same = [true, true, true, false, true, true, 'a/*', 'a/*'];
    expect((await printed('program.cjs')).map((line) => JSON.parse(line) as unknown)).toEqual([same, same]);
  }, 120_000);
});

test.each(['mjs', 'cjs'])(
  'a constant in a variable of another name, in the second closure over it, and after a change, in a program.%s',
  async (extension) => {
    const imports =
      extension === 'mjs'
        ? `import { runInExecutor as run } from 'run-in-executor'; import older from 'older'; import { Week } from 'tokens';`
        : `const { runInExecutor: run } = require('run-in-executor'); const older = require('older'); const { Week } = require('tokens');`;
    const program = `variables.${extension}`;
    writeFileSync(
      join(folder.path, program),
      `${imports}
    const nothing = older.NOTHING; const day = Week.MONDAY;
    (async () => {
      const first = await run(() => [nothing.isNothing(), day.n]);
      const second = await run(() => [nothing.isNothing(), day === Week.MONDAY, day.n, typeof nothing]);
      const third = () => day.n;
      const before = await run(third);
      day.n = 7;
      console.log(JSON.stringify([first, second, before, await run(third), await run(() => day.n + 1)]));
    })();`,
    );
    const { stdout, stderr, exitCode } = await runProgram(process.execPath, [program], folder.path);
    expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: '[[true,1],[true,true,1,"object"],1,7,8]',
    });
  },
);
