import { setImmediate as nextTurn } from 'node:timers/promises';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../src/limits/concurrency-limit.js';
import { KeyedConcurrencyLimit } from '../../src/limits/keyed-concurrency-limit.js';
import { Gate } from './gate.js';

describe('a wrapped function', () => {
  const limit = new ConcurrencyLimit(1);
  async function fetchPage(this: void, _url: string, _depth: number) {}

  it.each([
    ['ConcurrencyLimit', limit.wrap(fetchPage)],
    ['KeyedConcurrencyLimit', new KeyedConcurrencyLimit(1).wrap(fetchPage, (url) => url)],
  ])('of %s keeps its name and length', (_, wrapped) => {
    expect([wrapped.name, wrapped.length]).toEqual(['fetchPage', 2]);
  });

  it('is called with the this that it is called on', async () => {
    const counter = {
      count: 41,
      increment: limit.wrap(function (this: unknown) {
        return ++(this as { count: number }).count;
      }),
    };
    await expect(counter.increment()).resolves.toBe(42);
  });

  it('rejects where the function throws', async () => {
    const wrapped = limit.wrap(() => {
      throw new Error('deliberate');
    });
    await expect(wrapped()).rejects.toThrow('deliberate');
  });

  it('is made by a wrap taken off its limit, too', async () => {
    const { wrap } = limit;
    await expect(wrap((a: number) => a + 1)(1)).resolves.toBe(2);
  });

  it.each([undefined, null, 'fetchPage', {}])('cannot be made of %o', (notAFunction) => {
    expect(() => limit.wrap(notAFunction as never)).toThrow(TypeError);
    expect(() => new KeyedConcurrencyLimit(1).wrap(notAFunction as never, () => '')).toThrow(TypeError);
    expect(() => new KeyedConcurrencyLimit(1).wrap(fetchPage, notAFunction as never)).toThrow(TypeError);
  });

  it('cannot be made with what wrap does not take', () => {
    expect(() => limit.wrap(fetchPage, { limit: 3 } as never)).toThrow('Cannot wrap with more than a function');
    expect(() => [fetchPage].map(limit.wrap as never)).toThrow('received a number after it');
  });
});

describe('@limit.wrap', () => {
  const source = `
    class Client {
      constructor(base) { this.base = base; }
      @limit.wrap async get(path) { await gate.pass(this.base + path); return this.base + path; }
      @limit.wrap static async ping(host) { await gate.pass(host); return host; }
    }
    return Client;
  `;

  interface Client {
    new (base: string): { get(path: string): Promise<string> };
    ping(host: string): Promise<string>;
  }

  function evaluate(code: string, limit: ConcurrencyLimit, gate: Gate): Client {
    return new Function('limit', 'gate', code)(limit, gate) as Client;
  }

  // esbuild knows `return` at the top only in a function.
  const viaEsbuild = (options: object) =>
    `${transformSync(`globalThis.__made = (limit, gate) => { ${source} }`, { loader: 'ts', target: 'es2022', tsconfigRaw: { compilerOptions: options } }).code}; return globalThis.__made(limit, gate)`;
  const viaTypeScript = (options: ts.CompilerOptions) =>
    ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, ...options } })
      .outputText;

  it.each([
    ['TypeScript', viaTypeScript({})],
    ['esbuild, hence tsx', viaEsbuild({})],
  ])('limits instance and static methods together, compiled by %s', async (_, code) => {
    const limit = new ConcurrencyLimit(2);
    const gate = new Gate();
    const Client = evaluate(code, limit, gate);
    const all = Promise.all([new Client('a').get('/1'), new Client('b').get('/2'), Client.ping('c')]);
    await nextTurn();
    expect(gate.inside).toEqual(['a/1', 'b/2']);
    for (const name of ['a/1', 'b/2', 'c']) await gate.open(name);
    await expect(all).resolves.toEqual(['a/1', 'b/2', 'c']);
    expect([Client.prototype.get.name, Client.prototype.get.length]).toEqual(['get', 1]);
  });

  it.each([
    ['TypeScript', viaTypeScript({ experimentalDecorators: true })],
    ['esbuild, hence tsx', viaEsbuild({ experimentalDecorators: true })],
  ])('used as a legacy decorator says so, compiled by %s', (_, code) => {
    const use = () => evaluate(code, new ConcurrencyLimit(1), new Gate());
    expect(use).toThrow(TypeError);
    expect(use).toThrow('switch off "experimentalDecorators"');
  });

  it.each(['class', 'field', 'getter', 'accessor'])('refuses a %s', (kind) => {
    const use = () => new ConcurrencyLimit(1).wrap((async () => {}) as never, { kind, name: 'x' } as never);
    expect(use).toThrow(`Cannot use @limit.wrap on what is no method: received a context of kind "${kind}"`);
  });
});
