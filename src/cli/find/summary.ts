import { analysed, type Finding } from './analysis.js';
import { type Verdict, verdictOf } from './verdict.js';
import type { Watched } from './watched.js';

/** What a run has shown; printed by `--json` as it is. */
export interface Summary {
  readonly thresholdMs: number;
  /** How long the program was watched. */
  readonly seconds: number;
  /** Of these, calls were looked into for so long; stalls were not counted then. */
  readonly lookingSeconds: number;
  /** Turns of an event loop that took as long as the threshold, whoever's they were. */
  readonly stalls: number;
  readonly stalledMs: number;
  /** On main threads: what to do something about. */
  readonly findings: readonly Judged[];
  /** On other threads, where they hold up nobody's event loop but that thread's. */
  readonly elsewhere: readonly Judged[];
  /** Spent on loading modules during stalls. */
  readonly loadingMs: number;
  /** Threads that ended before they could write what they saw. */
  readonly lostThreads: number;
}

export interface Judged extends Finding {
  readonly verdict: Verdict;
}

export function summary({ recordings, lost }: Watched, thresholdMs: number): Summary {
  const analyses = recordings.map((recording) => ({ recording, ...analysed(recording, thresholdMs) }));
  const judged = analyses.flatMap(({ findings, unprobed }) =>
    findings.map((finding) => ({ ...finding, verdict: verdictOf(finding, unprobed) })),
  );
  const sorted = judged.sort((a, b) => b.total - a.total);
  const stalls = recordings
    .filter(({ threadId }) => threadId === 0)
    .flatMap(({ segments }) => segments.flatMap((segment) => segment.stalls));
  const [longest = { from: 0, to: 0, looking: 0 }] = [...recordings].sort((a, b) => b.to - b.from - (a.to - a.from));
  return {
    thresholdMs,
    seconds: (longest.to - longest.from) / 1e6,
    lookingSeconds: longest.looking / 1e6,
    stalls: stalls.length,
    stalledMs: stalls.reduce((sum, { from, to }) => sum + to - from, 0) / 1_000,
    findings: sorted.filter(({ threadId }) => threadId === 0),
    elsewhere: sorted.filter(({ threadId }) => threadId !== 0),
    loadingMs: analyses.filter(({ recording }) => recording.threadId === 0).reduce((sum, { loading }) => sum + loading, 0),
    lostThreads: lost,
  };
}
