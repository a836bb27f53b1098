/** Results for a terminal. */
import type { Reached, Row, ScenarioResult } from './results.js';
import type { Scenario } from './scenario.js';

export function printed({ name }: Scenario, { title, tables, targets, absent, baseline }: ScenarioResult): string {
  const lines = ['', `${title}  (--only ${name}; ratio: ${baseline} = 1, higher is better)`];
  for (const { case: caseName, figure, rows } of tables) {
    lines.push('', `  ${caseName}: ${figure.name}, ${figure.unit}`);
    for (const row of [...rows].sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))) lines.push(printedRow(row));
  }
  if (targets.length > 0) lines.push('', '  aimed at');
  for (const target of targets) {
    const mark = target.measured === undefined ? '?' : target.measured >= target.atLeast ? 'yes' : 'NO';
    const measured = target.measured === undefined ? 'not measured' : rounded(target.measured);
    lines.push(`    ${mark.padEnd(4)}${target.case}, ${target.figure}: ${measured} × ${reference(target)}, at least ${target.atLeast}`);
  }
  for (const [who, why] of Object.entries(absent)) lines.push(`  without ${who}: ${why}`);
  return lines.join('\n');
}

export function reference({ than, against }: Reached): string {
  if (than === 'best peer') return `the best peer (${against ?? 'none'})`;
  if (than === 'piscina') return 'Piscina';
  return 'limit' in than ? `the limit of ${than.limit}` : `its own "${than.case}"`;
}

function printedRow({ contestant, median, ratio, rounds }: Row): string {
  const spread = rounds.length > 1 ? `  ${rounded(Math.min(...rounds))} to ${rounded(Math.max(...rounds))}` : '';
  const times = ratio === undefined ? '' : `${rounded(ratio)} ×`;
  return `    ${contestant.padEnd(20)}${times.padStart(10)}${rounded(median).padStart(12)}${spread}`;
}

export function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
