/**
 * The other ways to call: named, bound, wrapped, with options, over many items. Checked by the compiler, never run.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ConcurrencyLimit, type Executor, type MapResult, type NamedArguments, partial, type Run, runInExecutor } from 'run-in-executor';
import { assertSame } from './same.js';

declare const run: Run;
declare const executor: Executor;
declare function firstOf<T>(all: readonly T[]): T | undefined;
declare function delayedPrint(mes: string, sec: number): string;
declare function openWindow(options: { title: string; wide?: boolean }): number;
declare function join(separator: string, ...parts: string[]): string;
declare function lines(path: string, limit?: number): Generator<string>;
declare function rowsOf(path: string): AsyncGenerator<{ n: number }>;

export async function namedArguments(): Promise<void> {
  const printed = await run.named(delayedPrint, { mes: '222', sec: 2 });
  assertSame<typeof printed, string>();
  await run.named(delayedPrint, { mes: '222' });
  await run.named(openWindow, { title: 'a' });
  await run.named(openWindow, { options: { title: 'a', wide: true } });
  await run.named(join, { separator: ',', parts: ['a', 'b'] });
  const given: NamedArguments<typeof delayedPrint> = { sec: 1 };
  await run.named(delayedPrint, given);
  // @ts-expect-error no parameter of the function takes a boolean
  await run.named(delayedPrint, { mes: true });
}

export async function partials(): Promise<void> {
  const bound = partial(delayedPrint, '111');
  assertSame<typeof bound, (sec: number) => string>();
  const printed = await run(bound, 1);
  assertSame<typeof printed, string>();
  const whole = await run(partial(delayedPrint, '111', 1));
  assertSame<typeof whole, string>();
  const named = partial.named(delayedPrint, { mes: '111', sec: 1 });
  assertSame<typeof named, () => string>();
  await run(named);
  // @ts-expect-error the first parameter is a string
  partial(delayedPrint, 1);
  // @ts-expect-error a bound argument is not given again
  await run(bound, '111', 1);
}

export async function wrapped(): Promise<void> {
  const print = runInExecutor.wrap(delayedPrint);
  assertSame<typeof print, (mes: string, sec: number) => Promise<string>>();
  const load = run.wrap(async (id: number) => ({ id }));
  assertSame<Awaited<ReturnType<typeof load>>, { id: number }>();
  // @ts-expect-error the wrapped function keeps its parameters
  await print(1, 'x');
}

export async function wrappedKeepsOverloadsAndGenerics(): Promise<void> {
  const read = run.wrap(readFileSync);
  assertSame<Awaited<ReturnType<typeof read>>, string | NonSharedBuffer>();
  const text: string = await read('a', 'utf8');
  const bytes: Buffer = await executor.wrap(readFileSync, { timeout: 500 })('a');
  // @ts-expect-error none of its overloads
  await read('a', 5);
  const limit = new ConcurrencyLimit(2);
  const limited: string = await limit.wrap(readFile)('a', 'utf8');
  const now: string = await limit.run(readFile, 'a', 'utf8');
  const one2: number | undefined = await limit.run(firstOf, [1]);
  // @ts-expect-error not what it takes
  await limit.run(firstOf, 1);
  const first = run.wrap(firstOf);
  const one: number | undefined = await first([1]);
  void [text, bytes, one, limited, now, one2];
}

/** With a default instead of a type. */
export async function parametersWithDefaults(): Promise<void> {
  const times = executor.wrap((n: number, by = 2) => n * by);
  assertSame<Awaited<ReturnType<typeof times>>, number>();
  const limited = new ConcurrencyLimit(1).wrap(async (n: number, by = 2) => n * by);
  assertSame<Awaited<ReturnType<typeof limited>>, number>();
  const rest = partial((n: number, by = 2) => n * by, 1);
  assertSame<ReturnType<typeof rest>, number>();
  for await (const n of run.stream(function* (to: number, by = 2) {
    yield to * by;
  }, 3))
    assertSame<typeof n, number>();
}

export async function withOptions(): Promise<void> {
  const { signal } = new AbortController();
  const careful = run.with({ signal, timeout: 500, queueTimeout: 100, gracePeriod: 10, priority: 1, retries: 2, name: 'print' });
  assertSame<typeof careful, Run>();
  const printed = await careful(delayedPrint, 'a', 1);
  assertSame<typeof printed, string>();
  await careful.named(delayedPrint, { mes: 'a', sec: 1 });
  await run.with({ timeout: undefined, signal: undefined })(delayedPrint, 'a', 1);
  await run.with({}).with({ priority: 2 })(delayedPrint, 'a', 1);
  // @ts-expect-error no such option
  run.with({ timeOut: 500 });
  // @ts-expect-error ms, as a number
  run.with({ timeout: '500' });
}

export async function manyItems(): Promise<void> {
  const lengths = run.map((word: string) => word.length, ['a', 'bc']);
  assertSame<typeof lengths, MapResult<number>>();
  const list = await lengths;
  assertSame<typeof list, number[]>();
  for await (const length of run.map(async (word: string) => word.length, new Set(['a']), {
    ordered: false,
    chunkSize: 'auto',
    lookahead: 8,
  })) {
    assertSame<typeof length, number>();
  }
  const overAsync: number[] = await run.map((row: { n: number }) => row.n, rowsOf('rows.csv')).toArray();
  const entries: string[] = await run.map(([index, word]: [number, string]) => `${index}${word}`, ['a'].entries());
  for await (const line of run.stream(lines, 'notes.txt')) assertSame<typeof line, string>();
  for await (const row of run.stream(rowsOf, 'rows.csv')) assertSame<typeof row, { n: number }>();
  // @ts-expect-error the items are no numbers
  run.map((n: number) => n, ['a']);
  // @ts-expect-error the function takes the item alone
  run.map((item: string, index: number) => item + index, ['a']);
  // @ts-expect-error the function yields nothing
  run.stream(openWindow, { title: 'a' });
  void [overAsync, entries];
}
