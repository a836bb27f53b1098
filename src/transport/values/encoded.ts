/** What encoding makes of a value. */
import type { Transferable } from 'node:worker_threads';
import type { Described } from '../described.js';

export interface Encoded {
  /** The payload is a `Packed`, else the value itself. */
  readonly packed: boolean;
  readonly payload: unknown;
  readonly transfer: Transferable[] | undefined;
  /** What the other side has to know before it decodes. */
  readonly descriptions: readonly Described[];
  /** The payload refers to mutable objects of the caller: post it in the same turn, or `hold` it. */
  readonly objects: boolean;
  /** There is memory in it that is better copied by hand than by structured clone. */
  readonly large?: boolean;
  /** There is much in it, and nothing that `written` would make something else of. */
  readonly much?: boolean;
}
