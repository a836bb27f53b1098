import type { Change, Comparison } from './compare.js';

/** A comparison in lines. */
export function comparisonLines({ before, sizes, best, otherMachine }: Comparison): string[] {
  const when = before.date.slice(0, 'YYYY-MM-DD'.length);
  if (sizes.length === 0) return [`Since ${when}: no size was measured both times; the best does ${changed(best)}`];
  const certain = sizes.filter((change) => change.certain);
  const lines = certain.length === 0 ? [`Since ${when}: no change beyond what rounds differ by`] : [`Since ${when}:`, ...certain.map(line)];
  return otherMachine
    ? [...lines, `(${before.function} was measured on another machine or Node then: ${before.machine.processor}, ${before.machine.node})`]
    : lines;
}

function line({ threads, ratio }: Change): string {
  return `  ${threads} ${threads === 1 ? 'thread does' : 'threads do'} ${changed(ratio)}`;
}

function changed(ratio: number): string {
  const percent = Math.round(100 * Math.abs(ratio - 1));
  return percent === 0 ? 'as many calls a second' : `${percent} % ${ratio > 1 ? 'more' : 'fewer'} calls a second`;
}
