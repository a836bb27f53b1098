import type { Frame } from './recording.js';

/** The callers of a frame, innermost first. */
export function callersOf(frames: readonly Frame[], index: number): Frame[] {
  const callers: Frame[] = [];
  for (let at = frames[index]?.parent ?? -1; at !== -1; at = frames[at]?.parent ?? -1) {
    const caller = frames[at];
    if (caller !== undefined) callers.push(caller);
  }
  return callers;
}
