/** Instances whose class keeps state in `#names`: the class puts it on them in the thread, and its constructor's statements do not run there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('vaults', {
    'index.js': `globalThis.bodies = 0;
      export class Vault {
        #secret = { n: 0 }; #self; #list = [];
        open = true;
        constructor(options) {
          globalThis.bodies++;
          this.#secret = options.secret;
          this.#self = this;
          this.name = options.name;
        }
        #add(item) { this.#list.push(item); return this; }
        add(item) { return this.#add(item); }
        get isItself() { return this.#self === this; }
        get #size() { return this.#list.length; }
        read() { return [this.#secret.n, this.#list, this.#size, this.name, this.open, this.isItself, globalThis.bodies]; }
      }
      export class Bank extends Vault {
        #branch = 'none'; city = 'Graz';
        constructor({ branch, ...options }) {
          const given = { name: 'bank', ...options };
          super(given);
          globalThis.bodies++;
          this.#branch = branch;
        }
        where() { return [this.#branch, this.city, ...this.read()]; }
      }
      export class Plain extends Vault {
        #tag = 1;
        tag(to) { this.#tag = to; return this; }
        tagged() { return [this.#tag, ...this.read()]; }
      }
      export class Counts extends Map {
        #hits = 0; kind = 'counts';
        get(key) { this.#hits++; return super.get(key); }
        hits() { return [this.#hits, this.kind, this.size]; }
      }
      export class Twice extends Vault { #secret = 2; other() { return this.#secret; } }
      export const open = (options) => new Vault(options);`,
  });
  writeFileSync(
    join(folder.path, 'program.mjs'),
    `import { runInExecutor as run } from 'run-in-executor';
    import { Bank, Counts, open, Plain, Twice, Vault } from 'vaults';
    class Own { #a = 1; #b = []; constructor(b) { if (b === undefined) throw new Error('never'); this.#b = b; } read() { return [this.#a, this.#b]; } }
    const vault = new Vault({ secret: { n: 7 }, name: 'v' }).add('x');
    vault.open = false;
    const bank = new Bank({ secret: { n: 8 }, branch: 'west' });
    const plain = new Plain({ secret: { n: 9 }, name: 'p' }).tag(5);
    const counts = new Counts([['a', 1]]);
    counts.get('a');
    counts.kind = 'other';
    const own = new Own(['b']);
    const shared = ['both'];
    const twice = async (task, ...args) => [await run(task, ...args), await run(task, ...args)];
    console.log(JSON.stringify([
      ...(await twice(() => vault.read())),
      ...(await twice((given) => [...given.where(), given instanceof Bank, Object.keys(given)], bank)),
      ...(await twice(() => plain.tagged())),
      ...(await twice((given) => [given.get('a'), ...given.hits(), given instanceof Counts], counts)),
      ...(await twice(() => own.read())),
      await run((list) => [list.length, new Set(list).size, list[29].read()[0]], Array.from({ length: 30 }, (_, n) => new Vault({ secret: { n } }))),
      await run((a, b) => { a.read()[1].push(1); return b; }, new Own(shared), shared),
      await run((given) => given.add('y').read()[1], vault),
      vault.read()[1],
      await run(Array.from, [1]),
    ]));
    for (const [task, ...args] of [[(it) => it.other(), new Twice({ secret: 1 })], [() => 1, Object.create(Vault.prototype)], [open, { secret: 1 }]])
      await run(task, ...args).then(console.log, ({ code, message }) => console.log(code, message));`,
  );
});

afterAll(() => folder.remove());

test('arrive whole, in arguments and captures, of a package or of the file, each time', { timeout: 120_000 }, async () => {
  const { stdout, stderr } = await runProgram(process.execPath, ['program.mjs'], folder.path);
  expect(stderr).toBe('');
  const [results, ...refusals] = stdout.trim().split('\n');
  const vault = [7, ['x'], 1, 'v', false, true, 0];
  const bank = ['west', 'Graz', 8, [], 0, 'bank', true, true, 0, true, ['open', 'name', 'city']];
  const plain = [5, 9, [], 0, 'p', true, true, 0];
  const counts = [1, 2, 'other', 1, true];
  const own = [1, ['b']];
  expect(JSON.parse(results ?? '')).toEqual([
    ...[vault, vault, bank, bank, plain, plain, counts, counts, own, own],
    [30, 30, 29],
    ['both', 1],
    ['x', 'y'],
    ['x'],
    [1],
  ]);
  expect(refusals).toEqual([
    expect.stringMatching(/^ERR_VALUE_NOT_SENDABLE Cannot send args\[0\] across threads: Twice keeps state in private #names/),
    expect.stringMatching(/^ERR_VALUE_NOT_SENDABLE Cannot send args\[0\]\.#secret across threads: its class has not put #secret on it/),
    expect.stringMatching(/^ERR_VALUE_NOT_SENDABLE Cannot send result across threads: Vault keeps state in private #names/),
  ]);
});
