/** Variables that never change are read some times, and then no more; all others at each call. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
});

afterAll(() => folder.remove());

async function output(file: string, text: string): Promise<unknown> {
  writeFileSync(join(folder.path, file), text);
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, [file], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** Long enough to be parsed after some calls, which is what a bundle is. */
const filler = `/* eval( with( arguments[0] ${'-'.repeat(3_000)} */`;

const COUNT_LOOKS = `
  const { Session } = require('node:inspector');
  const { post } = Session.prototype;
  let looks = 0;
  Session.prototype.post = function (method, ...rest) { if (method === 'Runtime.getProperties') looks++; return post.call(this, method, ...rest); };`;

test('a call that leads to many functions of one file is read no more after some times, whatever the file says elsewhere', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `part${index}`);
  const looks = await output(
    'many.cjs',
    `${filler} ${COUNT_LOOKS}
    const { runInExecutor } = require('run-in-executor');
    var factor = 2;
    function make(given) {
      ${names.map((name, index) => `const ${name} = (n) => n * factor + (given ?? ${index});`).join('\n')}
      class Kind { use(n) { return ${names.join('(n) + ')}(n); } }
      Kind.made = 1;
      return new Kind();
    }
    const kind = make();
    (async () => {
      const counts = [];
      for (let call = 0; call < 12; call++) {
        Object.getPrototypeOf(kind).constructor.made = call;
        const before = looks;
        const [sum, made] = await runInExecutor(() => [kind.use(1), kind.constructor.made]);
        if (sum !== 860 || made !== call) throw new Error([sum, made, call].join());
        counts.push(looks - before);
      }
      console.log(JSON.stringify([counts[1], counts.at(-1)]));
    })();`,
  );
  const [second, last] = looks as [number, number];
  expect(second).toBeGreaterThan(40);
  // The arrow that is passed is another at each call.
  expect(last).toBeLessThan(10);
});

test('what eval, with, arguments or a loop changes is read at each call', async () => {
  const results = await output(
    'changing.cjs',
    `${filler}
    const { runInExecutor } = require('run-in-executor');
    function evaluated() { var n = 0; return { read: () => n, change: (to) => eval('n = ' + to) }; }
    function inWith() { var n = 0; const empty = {}; return { read: () => n, change: (to) => { with (empty) n = to; } }; }
    function inArguments(n) { const all = arguments; return { read: () => n, change: (to) => { all[0] = to; } }; }
    function looped() {
      const state = { to: 0 };
      let resume;
      const steps = (function* () { while (true) { var n = state.to; resume = () => n; yield; } })();
      steps.next();
      const read = resume;
      return { read, change: (to) => { state.to = to; steps.next(); } };
    }
    (async () => {
      const results = [];
      for (const make of [evaluated, inWith, inArguments, looped]) {
        const { read, change } = make(0);
        const seen = [];
        for (let call = 1; call <= 60; call++) { change(call); seen.push((await runInExecutor(read)) === call); }
        results.push(seen.every(Boolean));
      }
      console.log(JSON.stringify(results));
    })();`,
  );
  expect(results).toEqual([true, true, true, true]);
});
