/**
 * The answer: which kind of function this is, how many threads it wants, why, and how sure that is.
 */

import type { Evidence } from './evidence.js';
import { BLOCKS, COMPUTES } from './kind.js';
import { type Candidate, latencyKnee, throughputKnee } from './knees.js';
import type { Machine } from './machine.js';
import { reasonFor } from './reason.js';
import type { Answer, Confidence, SizeResult, Verdict } from './result.js';
import { percentiles, resamples } from './statistics.js';

const RESAMPLES = 400;

export function answerTo(evidence: Evidence): Answer {
  const verdict = verdictOn(evidence);
  const candidates = evidence.sizes.map((size) => ({
    threads: size.threads,
    throughput: size.throughput.mean,
    latency: size.latency.p99,
    overloaded: size.overloaded,
  }));
  const threads = sizeFor(verdict, candidates, evidence);
  const knees = { throughputKnee: throughputKnee(candidates) ?? 0, latencyKnee: latencyKnee(candidates) ?? 0 };
  const confidence = confidenceIn(threads, verdict, evidence);
  return { verdict, threads, reason: reasonFor({ verdict, threads, ...knees }, evidence), confidence, ...knees };
}

function verdictOn({ direct, asynchronous, crossing }: Evidence): Verdict {
  // Known to compute less: where the platform does not tell, it may hold its caller up as any other.
  if (asynchronous && (direct.computing ?? 1) < COMPUTES_AFTER_ALL) return 'asynchronous';
  if (direct.latency.p50 <= crossing.breakEven) return 'not-worth-offloading';
  // Where the platform does not tell, the cautious answer: more threads than processors help only who waits.
  const computing = direct.computing ?? 1;
  if (computing >= COMPUTES) return 'cpu-bound';
  return computing < BLOCKS ? 'blocking' : 'mixed';
}

/** The rest of its time it leaves the event loop to others. A convention. */
const COMPUTES_AFTER_ALL = 0.5;

function needsNoThread(verdict: Verdict): boolean {
  return verdict === 'asynchronous' || verdict === 'not-worth-offloading';
}

type Sustained = Candidate & { readonly overloaded: boolean };

function sizeFor(verdict: Verdict, all: readonly Sustained[], { load, machine, direct, sizes }: Evidence): number {
  if (needsNoThread(verdict)) return 0;
  const affordable = all.filter(({ threads }) => fits(threads, sizes, machine));
  const within = affordable.length > 0 ? affordable : all.slice(0, 1);
  if (load.kind === 'open') {
    const sustaining = within.filter(({ overloaded }) => !overloaded);
    return latencyKnee(sustaining) ?? Math.max(...within.map(({ threads }) => threads));
  }
  if (verdict === 'blocking') return Math.max(throughputKnee(within) ?? 1, latencyKnee(within) ?? 1);
  // What computes gains nothing beyond the processors; what also waits leaves them free for others meanwhile (B. Goetz, "Java Concurrency in Practice", 8.2).
  const most = Math.max(1, Math.round(machine.limit / (verdict === 'mixed' ? (direct.computing ?? 1) : 1)));
  const useful = within.filter(({ threads }) => threads <= most);
  return throughputKnee(useful.length > 0 ? useful : within.slice(0, 1)) ?? 1;
}

/** Of the memory that the process may use, for threads: the rest is the program's own. A convention. */
const MEMORY_SHARE = 0.5;

export function fits(threads: number, sizes: readonly SizeResult[], machine: Machine): boolean {
  const size = sizes.find((candidate) => candidate.threads === threads);
  return size === undefined || size.memory <= MEMORY_SHARE * machine.memory;
}

/** The same rounds, drawn anew with replacement again and again: how often is the answer the same? */
function confidenceIn(threads: number, verdict: Verdict, evidence: Evidence): Confidence {
  const rounds = Math.min(...evidence.sizes.map(({ samples }) => samples.throughput.length));
  if (verdict === 'asynchronous') return rated(1);
  if (verdict === 'not-worth-offloading') return rated(margin(evidence));
  if (!(rounds > 1)) return rated(0);
  const same = resamples(rounds, RESAMPLES).filter((drawn) => {
    const candidates = evidence.sizes.map((size) => ({
      threads: size.threads,
      throughput: meanOf(drawn, size.samples.throughput),
      latency: percentiles(drawn.map((round) => evidence.tails.get(size.threads)?.[round] ?? 0)).p50,
      overloaded: size.overloaded,
    }));
    return sizeFor(verdict, candidates, evidence) === threads;
  });
  return rated(same.length / RESAMPLES);
}

/** No size to resample: sure where crossing costs twice the call, or more. */
function margin({ direct, crossing }: Evidence): number {
  return Math.min(1, crossing.breakEven / (2 * direct.latency.p50));
}

function rated(share: number): Confidence {
  return { level: share >= 0.9 ? 'high' : share >= 0.6 ? 'medium' : 'low', share };
}

function meanOf(drawn: readonly number[], values: readonly number[]): number {
  return drawn.reduce((sum, round) => sum + (values[round] ?? 0), 0) / drawn.length;
}
