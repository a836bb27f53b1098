/**
 * What `bench` does: measures, prints, writes the report, compares, and holds to a threshold.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchmarkPoolSizes, type PoolSizeResult } from '../../benchmark/index.js';
import { ExecutorError, type Fn } from '../../index.js';
import { exitCodes } from '../exit-codes.js';
import { givenFunction } from '../function-at.js';
import { refuseUnwritable } from '../output-file.js';
import { Refusal } from '../refusal.js';
import { complain } from '../terminal.js';
import { argumentsFrom } from './arguments.js';
import { compared, readResult } from './compare.js';
import type { Threshold } from './flags.js';
import { markdown } from './markdown.js';
import { printed } from './printed.js';
import { Progress } from './progress.js';
import { missed } from './threshold.js';

export interface Flags {
  readonly eval?: string;
  readonly args?: string;
  readonly argsFile?: string;
  readonly threads?: readonly number[];
  readonly concurrency?: number;
  readonly rate?: number;
  readonly maxTime: number;
  readonly precision: number;
  readonly report?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly compare?: string;
  readonly failBelow?: Threshold;
}

export async function run(target: string | undefined, flags: Flags): Promise<void> {
  const fn = await wanted(target, flags);
  const args = await argumentsFrom(flags);
  const before = flags.compare === undefined ? undefined : await readResult(flags.compare);
  const result = await measured(fn, args, target ?? flags.eval ?? '', flags);
  if (result === undefined) return;
  const comparison = before && compared(before, result);
  console.log(
    flags.json ? JSON.stringify(result, undefined, 2) : flags.markdown ? markdown(result, comparison) : printed(result, comparison),
  );
  if (flags.report !== undefined) {
    const { writeReport } = await import('./report.js');
    await writeReport(flags.report, result, before);
    process.stderr.write(`written to ${flags.report}\n`);
  }
  const complaint = flags.failBelow && missed(flags.failBelow, result, comparison);
  if (complaint === undefined) return;
  complain(complaint);
  process.exitCode = exitCodes.no;
}

async function wanted(target: string | undefined, flags: Flags): Promise<Fn> {
  if (flags.rate !== undefined && flags.concurrency !== undefined) {
    throw new Refusal('--rate and --concurrency are two kinds of load: calls arrive by themselves, or as others end; give one of them');
  }
  if (flags.json && flags.markdown) throw new Refusal('--json and --markdown are two formats of one output: give one of them');
  if (flags.report !== undefined) refuseUnwritable('--report', flags.report);
  if (flags.failBelow?.kind === 'share' && flags.compare === undefined) {
    throw new Refusal('--fail-below takes a percentage of an earlier result: give that with --compare, or a number of calls a second');
  }
  const fn = await givenFunction('bench', target, flags.eval);
  if (Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false)
    throw new Refusal(
      `${target ?? '--eval'} gives a class, and bench calls functions: name one, such as ./file.js#${fn.name || 'Class'}.method`,
    );
  return fn;
}

/** Undefined: interrupted before there was anything to tell. */
async function measured(
  fn: Fn,
  args: Awaited<ReturnType<typeof argumentsFrom>>,
  name: string,
  flags: Flags,
): Promise<PoolSizeResult | undefined> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    process.exitCode = exitCodes.interrupted;
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  const progress = new Progress();
  try {
    return await benchmarkPoolSizes(fn, args, {
      name,
      threads: flags.threads,
      concurrency: flags.concurrency,
      rate: flags.rate,
      maxTime: 1_000 * flags.maxTime,
      precision: flags.precision / 100,
      signal: controller.signal,
      onProgress: (step) => progress.show(step),
    });
  } catch (error) {
    if (!controller.signal.aborted) throw thrownBy(error, flags);
    progress.stop();
    complain((error as Error).message);
    return undefined;
  } finally {
    progress.stop();
    process.off('SIGINT', interrupt);
  }
}

/** What the function itself threw, without the stack of who called it. */
function thrownBy(error: unknown, { args, argsFile }: Flags): unknown {
  if (error instanceof ExecutorError || !(error instanceof Error)) return error;
  const own = dirname(fileURLToPath(import.meta.resolve('run-in-executor')));
  const stack = (error.stack ?? String(error)).split('\n').filter((line) => !line.includes(own));
  const hint = args === undefined && argsFile === undefined ? "\n  It was called without arguments; --args '[…]' gives it some" : '';
  return new Refusal(`the function threw ${stack.join('\n')}${hint}`, { exitCode: exitCodes.failed, cause: error });
}
