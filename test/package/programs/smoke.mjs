/**
 * One check of each thing that the library promises and that a version of Node could break; without a test runner, so that any Node runs it.
 * Prints a line for each check, and exits with 1 if one fails.
 */
import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert';
import { gzipSync } from 'node:zlib';
import bcrypt from 'bcryptjs';
import {
  ConcurrencyLimit,
  Executor,
  ExecutorClosedError,
  fromModule,
  partial,
  runInExecutor,
  sleepSync,
  TaskTimeoutError,
  ThreadExitedError,
  transfer,
  ValueNotSendableError,
} from 'run-in-executor';
import { onAThread, wordCount } from './text.mjs';

const checks = {
  async 'a builtin of Node crosses by name, and a Buffer stays one'() {
    const zipped = await runInExecutor(gzipSync, Buffer.from('text'));
    ok(Buffer.isBuffer(zipped));
    deepStrictEqual(zipped, gzipSync(Buffer.from('text')));
  },
  async 'a global crosses by name'() {
    deepStrictEqual(await runInExecutor(JSON.parse, '[1]'), [1]);
  },
  async 'a function of a file or of a package crosses by reference, and runs on a thread'() {
    ok(await runInExecutor(onAThread));
    strictEqual(await runInExecutor(wordCount, 'a b c'), 3);
    ok(await runInExecutor(bcrypt.compareSync, 'pw', bcrypt.hashSync('pw', 4)));
  },
  async 'fromModule names a function without loading it'() {
    strictEqual(await runInExecutor(fromModule(new URL('./text.mjs', import.meta.url)).wordCount, 'a b'), 2);
  },
  async 'arguments are bound by position and by name'() {
    strictEqual(await runInExecutor(partial(Math.max, 1, 5), 3), 5);
    strictEqual(await runInExecutor(Math.max.bind(null, 7), 3), 7);
    strictEqual(await runInExecutor.named(wordCount, { text: 'a b' }), 2);
  },
  async 'identity and cycles are kept'() {
    const cycle = { self: undefined };
    cycle.self = cycle;
    const copy = await runInExecutor(structuredClone, cycle);
    strictEqual(copy.self, copy);
  },
  async 'transfer moves'() {
    const bytes = new Uint8Array(8);
    await runInExecutor(structuredClone, transfer(bytes));
    strictEqual(bytes.byteLength, 0);
  },
  async 'an error comes home as itself'() {
    await rejects(runInExecutor(JSON.parse, '{'), SyntaxError);
    await rejects(runInExecutor(structuredClone, new WeakMap()), ValueNotSendableError);
  },
  async 'the limit holds, and the event loop stays free'() {
    const executor = new Executor({ maxThreads: 2 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, executor.stats().running)), 1);
    await Promise.all([60, 60, 60, 60].map((ms) => executor.run(sleepSync, ms)));
    clearInterval(timer);
    clearInterval(watch);
    ok(ticks > 2);
    ok(most <= 2);
    await executor.close();
  },
  async 'a running task can be aborted and timed out'() {
    const reason = new Error('enough');
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 20);
    await rejects(runInExecutor.with({ signal: abort.signal })(sleepSync, 60_000), reason);
    await rejects(runInExecutor.with({ timeout: 20 })(sleepSync, 60_000), TaskTimeoutError);
  },
  async 'a thread that exits fails its task alone'() {
    const executor = new Executor({ maxThreads: 1 });
    const [exited, next] = await Promise.allSettled([executor.run(process.exit, 3), executor.run(Math.max, 1, 2)]);
    ok(exited.reason instanceof ThreadExitedError);
    strictEqual(next.value, 2);
    await executor.close();
    await rejects(executor.run(Math.max, 1), ExecutorClosedError);
  },
  async 'a limit is first come, first served'() {
    const limit = new ConcurrencyLimit(1);
    const order = [];
    await Promise.all([1, 2, 3].map((n) => limit.run(async () => order.push(n))));
    deepStrictEqual(order, [1, 2, 3]);
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`NOT OK ${name}`, error);
    process.exitCode = 1;
  }
}
