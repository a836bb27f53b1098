import { type Blame, blamesOf, isInternal, isModuleCode, Tree, type Verdicts } from './blame.js';
import type { Change } from './call-site.js';
import { callersOf } from './call-tree.js';
import { isAsync, Lines } from './lines.js';
import { Places } from './places.js';
import type { Frame, Probe, Recording, Segment, Stall } from './recording.js';
import { keyOf } from './suspects.js';
import type { Twin } from './twins.js';

/** A function that stalled an event loop. */
export interface Finding {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** The callback of the event loop itself, and no function that it calls. */
  readonly isInline: boolean;
  readonly caller: { readonly name: string; readonly file: string; readonly line: number } | undefined;
  readonly program: string;
  readonly threadId: number;
  /** Each stall that it had a part in: when, counted from the start of the recording, and how long that part was. */
  readonly stalls: { readonly at: number; readonly ms: number }[];
  readonly longest: number;
  readonly total: number;
  /** Where most of its time goes, if that is a function of Node's; and what Node offers in its place. */
  readonly builtin: string | undefined;
  readonly twin: Twin | undefined;
  readonly change: Change | undefined;
  readonly probe: Probe | undefined;
}

interface Analysis {
  /** The longest total first. */
  readonly findings: readonly Finding[];
  /** Modules loaded while running, in ms. */
  readonly loading: number;
  readonly unprobed: string | undefined;
}

/** Whom the stalls of a thread are blamed on. Pure, but that it reads source maps and the sources that they name. */
export function analysed(recording: Recording, thresholdMs: number): Analysis {
  const places = new Places(recording.scripts);
  const probes = new Map(recording.probes.map((probe) => [keyOf(probe), probe]));
  const verdicts: Verdicts = {
    least: thresholdMs * 1_000 * LEAST_SHARE,
    isAsync: (frame) => isAsync(places.textOf(frame), frame),
    isBoundHere: (frame) => probes.get(keyOf(frame))?.arguments.some(({ problem }) => problem !== undefined) ?? false,
  };
  const findings = new Map<string, Draft>();
  let loading = 0;
  for (const segment of recording.segments) {
    for (const stall of segment.stalls) {
      const found = blamesOf(segment, stall, verdicts);
      loading += found.loading / 1_000;
      for (const blame of found.blames) {
        const frame = segment.frames[blame.frame];
        if (frame === undefined) continue;
        const key = `${keyOf(frame)} ${blame.isInline} ${isInternal(frame) ? ownCaller(segment, blame.frame)?.line : ''}`;
        const draft = findings.get(key) ?? { segment, stall, blame, frame, stalls: [] };
        draft.stalls.push({ at: (stall.from - recording.from) / 1_000, ms: blame.micros / 1_000 });
        findings.set(key, draft);
      }
    }
  }
  const written = [...findings.values()].map((draft) => write(draft, recording, places, probes));
  const lasting = written.filter(
    ({ longest, total, stalls }) => total >= thresholdMs && (stalls.length > 1 || longest >= thresholdMs * LONG_ENOUGH),
  );
  return { findings: lasting.sort((a, b) => b.total - a.total), loading, unprobed: recording.unprobed };
}

/** Of the threshold: two functions may share a stall. */
const LEAST_SHARE = 0.5;

/** Thresholds. What happened once may be the machine's doing, which gave the core to another program just then. */
const LONG_ENOUGH = 5;

interface Draft {
  readonly segment: Segment;
  readonly stall: Stall;
  readonly blame: Blame;
  readonly frame: Frame;
  readonly stalls: { at: number; ms: number }[];
}

function write(draft: Draft, { program, threadId }: Recording, places: Places, probes: ReadonlyMap<string, Probe>): Finding {
  const { segment, blame, frame, stalls } = draft;
  const place = places.of(frame);
  const caller = ownCaller(segment, blame.frame);
  const callerPlace = caller && places.of(caller);
  const inside = isInternal(frame) ? { builtin: frame, caller } : mainBuiltin(draft);
  const lines = new Lines(places);
  const { builtin, twin, change } = (inside && lines.twinned(inside.builtin, inside.caller)) ?? { builtin: undefined };
  const name = isInternal(frame) ? (builtin ?? frame.name) : frame.name || '(anonymous)';
  return {
    name,
    file: place.file,
    line: place.line,
    isInline: blame.isInline,
    caller: caller && callerPlace && { name: calledBy(caller), file: callerPlace.file, line: Math.max(1, callerPlace.line) },
    program,
    threadId,
    stalls,
    longest: Math.max(...stalls.map(({ ms }) => ms)),
    total: stalls.reduce((sum, { ms }) => sum + ms, 0),
    builtin,
    twin,
    change: twin || blame.isInline ? change : lines.offloaded(frame, caller),
    probe: probes.get(keyOf(frame)),
  };
}

function calledBy(caller: Frame): string {
  return caller.name || (isModuleCode(caller) ? '(module)' : '(anonymous)');
}

function ownCaller({ frames }: Segment, index: number): Frame | undefined {
  return callersOf(frames, index).find((caller) => !isInternal(caller));
}

/** The outermost function of Node's that takes most of it. */
function mainBuiltin({ segment: { frames }, stall, blame }: Draft): { builtin: Frame; caller: Frame | undefined } | undefined {
  const tree = new Tree(frames, stall);
  const least = tree.total(blame.frame) * MOST_OF_IT;
  for (let at: number | undefined = blame.frame; at !== undefined; at = tree.children(at).find((child) => tree.total(child) >= least)) {
    const frame = frames[at];
    if (frame === undefined || !frame.url.startsWith('node:')) continue;
    return { builtin: frame, caller: frames[frame.parent] };
  }
  return undefined;
}

const MOST_OF_IT = 0.6;
