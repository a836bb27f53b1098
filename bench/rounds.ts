/**
 * Rounds: in each, every contestant takes its turn at every case, in an order that moves on, so that what else the machine does
 * (other programs, its clock, its heat) meets all alike.
 */
import type { Case, Contestant, Sample } from './contest.js';

/** By case, contestant and figure: one number a round. */
export type Measured = Record<string, Record<string, Record<string, number[]>>>;

export interface Rounds {
  readonly measured: Measured;
  /** Who did not take part, and why. */
  readonly absent: Readonly<Record<string, string>>;
}

/**
 * So much of the work is done before each turn, unmeasured: the collection that spares a contestant the garbage of the one before also leaves V8
 * with small spaces, and those before throw away what V8 had compiled of code that was not run meanwhile. No running program begins with that.
 */
export const WARM_UP = 0.2;

export async function measure<Subject>(
  contestants: readonly Contestant<Subject>[],
  cases: readonly Case<Subject>[],
  rounds: number,
  effort: number,
  warmUp: number,
): Promise<Rounds> {
  const absent: Record<string, string> = {};
  const present = await open(contestants, absent);
  const measured: Measured = {};
  const out = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, sample } of cases) {
      for (let turn = 0; turn < present.length; turn++) {
        const { contestant, subject } = present[(turn + round) % present.length] as (typeof present)[number];
        const key = `${name}: ${contestant}`;
        if (out.has(key)) continue;
        try {
          globalThis.gc?.();
          if (warmUp > 0) await inTime(sample(subject, effort * warmUp));
          note(measured, name, contestant, await inTime(sample(subject, effort)));
        } catch (error) {
          out.add(key);
          absent[key] = (error as Error).message;
        }
      }
    }
  }
  await Promise.allSettled(present.map(({ subject }) => inTime(subject.close())));
  return { measured, absent };
}

/** Longer than any sample takes, ms. */
const HANGS = 40_000;

async function inTime<T>(sample: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result within ${HANGS / 1_000} s`)), HANGS);
  });
  return Promise.race([sample, late]).finally(() => clearTimeout(timer));
}

async function open<Subject>(contestants: readonly Contestant<Subject>[], absent: Record<string, string>) {
  const present: { contestant: string; subject: Subject & { close(): Promise<unknown> } }[] = [];
  for (const contestant of contestants) {
    try {
      present.push({ contestant: contestant.name, subject: await inTime(contestant.open()) });
    } catch (error) {
      absent[contestant.name] = (error as Error).message;
    }
  }
  return present;
}

function note(measured: Measured, caseName: string, contestant: string, sample: Sample): void {
  const byContestant = at(measured, caseName, {});
  const byFigure = at(byContestant, contestant, {});
  for (const [figure, value] of Object.entries(sample)) {
    if (value !== undefined && Number.isFinite(value)) at<number[]>(byFigure, figure, []).push(value);
  }
}

function at<T>(record: Record<string, T>, key: string, empty: T): T {
  record[key] ??= empty;
  return record[key];
}
