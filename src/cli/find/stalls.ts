import type { Profiler } from 'node:inspector';
import type { Frame, Segment, Stall } from './recording.js';

/** A stretch of time in which the event loop did not come round, in µs of the clock that the profile uses. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What the profile saw during the gaps: of each the time by frame, and the frames that have any. Pure. */
export function stallsIn(profile: Profiler.Profile, gaps: readonly Gap[], intervalMicros: number): Segment {
  const frames = new FrameTable(profile.nodes);
  const samples = samplesOf(profile, intervalMicros * LONGEST_CREDIT);
  let next = 0;
  const stalls: Stall[] = [];
  for (const { from, to } of gaps) {
    while (next < samples.length && (samples[next]?.at ?? 0) < from) next++;
    const time = new Map<number, number>();
    let last: number | undefined;
    for (; next < samples.length; next++) {
      const sample = samples[next];
      if (sample === undefined || sample.at >= to) break;
      // A collection happens to whoever made the garbage; V8 files it under nobody.
      const node = frames.isCollector(sample.node) ? last : sample.node;
      if (node === undefined || frames.isNobody(node)) continue;
      last = node;
      const frame = frames.indexOf(node);
      time.set(frame, (time.get(frame) ?? 0) + Math.min(sample.micros, to - sample.at));
    }
    if (time.size > 0) stalls.push({ from, to, time: [...time] });
  }
  return { frames: frames.all, stalls };
}

/**
 * Intervals. A sample counts until the next one, but a thread that was not running was not at work: on a busy machine it may have waited
 * for a core. A thread that blocks in a system call is sampled all the same.
 */
const LONGEST_CREDIT = 3;

interface Sample {
  readonly at: number;
  readonly node: number;
  readonly micros: number;
}

function samplesOf({ startTime, samples = [], timeDeltas = [] }: Profiler.Profile, most: number): Sample[] {
  let at = startTime;
  return samples.map((node, i) => {
    at += timeDeltas[i] ?? 0;
    return { at, node, micros: Math.min(Math.max(timeDeltas[i + 1] ?? 0, 0), most) };
  });
}

/** Only what is asked for gets an index, its callers with it. */
class FrameTable {
  readonly all: Frame[] = [];
  readonly #indexes = new Map<number, number>();
  readonly #nodes = new Map<number, Profiler.ProfileNode>();
  readonly #parents = new Map<number, number>();

  constructor(nodes: readonly Profiler.ProfileNode[]) {
    for (const node of nodes) {
      this.#nodes.set(node.id, node);
      for (const child of node.children ?? []) this.#parents.set(child, node.id);
    }
  }

  isCollector(node: number): boolean {
    return this.#nodes.get(node)?.callFrame.functionName === '(garbage collector)';
  }

  isNobody(node: number): boolean {
    return /^\((idle|program|root)\)$/.test(this.#nodes.get(node)?.callFrame.functionName ?? '(root)');
  }

  indexOf(node: number): number {
    const known = this.#indexes.get(node);
    if (known !== undefined) return known;
    const parent = this.#parents.get(node);
    const parentIndex = parent === undefined || this.isNobody(parent) ? -1 : this.indexOf(parent);
    const { functionName = '', scriptId = '', url = '', lineNumber = -1, columnNumber = -1 } = this.#nodes.get(node)?.callFrame ?? {};
    const index = this.all.push({ name: functionName, scriptId, url, line: lineNumber, column: columnNumber, parent: parentIndex }) - 1;
    this.#indexes.set(node, index);
    return index;
  }
}
