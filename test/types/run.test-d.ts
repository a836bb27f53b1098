/**
 * What `runInExecutor` makes of the types of a function: checked by the compiler, never run.
 */
import { pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import bcrypt from 'bcryptjs';
import lodash from 'lodash';
import { type Run, runInExecutor } from 'run-in-executor';
import { assertSame } from './same.js';

declare const run: Run;
declare const rows: { k: string; n: number }[];

export async function aBuiltinKeepsItsOverloads(): Promise<void> {
  const text = await runInExecutor(readFileSync, 'notes.txt', 'utf8');
  assertSame<typeof text, string>();
  const bytes = await runInExecutor(readFileSync, 'notes.txt');
  const asBuffer: Buffer = bytes;
  const textByOptions: string = await runInExecutor(readFileSync, 'notes.txt', { encoding: 'utf8' });
  const key: Buffer = await runInExecutor(pbkdf2Sync, 'pw', 'salt', 600_000, 64, 'sha512');
  const unzipped: Buffer = await runInExecutor(gunzipSync, asBuffer);
  const parsed: { title: string } = await runInExecutor(JSON.parse, textByOptions);
  const largest = await runInExecutor(Math.max, 1, 2, 3);
  assertSame<typeof largest, number>();
  void [key, unzipped, parsed];
}

export async function aPackagesFunctionKeepsItsTypes(): Promise<void> {
  const groups: Record<string, { k: string; n: number }[]> = await runInExecutor(lodash.groupBy, rows, 'k');
  const hash = await runInExecutor(bcrypt.hashSync, 'pw', 10);
  assertSame<typeof hash, string>();
  void groups;
}

export async function parametersAreKept(): Promise<void> {
  const optional = (a: number, b?: string): string => `${a}${b}`;
  const byDefault = (a: number, b = 'x'): string => `${a}${b}`;
  const rest = (first: string, ...others: number[]): number => others.length + first.length;
  const readonlyList = (list: readonly string[], pair: readonly [number, string]): number => list.length + pair[0];
  const nothing = (): void => {};
  assertSame<string, Awaited<ReturnType<typeof one>>>();
  const one = () => run(optional, 1);
  await run(optional, 1, 'x');
  await run(optional, 1, undefined);
  await run(byDefault, 1);
  await run(byDefault, 1, 'y');
  const count = await run(rest, 'a', 1, 2, 3);
  assertSame<typeof count, number>();
  await run(rest, 'a');
  await run(readonlyList, ['a', 'b'], [1, 'x']);
  await run(readonlyList, ['a', 'b'] as const, [1, 'x'] as const);
  const undefinedResult = await run(nothing);
  assertSame<typeof undefinedResult, void>();
}

export async function genericsAreKept(): Promise<void> {
  const first = <T>(list: readonly T[]): T | undefined => list[0];
  const pair = <A, B>(a: A, b: B): [A, B] => [a, b];
  const pluck = <T, K extends keyof T>(object: T, key: K): T[K] => object[key];
  const row: { k: string; n: number } | undefined = await run(first, rows);
  const both: [number, string] = await run(pair, 1, 'x');
  const picked: number = await run(pluck<{ n: number }, 'n'>, { n: 1 }, 'n');
  void [row, both, picked];
}

export async function anAsyncFunctionIsAwaited(): Promise<void> {
  const plain = await run(async (id: number) => ({ id }), 1);
  assertSame<typeof plain, { id: number }>();
  const nested = run(() => Promise.resolve(Promise.resolve(1)));
  assertSame<typeof nested, Promise<number>>();
  const maybe = await run((late: boolean): number | Promise<string> => (late ? Promise.resolve('x') : 1), true);
  assertSame<typeof maybe, string | number>();
}

export async function closuresAndBoundFunctions(): Promise<void> {
  const threshold = 3;
  const scores = await run(() => rows.filter((row) => row.n > threshold));
  assertSame<typeof scores, { k: string; n: number }[]>();
  const counter = {
    by: 2,
    times(n: number): number {
      return this.by * n;
    },
  };
  const bound = await run(counter.times.bind(counter), 4);
  assertSame<typeof bound, number>();
}

export async function misuse(): Promise<void> {
  const area = (width: number, height: number): number => width * height;
  // @ts-expect-error a missing argument
  await run(area, 1);
  // @ts-expect-error an argument too many
  await run(area, 1, 2, 3);
  // @ts-expect-error an argument of another type
  await run(area, 1, '2');
  // @ts-expect-error the call instead of the function
  await run(area(1, 2));
  // @ts-expect-error no function
  await run('area', 1, 2);
  // @ts-expect-error no overload takes these
  await run(readFileSync, 'notes.txt', 7);
  class Account {
    #owner = 'me';
    ownerIs(name: string): boolean {
      return this.#owner === name;
    }
  }
  // @ts-expect-error a method that needs its `this` is bound first
  await run(function (this: Account, name: string) {
    return this.ownerIs(name);
  }, 'me');
  // @ts-expect-error a result is not there yet
  const early: number = run(area, 1, 2);
  void early;
}
