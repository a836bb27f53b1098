/**
 * What the answer is given from.
 */

import type { ScalabilityFit } from './law.js';
import type { Machine } from './machine.js';
import type { Crossing, Direct, Load, SizeResult } from './result.js';

export interface Evidence {
  readonly direct: Direct;
  /** The function gave promises. */
  readonly asynchronous: boolean;
  readonly crossing: Crossing;
  readonly machine: Machine;
  readonly load: Load;
  readonly fit: ScalabilityFit | null;
  readonly sizes: readonly SizeResult[];
  /** ms, by size and round: p99 from call to result. */
  readonly tails: ReadonlyMap<number, readonly number[]>;
}
