/**
 * What version 1 promises: code that type-checks against `contract.d.ts` type-checks against the package.
 * Checked by the compiler, never run.
 */
import * as library from 'run-in-executor';
import type * as contract from './contract.js';

/** Every export, with its overloads, constructors and members. */
export const exported: Omit<typeof contract, 'fromModule'> = library;
// TypeScript compares mapped types of two declarations only where the module is known.
export const path: ReturnType<typeof contract.fromModule<typeof import('node:path')>> =
  library.fromModule<typeof import('node:path')>('node:path');

/** What users get may have more than was promised. */
export const run = (given: library.Run): contract.Run => given;
export const likes = (given: library.ExecutorLike): contract.ExecutorLike => given;
export const explanation = (given: library.Explanation): contract.Explanation => given;
export const stats = (given: library.ExecutorStats): contract.ExecutorStats => given;
export const summary = (given: library.Summary): contract.Summary => given;
export const mapped = (given: library.MapResult<string>): contract.MapResult<string> => given;

/** What users pass may have no more than is taken. */
export const task = (passed: contract.TaskOptions): library.TaskOptions => passed;
export const executor = (passed: contract.ExecutorOptions): library.ExecutorOptions => passed;
export const map = (passed: contract.MapOptions): library.MapOptions => passed;
export const named = (passed: contract.NamedArguments<typeof print>): library.NamedArguments<typeof print> => passed;
export const window = (passed: contract.NamedArguments<typeof open>): library.NamedArguments<typeof open> => passed;
export const rest = (passed: contract.NamedArguments<typeof join>): library.NamedArguments<typeof join> => passed;

declare function print(text: string, times?: number): void;
declare function open(options: { title: string; wide?: boolean }): void;
declare function join(first: string, ...others: number[]): string;
