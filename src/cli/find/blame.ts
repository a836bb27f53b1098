/**
 * Whom a stall is blamed on: of the functions that stood on the stack, the outermost synchronous one of the user's that could go to a
 * thread as a whole. Not the callback that the event loop called (its request and response can go nowhere), not an async function (it is
 * what waits), but what it called. Pure.
 */
import type { Frame, Segment, Stall } from './recording.js';

export interface Blame {
  readonly frame: number;
  readonly micros: number;
  /** The work stands in the callback itself, in no function of its own. */
  readonly isInline: boolean;
}

export interface Verdicts {
  /** µs: who held up the loop for less is part of what is ordinary. */
  readonly least: number;
  isAsync(frame: Frame): boolean;
  /** Whether its arguments are known not to cross. */
  isBoundHere(frame: Frame): boolean;
}

interface Blames {
  readonly blames: readonly Blame[];
  /** µs of loading modules: a matter of when, not of where. */
  readonly loading: number;
}

export function blamesOf({ frames }: Pick<Segment, 'frames'>, stall: Stall, verdicts: Verdicts): Blames {
  const tree = new Tree(frames, stall);
  const blames: Blame[] = [];
  let loading = 0;
  const visit = (frame: number, isInside: boolean): void => {
    const seen = frames[frame];
    if (seen === undefined) return;
    const total = tree.total(frame);
    if (seen.url.startsWith('node:internal/modules/')) {
      loading += total;
      return;
    }
    const heavy = tree.children(frame).filter((child) => tree.total(child) >= verdicts.least);
    if (!isSeenThrough(seen, frame, isInside, heavy)) {
      // What Node does for itself, called by nobody of the program, nobody can send anywhere.
      if (isInside || !isInternal(seen)) blames.push({ frame, micros: total, isInline: false });
      return;
    }
    for (const child of heavy) visit(child, isInside || isOwn(seen));
    const rest = total - heavy.reduce((sum, child) => sum + tree.total(child), 0);
    if (rest >= verdicts.least && !isInternal(seen)) blames.push({ frame, micros: rest, isInline: true });
  };
  const isSeenThrough = (seen: Frame, frame: number, isInside: boolean, heavy: readonly number[]): boolean => {
    if (isInternal(seen)) return tree.leadsTo(frame, (each) => !isInternal(each));
    // The callback, and what a framework puts between it and the user's.
    if (!isInside) return isOwn(seen) || tree.parentIsInternal(frame) || tree.leadsTo(frame, isOwn);
    return verdicts.isAsync(seen) || (heavy.length > 0 && verdicts.isBoundHere(seen));
  };
  for (const root of tree.roots()) if (tree.total(root) >= verdicts.least) visit(root, false);
  return { blames, loading };
}

export function isInternal({ url }: Frame): boolean {
  return url === '' || url.startsWith('node:');
}

/** A module's own code, which runs when it is loaded; V8 gives one that waits no place at all. */
export function isModuleCode({ line, column }: Pick<Frame, 'line' | 'column'>): boolean {
  return line < 0 || (line === 0 && column === 0);
}

/** Of the program, not of a package that it uses. */
export function isOwn(frame: Frame): boolean {
  return !isInternal(frame) && !frame.url.includes('/node_modules/');
}

/** The frames of one stall, with their times. */
export class Tree {
  readonly #frames: readonly Frame[];
  readonly #totals = new Map<number, number>();
  readonly #children = new Map<number, number[]>();

  constructor(frames: readonly Frame[], { time }: Pick<Stall, 'time'>) {
    this.#frames = frames;
    for (const [frame, micros] of time) for (let at = frame; at !== -1; at = frames[at]?.parent ?? -1) this.#add(at, micros);
  }

  total(frame: number): number {
    return this.#totals.get(frame) ?? 0;
  }

  roots(): readonly number[] {
    return this.#children.get(-1) ?? [];
  }

  children(frame: number): readonly number[] {
    return this.#children.get(frame) ?? [];
  }

  parentIsInternal(frame: number): boolean {
    const parent = this.#frames[this.#frames[frame]?.parent ?? -1];
    return parent === undefined || isInternal(parent);
  }

  leadsTo(frame: number, what: (frame: Frame) => boolean): boolean {
    return this.children(frame).some((child) => {
      const seen = this.#frames[child];
      return seen !== undefined && (what(seen) || this.leadsTo(child, what));
    });
  }

  #add(frame: number, micros: number): void {
    const known = this.#totals.get(frame);
    this.#totals.set(frame, (known ?? 0) + micros);
    if (known !== undefined) return;
    const parent = this.#frames[frame]?.parent ?? -1;
    this.#children.set(parent, [...(this.#children.get(parent) ?? []), frame]);
  }
}
