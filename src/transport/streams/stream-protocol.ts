/**
 * What the two ends of a stream say to each other, on a port of their own beside the lane.
 *
 *   calling side                                        thread
 *   one call, streamFrom(fn, args, port) ─────────────▶ runs as long as the stream does
 *   credit: so many more may be sent ─────────────────▶
 *                ◀───────────────────────── Batch ───── what was yielded, as far as credit goes
 *   STOP: nobody wants more ──────────────────────────▶ the generator's `finally` runs
 *
 * A generator without credit is parked: its thread runs other calls, and it goes on when there is credit, an end or an abort, in its turn.
 *
 *                ◀──────────── the call's outcome ───── what the generator returned or threw
 */
import type { ArrivedPayload } from '../calls/outcome.js';

/** An array of items. */
export type Batch = ArrivedPayload;

export const STOP = 'stop';

/** How many more items may be sent, or that none is wanted. */
export type StreamOrder = number | typeof STOP;

/** Items that a thread may send before anybody has taken one. */
export const FIRST_CREDIT = 16;
