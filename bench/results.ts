/**
 * What a run has found, as it is written to JSON: medians, ratios, and what was aimed at.
 */

import type { Figure } from './contest.js';
import type { Rounds } from './rounds.js';
import { BASELINE, LIMITS, OURS, type Scenario, type Target } from './scenario.js';
import { median, ratio } from './statistics.js';

export interface Results {
  readonly node: string;
  readonly cpus: number;
  readonly platform: string;
  readonly version: string;
  readonly effort: number;
  /** With the versions that took part. */
  readonly peers: readonly string[];
  readonly scenarios: Record<string, ScenarioResult>;
}

export interface ScenarioResult {
  readonly title: string;
  readonly about: string;
  readonly baseline: string;
  readonly tables: readonly Table[];
  readonly targets: readonly Reached[];
  readonly absent: Readonly<Record<string, string>>;
}

/** One figure of one case, for everybody who took part. */
export interface Table {
  readonly case: string;
  readonly figure: Figure;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly contestant: string;
  /** The median over rounds, in the figure's unit: of this machine at that hour. */
  readonly median: number;
  /** How many times as good as the baseline. */
  readonly ratio: number | undefined;
  readonly rounds: readonly number[];
}

export interface Reached extends Target {
  readonly measured: number | undefined;
  /** Who the best peer was. */
  readonly against: string | undefined;
}

export function summarize(scenario: Scenario, { measured, absent }: Rounds): ScenarioResult {
  const { title, about, figures, targets, baseline = BASELINE } = scenario;
  const tables = Object.entries(measured).flatMap(([name, contestants]) =>
    figures.map((figure) => ({ case: name, figure, rows: rowsOf(contestants, figure, baseline) })),
  );
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return { title, about, baseline, tables: filled, targets: targets.map((target) => reached(target, filled)), absent };
}

function rowsOf(contestants: Record<string, Record<string, number[]>>, figure: Figure, baseline: string): Row[] {
  const base = contestants[baseline]?.[figure.name];
  const rows: Row[] = [];
  for (const [contestant, byFigure] of Object.entries(contestants)) {
    const rounds = byFigure[figure.name];
    if (rounds === undefined) continue;
    rows.push({ contestant, median: median(rounds), ratio: base && ratio(rounds, base, figure.better), rounds });
  }
  return rows;
}

function reached(target: Target, tables: readonly Table[]): Reached {
  const table = tables.find((each) => each.case === target.case && each.figure.name === target.figure);
  const { than, contestant: who = OURS } = target;
  const own = table?.rows.find(({ contestant }) => contestant === who);
  const nobody = { ...target, measured: undefined, against: undefined };
  if (table === undefined || own === undefined) return nobody;
  const { better } = table.figure;
  if (than === 'piscina') return { ...nobody, measured: own.ratio };
  if (typeof than === 'object' && 'limit' in than) return { ...nobody, measured: ratio([own.median], [than.limit], better) };
  if (typeof than === 'object') {
    const other = tables.find((each) => each.case === than.case && each.figure.name === target.figure);
    const otherRow = other?.rows.find(({ contestant }) => contestant === who);
    return { ...nobody, measured: otherRow && ratio(own.rounds, otherRow.rounds, better) };
  }
  const best = table.rows
    .filter(({ contestant }) => contestant !== OURS && !LIMITS.includes(contestant))
    .reduce<Row | undefined>((a, b) => (a !== undefined && ratio(a.rounds, b.rounds, better) >= 1 ? a : b), undefined);
  return { ...target, measured: best && ratio(own.rounds, best.rounds, better), against: best?.contestant };
}
