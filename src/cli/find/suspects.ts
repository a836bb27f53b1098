import { isInternal, isModuleCode, isOwn } from './blame.js';
import { callersOf } from './call-tree.js';
import type { Frame, Segment } from './recording.js';

/** The functions that a good part of the stalls was spent in, in themselves or in what they called: some of them will be blamed. */
export function suspects(segment: Segment | undefined): Frame[] {
  if (segment === undefined) return [];
  const { frames, stalls } = segment;
  const totals = new Map<string, { frame: Frame; micros: number }>();
  for (const [index, micros] of stalls.flatMap(({ time }) => time)) {
    const stack = [...callersOf(frames, index).reverse(), frames[index]].filter((frame) => frame !== undefined);
    for (const [key, frame] of outermost(stack)) {
      const total = totals.get(key) ?? { frame, micros: 0 };
      total.micros += micros;
      totals.set(key, total);
    }
  }
  const all = stalls.flatMap(({ time }) => time).reduce((sum, [, micros]) => sum + micros, 0);
  const sorted = [...totals.values()].filter(({ micros }) => micros >= all * GOOD_PART).sort((a, b) => b.micros - a.micros);
  return sorted.slice(0, MOST_SUSPECTS).map(({ frame }) => frame);
}

/**
 * From the first function of the user's on, a few: what those call is called often, and a breakpoint in it would cost much and tell nothing.
 * A module's own code runs once, and comes too late for that.
 */
function outermost(stack: readonly Frame[]): Map<string, Frame> {
  const first = stack.findIndex(isOwn);
  const called = stack.slice(first === -1 ? 0 : first).filter((frame) => !isInternal(frame) && !isModuleCode(frame));
  const functions = new Map<string, Frame>();
  for (const frame of called) {
    if (functions.size === MOST_LEVELS) break;
    functions.set(keyOf(frame), frame);
  }
  return functions;
}

const MOST_LEVELS = 3;

/** The same function, wherever it is called from. */
export function keyOf({ scriptId, line, column }: Pick<Frame, 'scriptId' | 'line' | 'column'>): string {
  return `${scriptId}:${line}:${column}`;
}

const GOOD_PART = 0.03;

/** A breakpoint each slows its function down while it is there. */
const MOST_SUSPECTS = 16;
