/**
 * What the first call of a function by value costs the calling thread, in what is asked and read: never in time.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  writeFileSync(join(folder.path, 'counting.mjs'), COUNTING);
});

afterAll(() => folder.remove());

interface Counted {
  readonly asked: Readonly<Record<string, number>>;
  /** How many calls were on the stack, at each stop. */
  readonly depths: readonly number[];
  /** How many times texts of this many characters and more were parsed. */
  readonly parsed: number;
  readonly results: unknown;
}

async function countedIn(name: string, text: string): Promise<Counted> {
  const program = `${name}.mjs`;
  writeFileSync(join(folder.path, program), `import { print, runInExecutor } from './counting.mjs';\n${text}`);
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, [program], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Counted;
}

const NESTED = `
  class Part {
    constructor(n, inner) {
      this.n = n;
      this.inner = inner;
      this.total = () => this.n + (this.inner === undefined ? 0 : this.inner.total());
    }
  }
  const nest = (depth) => depth === 0 ? undefined : new Part(depth, nest(depth - 1));`;

test('an arrow that is found deep in an object is stopped where few calls are on the stack', async () => {
  const { depths, results } = await countedIn('nested', `${NESTED} const top = nest(12); await print(() => top.total());`);
  expect(results).toBe(78);
  expect(depths).toHaveLength(12);
  expect(Math.max(...depths) - Math.min(...depths)).toBe(0);
});

test('an arrow is stopped before it does anything, whatever it begins with', async () => {
  const { depths, results } = await countedIn(
    'beginnings',
    `import { isMainThread } from 'node:worker_threads';
    const ran = [];
    function make(mark) {
      return [
        () => { for (const { a = mark('a'), b = mark('b') } of mark('of')) mark(this); },
        () => { for (let i = mark('i'), j = mark('j'); mark('test'); mark('next')) mark(this); },
        () => { do { mark('do', this); } while (mark('while')); },
        async () => { await mark('await'); try { await mark(this); } finally { mark('finally'); } },
        async () => { try { await mark('await'); } finally { mark(this); } },
        () => { if (true) { mark('if'); } mark(this); },
        () => { if (false) mark('if'); else mark('else', this); mark('after'); },
        () => { { ; { mark('block', this); } } },
        () => { switch (mark('switch')) { case mark('case'): mark(this); } },
        () => { function f() { mark('f'); } var x; let y; f(); mark(x, y, this); },
        () => { class A extends mark('extends') { static [mark('key')] = mark('value'); } return [A, this]; },
        (a = mark('a'), b = mark('b'), c = mark('c'), d = mark('d'), { e = mark('e'), [mark('key')]: f } = {}) => mark(this, a, b, c, d, e, f),
        () => mark('x').y(mark('z'), this)[mark('w')],
        () => (mark('first'), mark('second'), this),
      ];
    }
    const all = make.call({ tag: 1 }, (what) => void (isMainThread && ran.push(what)));
    await print(() => all.length);
    process.exitCode = ran.length;`,
  );
  expect(results).toBe(14);
  expect(depths).toHaveLength(14);
});

test('a function that was not met before takes one look', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `part${index}`);
  folder.install('parts', {
    'index.js': `export const make = () => { ${names.map((name) => `const ${name} = (n) => n + 1;`).join('\n')} return { ${names.join()} }; };`,
  });
  const { asked, results } = await countedIn(
    'parts',
    `import { make } from 'parts'; const all = make(); await print(() => Object.values(all).reduce((n, part) => part(n), 0));`,
  );
  expect(results).toBe(40);
  // One each, and some for the program's own.
  expect(asked['Runtime.getProperties']).toBeLessThan(50);
});

test('functions that share many variables of one scope are stopped once for all of them', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `v${index}`);
  const { depths, results } = await countedIn(
    'sharing',
    `function make() {
      let [${names.join()}] = [${names.map(() => 0).join()}];
      return { ups: [${names.map((name) => `() => ++${name}`).join()}], reads: [${names.map((name) => `() => ${name}`).join()}] };
    }
    const { ups, reads } = make();
    const other = make();
    await print(() => { for (const up of ups) up(); other.ups[0](); other.ups[0](); return [...reads, other.reads[0], other.reads[1]].map((read) => read()); });`,
  );
  expect(results).toEqual([...names.map(() => 1), 2, 0]);
  // Two scopes.
  expect(depths.length).toBeLessThanOrEqual(4);
});

test('a generator shares a variable with what assigns to it', async () => {
  const { results } = await countedIn(
    'generators',
    `function make() { let n = 0; return { count: function* () { yield n; }, up: () => ++n }; }
    const { count, up } = make();
    await print(() => { const before = [...count()]; up(); up(); return [...before, ...count()]; });`,
  );
  expect(results).toEqual([0, 2]);
});

test('a file that many functions of one call stand in is parsed once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `part${index}`);
  writeFileSync(
    join(folder.path, 'long.cjs'),
    `/* ${'-'.repeat(3_000)} */ class Base {}
    exports.make = () => { ${names.map((name) => `const ${name} = (n) => n + 1;`).join('\n')} return [${names.join()}]; };`,
  );
  const { parsed, results } = await countedIn(
    'long',
    `import long from './long.cjs'; const all = long.make(); await print(() => all.reduce((n, part) => part(n), 0));`,
  );
  expect(results).toBe(30);
  expect(parsed).toBeLessThanOrEqual(2);
});

test('a call of which a thread lacks several functions goes there twice, not once for each', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `made${index}`);
  // Only in the main thread.
  folder.install('divided', {
    'index.js': `import { isMainThread } from 'node:worker_threads';
      ${names.map((name) => `export let ${name};`).join('\n')}
      if (isMainThread) { ${names.map((name, index) => `${name} = () => ${index};`).join('\n')} }`,
  });
  const { asked, results } = await countedIn(
    'divided',
    `import { ${names.join()} } from 'divided';
    const all = [${names.join()}];
    await print(() => all.map((each) => each()));`,
  );
  expect(results).toEqual(names.map((_, index) => index));
  expect(asked.sent).toBeLessThanOrEqual(3);
});

const COUNTING = `
import { createRequire } from 'node:module';
import { Session } from 'node:inspector';
import { MessagePort } from 'node:worker_threads';
const asked = { sent: 0 };
const depths = [];
let parsed = 0;
const { post, emit } = Session.prototype;
Session.prototype.post = function (method, ...rest) {
  asked[method] = (asked[method] ?? 0) + 1;
  return post.call(this, method, ...rest);
};
Session.prototype.emit = function (name, message) {
  if (name === 'Debugger.paused') depths.push(message.params.callFrames.length);
  return emit.apply(this, arguments);
};
const { Parser } = createRequire(createRequire(import.meta.url).resolve('run-in-executor'))('acorn');
const { parse } = Parser;
Parser.parse = function (text, ...rest) {
  if (text.length > 3_000) parsed++;
  return parse.call(this, text, ...rest);
};
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
  if (message?.deliveries !== undefined) asked.sent++;
  return send.call(this, message, ...rest);
};
export const { runInExecutor } = await import('run-in-executor');
export async function print(fn, ...args) {
  const results = await runInExecutor(fn, ...args);
  process.stdout.write(JSON.stringify({ asked, depths, parsed, results }));
}
`;
