/**
 * Executors, limits, modules by name, errors. Checked by the compiler, never run.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ConcurrencyLimit,
  currentThread,
  Executor,
  ExecutorError,
  type ExecutorLike,
  type ExecutorOptions,
  type ExecutorStats,
  type Explanation,
  explain,
  FunctionNotSendableError,
  fromModule,
  type getDefaultExecutor,
  KeyedConcurrencyLimit,
  partial,
  setDefaultExecutor,
  sleepSync,
  ThreadExitedError,
  ThreadOutOfMemoryError,
  transfer,
  ValueNotSendableError,
} from 'run-in-executor';
import { assertSame } from './same.js';

declare function resize(image: Uint8Array, width: number): Uint8Array;
declare function openDatabase(path: string): void;

export async function executors(): Promise<void> {
  const options: ExecutorOptions = {
    maxThreads: 5,
    minThreads: 0,
    idleTimeout: 30_000,
    maxQueue: 100,
    initializer: openDatabase,
    initializerArgs: ['data.db'],
    finalizer: () => {},
    defaults: { timeout: 1000 },
    functions: 'reference',
    maxTasksPerThread: 1000,
    maxHeapPerThread: 512,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: process.env,
    execArgv: ['--no-warnings'],
    context: [new AsyncLocalStorage<string>()],
    name: 'images',
  };
  await using executor = new Executor(options);
  const small = await executor.run(resize, new Uint8Array(8), 100);
  const bytes: Uint8Array = small;
  const asLike: ExecutorLike = executor;
  const thumbnail = asLike.wrap(resize);
  assertSame<ReturnType<typeof thumbnail>, Promise<Uint8Array>>();
  await executor.warmUp(resize, openDatabase);
  // @ts-expect-error what is bound is checked, as `initializerArgs` cannot be
  new Executor({ initializer: partial(openDatabase, 7) });
  await executor.ready({ signal: AbortSignal.timeout(10) });
  executor.resize(executor.maxThreads + 1);
  const stats: ExecutorStats = executor.stats();
  const median: number = stats.runTime.p50;
  const isClosed: boolean = executor.closed;
  await executor.close({ timeout: 1000 });
  await executor.terminate();
  setDefaultExecutor(executor);
  assertSame<ReturnType<typeof getDefaultExecutor>, ExecutorLike>();
  void [bytes, median, isClosed];
  // @ts-expect-error a number of threads
  new Executor({ maxThreads: 'all' });
  // @ts-expect-error no such option
  new Executor({ threads: 5 });
  // @ts-expect-error the limit is changed by resize()
  executor.maxThreads = 2;
}

const executor = new Executor();
const limit = new ConcurrencyLimit(2);

export class Reports {
  readonly title = 'report';
  @executor.wrap
  async render(rows: number[]): Promise<string> {
    return this.title + rows.length;
  }

  @limit.wrap
  async send(address: string): Promise<boolean> {
    return address.length > 0;
  }

  // @ts-expect-error a method that returns no promise cannot become one
  @executor.wrap
  count(): number {
    return 1;
  }
}

export async function limits(): Promise<void> {
  const limit = new ConcurrencyLimit(3);
  limit.limit = 4;
  const inFlight: number = limit.running + limit.waiting;
  const got = await limit.run(async (url: string) => url.length, 'https://localhost/');
  assertSame<typeof got, number>();
  const get = limit.wrap((url: string, tries?: number) => url.repeat(tries ?? 1));
  const body: string = await get('x');
  {
    using place = await limit.acquire({ signal: AbortSignal.timeout(10) });
    void place;
  }
  const hosts = new KeyedConcurrencyLimit(2);
  const page: string = await hosts.run('localhost', async (path: string) => path, '/');
  const getPage = hosts.wrap(
    async (url: URL) => url.href,
    (url) => url.host,
  );
  assertSame<typeof getPage, (url: URL) => Promise<string>>();
  const tenants = new KeyedConcurrencyLimit<number>((tenant) => (tenant > 10 ? 1 : 2));
  using place = await tenants.acquire(7);
  const size: number = tenants.size;
  // @ts-expect-error a tenant is a number here
  await tenants.run('seven', () => 1);
  // @ts-expect-error a missing argument
  await limit.run((url: string) => url);
  void [inFlight, body, page, place, size];
}

export async function modulesByName(executor: ExecutorLike): Promise<void> {
  const paths = fromModule<typeof import('node:path')>('node:path');
  const joined: string = await executor.run(paths.join, 'a', 'b');
  const loose = fromModule<{ render(rows: number[]): string; version: string }>(new URL('./report.js', import.meta.url));
  const text = await executor.run(loose.render, [1]);
  assertSame<typeof text, string>();
  // @ts-expect-error only functions are named
  loose.version;
  void joined;
}

export function howItCrosses(): string[] {
  const explanation: Explanation = explain(resize);
  const way: 'name' | 'reference' | 'value' | 'none' = explanation.way;
  // @ts-expect-error a function, not its name
  explain('resize');
  return [way, explanation.from, ...explanation.captures.map(({ name }) => name), `${explanation.problem ?? explanation}`];
}

export function inATask(): Uint8Array {
  const thread = currentThread();
  const stop: boolean | undefined = thread?.signal.aborted || thread?.cancelled;
  // @ts-expect-error undefined outside a task
  thread.id;
  sleepSync(10);
  const pixels = new Uint8Array(8);
  const moved = transfer(pixels, [pixels.buffer]);
  void stop;
  return moved;
}

export function errors(error: unknown): string {
  if (error instanceof FunctionNotSendableError || error instanceof ValueNotSendableError) return error.path;
  if (error instanceof ThreadOutOfMemoryError) assertSame<typeof error.exitCode, number | null>();
  if (error instanceof ThreadExitedError) return `${error.exitCode}`;
  if (error instanceof ExecutorError) return error.code;
  return '';
}
