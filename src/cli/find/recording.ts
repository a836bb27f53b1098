/**
 * What a watched thread writes down, and the command reads: one file a thread, JSON, times in µs of the process's monotonic clock.
 */

export interface Recording {
  readonly pid: number;
  /** 0 is the main thread. */
  readonly threadId: number;
  /** What the process runs. */
  readonly program: string;
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  /** Of that, µs in which calls were looked into: no stall was counted then. */
  readonly looking: number;
  readonly segments: readonly Segment[];
  /** Texts of the scripts in which something was blamed, by V8's id. */
  readonly scripts: Readonly<Record<string, Script>>;
  readonly probes: readonly Probe[];
  /** Why no call was looked into; undefined where some were. */
  readonly unprobed?: string;
}

export interface Script {
  readonly url: string;
  readonly source: string;
  readonly sourceMapURL: string;
}

/** What happened between two looks at the profile. */
export interface Segment {
  readonly frames: readonly Frame[];
  readonly stalls: readonly Stall[];
}

/** A function as it was called from somewhere: a node of the tree of calls. */
export interface Frame {
  readonly name: string;
  readonly scriptId: string;
  readonly url: string;
  /** Counted from 0, as V8 does. */
  readonly line: number;
  readonly column: number;
  /** Index of the caller; -1 where there is none. */
  readonly parent: number;
}

/** The event loop did not come round between these two moments. */
export interface Stall {
  readonly from: number;
  readonly to: number;
  /** Index of the innermost frame, and how long it was that. */
  readonly time: readonly (readonly [frame: number, micros: number])[];
}

/** A function that was looked into for a few calls. */
export interface Probe {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
  readonly arguments: readonly Weight[];
  readonly results: readonly Weight[];
}

/** What a value weighs as a message. */
export interface Weight {
  readonly bytes: number;
  /** To write and to read it once, in µs. */
  readonly micros: number;
  /** What in it cannot be written; the rest is 0 then. */
  readonly problem?: string;
}

/** What the command tells the processes that it watches, through the environment. */
export interface Assignment {
  readonly folder: string;
  /** A turn of the event loop that takes longer is a stall. */
  readonly thresholdMs: number;
  readonly seconds: number | undefined;
}

/** The name of the environment's variable. */
export const ASSIGNMENT = 'RUN_IN_EXECUTOR_FIND';
