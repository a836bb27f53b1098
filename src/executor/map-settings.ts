import type { ChunkOptions } from './map-chunks.js';
import type { TaskOptions } from './task-options.js';

export interface MapSettings extends ChunkOptions {
  readonly task: TaskOptions;
  /** Results in the order of the items. */
  readonly ordered: boolean;
  readonly onProgress: ((progress: { done: number; total?: number }) => void) | undefined;
  readonly caller: { stack?: string } | undefined;
}
