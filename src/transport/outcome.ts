/**
 * The way back: what a task returned or threw, packed in its thread and unpacked on the calling side.
 */
import type { Transferable } from 'node:worker_threads';
import { type Described, type Rebuilt, Unsendable } from './described.js';
import { describe } from './functions/describe.js';
import { functionOf } from './functions/ids.js';
import type { Delivery, FromThread, Packed } from './protocol.js';
import { descriptionOf } from './rebuild/table.js';
import { decode } from './values/decode.js';
import { encode, type Encoded } from './values/encode.js';
import { bareError, encodeError } from './values/errors.js';

export type OutcomeMessage = Extract<FromThread, { type: 'outcome' }>;

export interface PackedOutcome {
  readonly message: OutcomeMessage;
  readonly transfer: readonly Transferable[];
}

// ── In the thread ──

/** Never throws: a result that cannot cross becomes the error that says so. */
export function packOutcome(sequence: number, ok: boolean, value: unknown): PackedOutcome {
  if (ok) {
    try {
      return outcome(sequence, true, encode(value, { describe: describeHere, rootPath: 'result' }));
    } catch (error) {
      return packOutcome(sequence, false, error);
    }
  }
  return outcome(sequence, false, encodeError(value, { describe: describeHere }));
}

/** Where posting an error failed: its words alone. */
export function bareOutcome(sequence: number, error: unknown): PackedOutcome {
  return outcome(sequence, false, bareError(error));
}

function outcome(sequence: number, ok: boolean, encoded: Encoded): PackedOutcome {
  const { packed, payload, descriptions, transfer } = encoded;
  const deliveries: Delivery[] = descriptions.filter(({ id }) => id < 0).map(({ id, description }) => [id, description]);
  return { message: { type: 'outcome', sequence, ok, packed, payload, deliveries: deliveries.length > 0 ? deliveries : undefined }, transfer: transfer ?? [] };
}

/** Functions go home under the number that the calling side gave them, others under a negative number of this thread's, with their place. */
function describeHere(fn: Function): Described {
  const known = descriptionOf(fn);
  if (known !== undefined) return known;
  const { id, description, captures } = describe(fn, 'reference');
  if (captures !== undefined) throw new Unsendable('a function made in a thread, which cannot go back', 'return what it computes, or send it as an argument');
  return { id: -id, description };
}

// ── On the calling side ──

export function unpackOutcome({ packed, payload, deliveries }: { readonly packed: boolean; readonly payload: unknown; readonly deliveries?: readonly Delivery[] | undefined }): unknown {
  if (!packed) return payload;
  return decode(payload as Packed, { rebuild: (id) => liveFunction(id, deliveries) });
}

function liveFunction(id: number, deliveries: readonly Delivery[] | undefined): Rebuilt {
  const fn = id > 0 ? functionOf(id) : undefined;
  if (fn === undefined) throw new Error(`Function ${id} of a result is unknown here (${deliveries?.length ?? 0} came with it)`);
  return { fn, fill: () => undefined };
}
