// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// Modules that work together: hierarchies across files, folders, conditions, cycles. The files stand in files/mix.
import MixDefault, { MixAnimal, MixDog, mixKennel, makeBarker } from './mix/animals.mjs';
import * as mixAll from './mix/all.mjs';
import mixArrow from './mix/arrow.mjs';
import mixAnonymous from './mix/anonymous.mjs';
import { mixPing } from './mix/ping.mjs';
import { mixState, setMixState, mixCounter } from './mix/state.mjs';
import MixShape from './mix/shape.cjs';
import mixCycle from './mix/cycle-a.cjs';
import { viaSelf, viaImports, conditionOf } from 'mix-package';
import { deep as mixDeep } from 'mix-package/deep/thing';
import { EventEmitter as MixEmitter } from 'node:events';
import { Readable as MixReadable } from 'node:stream';
import { promisify as mixPromisify, inspect as mixInspect, format as mixFormat } from 'node:util';
import { AsyncLocalStorage as MixStorage } from 'node:async_hooks';
import mixFs, { promises as mixFsPromises } from 'node:fs';
import mixAssert from 'node:assert';
import * as mixCrypto from 'node:crypto';

class MixPuppy extends MixDog { constructor(n) { super(n); this.young = true; } speak() { return `${super.speak()} (squeak)`; } static from(n) { return new this(n); } }
const mixPup = new MixPuppy('Rex');
export class MixExported { static made = 0; constructor(v) { this.v = v; MixExported.made++; } twice() { return helper(this.v); } }
const helper = (x) => x * 2;
export const mixArrowExported = (x) => new MixExported(x).twice();
export { helper as mixRenamed };

same('combined: a local subclass of an imported hierarchy, an instance captured', () => [() => [mixPup.speak(), mixPup instanceof MixAnimal, MixPuppy.from('b').young]], ['Rex: woof (squeak)', true, true]);
same('combined: an imported instance list, of imported classes', () => [() => mixKennel.map((a) => [a.speak(), a instanceof MixAnimal, a.constructor.name])], [['Ada: woof', true, 'MixDog'], ['Bo: …', true, 'MixAnimal']]);
same('combined: an imported maker\'s closure', () => [makeBarker('!'), 'x'], 'x!woof');
same('combined: a default import that is a class', () => [(n) => new MixDefault(n).speak(), 'D'], 'D: …');
same('combined: export * as, nested namespaces', () => [() => [mixAll.animals.MixDog.name, mixAll.inner.deep.value, mixAll.inner.deep.add(1)]], ['MixDog', 5, 6]);
same('combined: a nested namespace\'s function itself', () => [mixAll.inner.deep.add, 2], 7);
same('combined: default exports without a name', () => [(x) => [mixArrow(x), mixArrow.name, new mixAnonymous(x).v], 3], [4, 'default', 3]);
same('combined: a default export without a name, itself', () => [mixArrow, 3], 4);
same('combined: functions of two modules that import each other', () => [(n) => mixPing(n), 4], 'ping pong ping pong end');
form('combined: a live binding is as at each call where it is by value', async (run) => { setMixState('changed'); const f = (x) => [mixState, x]; const r = await run(f, 1); setMixState('first'); return [Array.isArray(r), r[1]]; }, [true, 1]);
same('combined: a counter object of a module, bumped in the task', () => [() => [mixCounter.bump(), mixCounter.bump()]]);
same('combined: module.exports = class with statics, imported', () => [() => [new MixShape(2).area(), MixShape.unit().area(), MixShape.Square.name, new MixShape.Square(3).area(), MixShape.count >= 0]], [4, 1, 'Square', 9, true]);
form('combined: an instance of a CommonJS class as the result', async (run) => { const s = await run((n) => new MixShape.Square(n), 4); return [s instanceof MixShape, s instanceof MixShape.Square, s.area()]; }, [true, true, 16]);
same('combined: CommonJS modules that require each other', () => [() => [mixCycle.name, mixCycle.other(), mixCycle.viaOther()]], ['a', 'b', 'a via b']);
same('combined: a package that imports itself by name, by #imports, by conditions', () => [() => [viaSelf(1), viaImports(1), conditionOf().includes('import')]], [101, 1001, true]);
same('combined: functions of such a package themselves', () => [viaImports, 2], 1002);
same('combined: a subpath of such a package by a pattern', () => [mixDeep, 'x'], 'deep x');
same('combined: import() of a file in a nested folder that goes up again', () => [async () => (await import('./mix/nested/one/leaf.mjs')).climb()], 'leaf of double 4');
same('combined: import() of JSON with attributes, and of a package\'s subpath', () => [async () => [(await import('./data.json', { with: { type: 'json' } })).default.list.length, (await import('mix-package/deep/thing')).deep('y')]], [2, 'deep y']);
same('combined: import() by a template of captured parts', () => { const folder = 'nested', file = 'leaf'; return [async () => (await import(`./mix/${folder}/one/${file}.mjs`)).name]; }, 'leaf');
same('combined: import() in a captured helper, in a class and in a default', () => { const load = (f) => import(f); class L { static async get(n) { return (await import('./mix/nested/one/leaf.mjs'))[n]; } } return [async (p = import('node:path')) => [(await load('./mix/arrow.mjs')).default(1), await L.get('name'), (await p).sep]]; }, [2, 'leaf', '/']);
same('combined: import() that fails gives the error of here', () => [async () => { const missing = './mix/missing.mjs'; try { await import(missing); } catch (e) { return [e.code, e.message.includes('missing.mjs')]; } }], ['ERR_MODULE_NOT_FOUND', true]);
same('combined: import.meta in a captured helper and in a class', () => { const at = (f) => new URL(f, import.meta.url).pathname.split('/').pop(); class M { static here = import.meta.url; static file() { return import.meta.url === this.here; } } return [() => [at('./x/y.txt'), M.file(), typeof import.meta.resolve]]; }, ['y.txt', true, 'function']);
same('combined: a file beside this one is read through import.meta.url', () => [() => JSON.parse(mixFs.readFileSync(new URL('./data.json', import.meta.url), 'utf8')).list.length], 2);
same('combined: exported class, arrow and renamed helper of this file', () => [(x) => [mixArrowExported(x), new MixExported(x).twice(), MixExported.made > 0], 4], [8, 8, true]);
form('combined: an instance of this file\'s exported class comes back', async (run) => { const e = await run((x) => new MixExported(x), 5); return [e instanceof MixExported, e.twice()]; }, [true, 10]);
form('combined: an error of an imported class is thrown as itself', async (run) => { const e = await failure(run(() => { throw new mixAll.animals.MixError('bad', 3); })); return [e instanceof mixAll.animals.MixError, e.level, e.describe()]; }, [true, 3, 'bad at 3']);
same('combined: node:util\'s wrappers captured', () => { const wait = mixPromisify((x, cb) => cb(null, x + 1)); const sleep = mixPromisify(setTimeout); return [async () => [await wait(1), await sleep(1, 'v'), mixInspect({ a: [1] }), mixFormat('%d', 3)]]; }, [2, 'v', '{ a: [ 1 ] }', '3']);
same('combined: node:fs/promises, crypto and assert captured in an object', () => { const tools = { read: mixFsPromises.readFile, hash: mixCrypto.createHash, equal: mixAssert.strict.deepEqual }; return [async () => { tools.equal([1], [1]); return tools.hash('md5').update('a').digest('hex').slice(0, 6); }]; }, '0cc175');
same('combined: an AsyncLocalStorage run inside the task', () => { const s = new MixStorage(); return [async () => s.run(5, async () => { await null; return s.getStore(); })]; }, 5);
same('combined: an emitter with closures as listeners', () => { const e = new MixEmitter(); let n = 0; e.on('x', (v) => { n += v; }); e.once('x', (v) => { n += v * 100; }); return [() => { e.emit('x', 1); e.emit('x', 2); return [n, e.listenerCount('x')]; }]; }, [103, 1]);
same('combined: a subclass of EventEmitter with state, captured', () => { class Q extends MixEmitter { items = []; push(x) { this.items.push(x); this.emit('push', x); return this; } } const q = new Q(); const seen = []; q.on('push', (x) => seen.push(x * 2)); return [() => { q.push(1).push(2); return [seen, q.items, q instanceof MixEmitter]; }]; }, [[2, 4], [1, 2], true]);
same('combined: a stream made in the task, with captured transforms', () => { const up = (c) => String(c).toUpperCase(); return [async () => { const all = []; for await (const c of MixReadable.from(['a', 'b'])) all.push(up(c)); return all; }]; }, ['A', 'B']);
same('combined: a Readable\'s class extended, made in the task', () => { class Count extends MixReadable { n = 0; constructor(max) { super({ objectMode: true }); this.max = max; } _read() { this.push(this.n < this.max ? this.n++ : null); } } return [async () => { const all = []; for await (const x of new Count(3)) all.push(x); return all; }]; }, [0, 1, 2]);
form('combined: refused: a stream captured, with its path', async (run) => { const o = { in: MixReadable.from(['a']) }; const e = await failure(run(() => o.in.read())); return [e.code, /in/.test(e.path), await run((x) => x, 1)]; }, ['ERR_FUNCTION_NOT_SENDABLE', true, 1], { direct: false });
form('combined: refused: a socket, a server and a timer captured', async (run) => { const net = await import('node:net'); const s = new net.Socket(); const v = net.createServer(); const t = setTimeout(() => {}, 1); const codes = [(await failure(run(() => s.readyState))).code, (await failure(run(() => v.listening))).code, (await failure(run(() => t.hasRef()))).code]; s.destroy(); return codes; }, ['ERR_FUNCTION_NOT_SENDABLE', 'ERR_FUNCTION_NOT_SENDABLE', 'ERR_FUNCTION_NOT_SENDABLE'], { direct: false });
form('combined: an assignment to a const throws there as here', async (run) => { const change = eval('const fixed = 1; () => { fixed = 2; }'); return (await failure(run(change))).name; }, 'TypeError');
