import type { Lease } from '../transport/protocol.js';
import type { IdleOptions } from './idle-threads.js';
import type { ThreadOptions } from './threads.js';

export interface LaneOptions extends ThreadOptions, IdleOptions, Pick<Lease, 'executor' | 'ways'> {
  readonly maxTasksPerThread: number;
  /** MiB. */
  readonly maxHeapPerThread: number;
  /** What runs in each thread before its first call and after its last. Throws what cannot cross, and then is asked again. */
  beside(): BesideCalls;
}

export type BesideCalls = Pick<Lease, 'initializer' | 'finalizer'>;
