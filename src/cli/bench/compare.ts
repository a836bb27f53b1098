/**
 * An earlier result beside this one.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Estimate, PoolSizeResult } from '../../benchmark/index.js';
import { Refusal } from '../refusal.js';

export interface Comparison {
  readonly before: PoolSizeResult;
  /** The sizes that both measured. */
  readonly sizes: readonly Change[];
  /** Of the best throughputs: 1 is unchanged. */
  readonly best: number;
  /** Another processor or Node: what changed may be the machine. */
  readonly otherMachine: boolean;
}

export interface Change {
  readonly threads: number;
  /** Throughput now over throughput then. */
  readonly ratio: number;
  /** The intervals of confidence do not overlap. */
  readonly certain: boolean;
}

export function compared(before: PoolSizeResult, now: PoolSizeResult): Comparison {
  const sizes = now.sizes.flatMap(({ threads, throughput }) => {
    const then = before.sizes.find((size) => size.threads === threads)?.throughput;
    return then === undefined || then.mean === 0 ? [] : [{ threads, ratio: throughput.mean / then.mean, certain: apart(throughput, then) }];
  });
  const { machine } = before;
  const otherMachine =
    machine.processor !== now.machine.processor || machine.limit !== now.machine.limit || machine.node !== now.machine.node;
  return { before, sizes, best: best(now) / best(before), otherMachine };
}

/** The highest throughput of all sizes. */
export function best({ sizes }: PoolSizeResult): number {
  return Math.max(...sizes.map(({ throughput }) => throughput.mean));
}

/** @throws Refusal for what is no result, or one of another version. */
export async function readResult(file: string): Promise<PoolSizeResult> {
  const text = await readFile(resolve(file), 'utf8').catch(() => {
    throw new Refusal(`there is no file ${file} to compare with, seen from ${process.cwd()}`);
  });
  const result = parsed(text);
  if (result?.version === 1 && Array.isArray(result.sizes) && result.sizes.length > 0) return result as PoolSizeResult;
  const which =
    typeof result?.version === 'number' ? `has version ${result.version}, and this is version 1` : 'is no result of bench --json';
  throw new Refusal(`--compare takes what bench --json printed: ${file} ${which}`);
}

function parsed(text: string): Partial<PoolSizeResult> | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function apart(one: Estimate, other: Estimate): boolean {
  if (one.within === null || other.within === null) return false;
  return Math.abs(one.mean - other.mean) > one.within + other.within;
}
