import { transformSync } from 'esbuild';
import { currentThread, Executor, InlineExecutor, partial } from 'run-in-executor';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1, name: 'wrapping' });
afterAll(() => executor.close());

const source = `
  class Client {
    base;
    calls = 0;
    constructor(base) { this.base = base; }
    @executor.wrap async get(path) { this.calls++; return [this.join(path), where()]; }
    @executor.wrap static async ping(host) { return this.name + ' pings ' + host; }
    @executor.wrap async fail() { throw new RangeError(this.base); }
    join(path) { return this.base + path; }
  }
  return Client;
`;

/** As a compiler that knows decorators calls them. */
const byHand = `
  class Client {
    base;
    calls = 0;
    constructor(base) { this.base = base; }
    async get(path) { this.calls++; return [this.join(path), where()]; }
    static async ping(host) { return this.name + ' pings ' + host; }
    async fail() { throw new RangeError(this.base); }
    join(path) { return this.base + path; }
  }
  for (const [target, name] of [[Client.prototype, 'get'], [Client.prototype, 'fail'], [Client, 'ping']]) {
    const context = { kind: 'method', name, static: target === Client, private: false, addInitializer() {}, metadata: {} };
    Object.defineProperty(target, name, { ...Object.getOwnPropertyDescriptor(target, name), value: executor.wrap(target[name], context) });
  }
  return Client;
`;

interface Client {
  base: string;
  calls: number;
  get(path: string): Promise<[string, string | undefined]>;
  fail(): Promise<never>;
}
interface ClientClass {
  new (base: string): Client;
  ping(host: string): Promise<string>;
}

const where = () => currentThread()?.executor;

function classOf(code: string, target: Executor): ClientClass {
  return new Function('executor', 'where', code)(target, where) as ClientClass;
}

const compiled: [string, string][] = [
  ['TypeScript', ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText],
  ['esbuild', transformSync(`function f() {${source}}`, { target: 'es2022' }).code.replace(/$/, '\nreturn f();')],
  ['hand', byHand],
];

describe.each(compiled)('methods decorated by @executor.wrap, compiled by %s', (_, code) => {
  test('run there, with a copy of this', async () => {
    const client = new (classOf(code, executor))('http://a');
    await expect(client.get('/b')).resolves.toEqual(['http://a/b', 'wrapping']);
    expect(client.calls).toBe(0);
  });

  test('see this as it is at the call', async () => {
    const client = new (classOf(code, executor))('http://a');
    await client.get('/b');
    client.base = 'http://c';
    const result = client.get('/d');
    client.base = 'http://e';
    await expect(result).resolves.toEqual(['http://c/d', 'wrapping']);
  });

  test('reject with what the method throws', async () => {
    const client = new (classOf(code, executor))('torn');
    await expect(client.fail()).rejects.toThrow(RangeError);
  });

  test('may be static', async () => {
    await expect(classOf(code, executor).ping('b')).resolves.toBe('Client pings b');
  });

  test('run on an InlineExecutor too', async () => {
    const inline = new InlineExecutor({ name: 'inline' });
    const client = new (classOf(code, inline))('http://a');
    await expect(client.get('/b')).resolves.toEqual(['http://a/b', 'inline']);
    expect(client.calls).toBe(0);
  });
});

describe('a wrapped function', () => {
  const add = (a: number, b = 1) => a + b;

  test('runs there, and keeps name and length', async () => {
    const wrapped = executor.wrap(add);
    await expect(wrapped(1, 2)).resolves.toBe(3);
    expect([wrapped.name, wrapped.length]).toEqual(['add', 1]);
    await expect(executor.run.wrap(where)()).resolves.toBe('wrapping');
  });

  test('takes the options of a task', async () => {
    const never = () => new Promise<void>(() => undefined);
    await expect(executor.wrap(never, { timeout: 30 })()).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
    expect(() => executor.wrap(never, { timeOut: 30 } as never)).toThrow('has no option timeOut');
  });

  test('reads what it captures when it is called', async () => {
    let factor = 2;
    const wrapped = executor.wrap((n: number) => n * factor);
    await expect(wrapped(3)).resolves.toBe(6);
    factor = 5;
    await expect(wrapped(3)).resolves.toBe(15);
  });

  test('goes to a thread as what it wraps', async () => {
    const wrapped = executor.wrap(add);
    await expect(executor.run(async (fn: typeof wrapped) => [await fn(1), fn(1) instanceof Promise], wrapped)).resolves.toEqual([2, true]);
    await expect(executor.run(async () => wrapped(4))).resolves.toBe(5);
  });

  test.each([undefined, null, 'fn', {}])('cannot be made of %o', (notAFunction) => {
    expect(() => executor.wrap(notAFunction as never)).toThrow(TypeError);
  });

  test('is not made by legacy decorators, nor of what is no method', () => {
    expect(() => (executor.wrap as (...legacy: unknown[]) => unknown)(add, 'add', {})).toThrow(
      'Cannot use @executor.wrap as a legacy decorator',
    );
    expect(() => executor.wrap(add as never, { kind: 'field' } as never)).toThrow(
      'Cannot use @executor.wrap on what is no method: received a context of kind "field"',
    );
  });
});

describe('run.with', () => {
  test('adds options to those before, and overrides them', async () => {
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 60));
    const hasty = executor.run.with({ timeout: 10, name: 'hasty' });
    await expect(hasty(slow)).rejects.toThrow('hasty ran longer than 10 ms');
    await expect(hasty.with({ timeout: 5_000 })(slow)).resolves.toBeUndefined();
    await expect(hasty.with({ name: 'other' })(slow)).rejects.toThrow('other ran longer than 10 ms');
    await expect(hasty.with({ timeout: undefined }).wrap(slow)()).resolves.toBeUndefined();
  });

  test('leaves run itself as it was', async () => {
    executor.run.with({ signal: AbortSignal.abort(new Error('before')) });
    await expect(executor.run(Math.abs, -1)).resolves.toBe(1);
  });

  test('reaches named, map and stream', async () => {
    const aborted = executor.run.with({ signal: AbortSignal.abort(new Error('before')) });
    await expect(aborted.named((a: number) => a, { a: 1 })).rejects.toThrow('before');
    await expect(aborted.map(Math.abs, [1])).rejects.toThrow('before');
    await expect(aborted.stream(function* () {}).next()).rejects.toThrow('before');
  });

  test('refuses options that are none', () => {
    expect(() => executor.run.with({ priority: 'high' } as never)).toThrow(TypeError);
    expect(() => executor.run.with({ timeout: -1 })).toThrow(RangeError);
  });
});

test('a partial is a function for all of these', async () => {
  const power = (base: number, exponent: number) => base ** exponent;
  const powersOfTwo = partial(power, 2);
  await expect(executor.run(powersOfTwo, 5)).resolves.toBe(32);
  await expect(executor.wrap(powersOfTwo)(6)).resolves.toBe(64);
  await expect(executor.map(powersOfTwo, [1, 2, 3])).resolves.toEqual([2, 4, 8]);
});
