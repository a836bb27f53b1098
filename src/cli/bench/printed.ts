import { count, counted, ms, share } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { paint } from '../terminal.js';
import { wrapped } from '../wrapped.js';
import { chart } from './chart.js';
import type { Comparison } from './compare.js';
import { comparisonLines } from './comparison-lines.js';
import { table } from './table.js';

/** For a terminal: what was measured, a table, a chart, what makes it unsure; last, where the eye is then, the answer. */
export function printed(result: PoolSizeResult, comparison?: Comparison): string {
  const drawn = chart(result);
  const parts = [
    head(result),
    table(result),
    ...(drawn === undefined ? [] : [`${paint('dim', 'calls a second, by threads')}\n${drawn}`]),
    ...(result.warnings.length === 0 ? [] : [warnings(result)]),
    ...(comparison === undefined ? [] : [comparisonLines(comparison).join('\n')]),
    answer(result),
  ];
  return parts.join('\n\n');
}

function head({ function: name, direct, crossing, load, machine, rounds, took }: PoolSizeResult): string {
  const under = load.kind === 'closed' ? `${load.concurrency} calls always under way` : `${count(load.rate)} calls a second arriving`;
  const quota = machine.limit < machine.cores ? `, of which it may use ${Number(machine.limit.toFixed(2))}` : '';
  const computes = direct.computing === null ? '' : `, of which it computes ${share(direct.computing)}`;
  return [
    paint('bold', name),
    `plain call  ${wrapped(`${ms(direct.latency.p50)}${computes}`, INDENT)}`,
    `crossing    ${wrapped(`${ms(crossing.breakEven)}: ${ms(crossing.empty)} for any call, ${ms(crossing.arguments)} for the arguments, ${ms(crossing.result)} for the result`, INDENT)}`,
    `measured    ${wrapped(`${counted(rounds, 'round')} in ${ms(took)}, ${under}, on ${machine.cores} × ${machine.processor}${quota}, ${machine.node}`, INDENT)}`,
  ].join('\n');
}

function answer({ answer: { verdict, threads, confidence, reason } }: PoolSizeResult): string {
  const sure = `(${verdict}, ${confidence.level} confidence)`;
  const size = threads === 0 ? `call it plainly ${sure}` : `${counted(threads, 'thread')} ${sure}`;
  const code = threads === 0 ? [] : [`  ${paint('cyan', `new Executor({ maxThreads: ${threads} })`)}`];
  return [paint(['bold', threads === 0 ? 'yellow' : 'green'], `→ ${wrapped(size, 2)}`), ...code, `  ${wrapped(reason, 2)}`].join('\n');
}

/** What several of them ask for is said once, below the last. */
function warnings({ warnings: all }: PoolSizeResult): string {
  return all
    .flatMap(({ message, next }, at) => {
      const line = `${paint('yellow', '!')} ${wrapped(message, 2)}`;
      return flagOf(next) === flagOf(all[at + 1]?.next) ? [line] : [line, `  ${paint('dim', wrapped(`try ${next}`, 2))}`];
    })
    .join('\n');
}

/** `--max-time 120, on a machine …`: the flag and its value. */
function flagOf(next: string | undefined): string | undefined {
  return next?.split(/,? /, 2).join(' ');
}

const INDENT = 12;
