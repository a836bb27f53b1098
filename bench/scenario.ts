/**
 * A scenario: one question, put to several contestants in turn, in rounds.
 */

import type { Case, Contestant, Effort, Figure } from './contest.js';
import { measure, type Rounds, WARM_UP } from './rounds.js';

/** What this figure of this case should reach. */
export interface Target {
  readonly case: string;
  readonly figure: string;
  /** `{ case }`: its own figure in another case. `{ limit }`: a figure in the scenario's own unit. */
  readonly than: 'piscina' | 'best peer' | { readonly case: string } | { readonly limit: number };
  /** A ratio, always the higher the better. */
  readonly atLeast: number;
  /** Whose figure, if not ours. */
  readonly contestant?: string;
}

/** What does not depend on who takes part. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** What is measured and how, for the page. */
  readonly about: string;
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  /** Whom the others are compared with, where that is not `piscina`. */
  readonly baseline?: string;
  /** Rounds that a full run takes at most, where one is long. */
  readonly rounds?: number;
  /** How much of the work is done before each turn, unmeasured. 0 for what begins cold, in a process of its own. See `WARM_UP`. */
  readonly warmUp?: number;
  measure(rounds: number, effort: Effort): Promise<Rounds>;
}

interface Contest<Subject> extends Omit<Scenario, 'measure'> {
  readonly contestants: readonly Contestant<Subject>[];
  readonly cases: readonly Case<Subject>[];
}

export function scenario<Subject>({ contestants, cases, ...rest }: Contest<Subject>): Scenario {
  return { ...rest, measure: (rounds, effort) => measure(contestants, cases, rounds, effort, rest.warmUp ?? WARM_UP) };
}

/** The name of ours, and of the one that all ratios refer to. */
export const OURS = 'run-in-executor';
export const BASELINE = 'piscina';
/** Not a pool but the limit of what any can reach: never "the best peer". */
export const LIMITS: readonly string[] = ['raw messages', 'raw in batches', 'piscina, tuned', 'the machine'];
