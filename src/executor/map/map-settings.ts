import type { TaskOptions } from '../task-options.js';
import type { ChunkOptions } from './map-chunks.js';

export interface MapSettings extends ChunkOptions {
  readonly task: TaskOptions;
  /** Results in the order of the items. */
  readonly ordered: boolean;
  readonly onProgress: ((progress: { done: number; total?: number }) => void) | undefined;
  readonly caller: { stack?: string } | undefined;
}

/** What runs when a map is left, or has failed, may end by itself; but no later than its own `timeout`, counted anew, would have it. */
export function graceOfTheRest({ timeout = Number.POSITIVE_INFINITY, gracePeriod = 0 }: TaskOptions, reason: unknown): number {
  return Math.max(timeout, typeof gracePeriod === 'function' ? gracePeriod(reason) : gracePeriod);
}
