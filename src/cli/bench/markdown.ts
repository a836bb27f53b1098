import { counted, ms } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { COLUMNS } from './columns.js';
import type { Comparison } from './compare.js';
import { comparisonLines } from './comparison-lines.js';
import { typed } from './typed.js';

/** For an issue, a pull request, a job's summary. */
export function markdown(result: PoolSizeResult, comparison?: Comparison): string {
  const { answer, direct, crossing, machine, load, warnings } = result;
  const size = answer.threads === 0 ? 'call it plainly' : counted(answer.threads, 'thread');
  const under = load.kind === 'closed' ? `${load.concurrency} calls under way` : `${load.rate} calls a second`;
  const rows = result.sizes.map((each) => {
    const cells = COLUMNS.map(({ of }) => of(each, result));
    return each.threads === answer.threads ? cells.map((cell) => `**${cell}**`) : cells;
  });
  return [
    `### \`${result.function.replaceAll('`', '')}\`: ${size}`,
    `${answer.reason} (${answer.verdict}, ${answer.confidence.level} confidence)`,
    [row(COLUMNS.map(({ head }) => head)), row(COLUMNS.map(() => '--:')), ...rows.map(row)].join('\n'),
    `Plain call ${ms(direct.latency.p50)}; break-even ${ms(crossing.breakEven)}. ${under}, ${machine.cores} × ${machine.processor}, ${machine.node}.`,
    ...(comparison === undefined ? [] : [comparisonLines(comparison).join('\n')]),
    ...(warnings.length === 0
      ? []
      : [warnings.map(({ message, next }) => `- ${message}; try ${typed(next, (code) => `\`${code}\``)}`).join('\n')]),
  ].join('\n\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
