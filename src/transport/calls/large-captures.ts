/**
 * A closure that captures much pays for it at each call, and nobody sees it: said once, with the way out.
 */

import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import { labelOf } from '../functions/label.js';
import type { Packed } from '../packed.js';
import type { FunctionDescription } from '../protocol.js';
import type { EncodedCall } from '../values/encode.js';

/** Beyond this a copy takes about a millisecond, and more than anything else of a call. */
const LARGE = 2 ** 20;

/** One call, or two, may be all that there is. After that each time that there were three times as many: what is captured may grow. */
const CHECKED = 3;

/** Cost: a WeakMap's read for a function that captures; at few of its calls a look at some hundred values at most. */
export function noticeLargeCaptures(fn: AnyFunction, { description }: Described, encoded: EncodedCall): void {
  if (!encoded.packed) return;
  const site = sites.get(description);
  if (site === undefined) sites.set(description, { calls: 1, checkAt: CHECKED });
  else if (++site.calls === site.checkAt) {
    site.checkAt *= CHECKED;
    const largest = largestCapture(encoded);
    if (largest === undefined || largest.bytes <= LARGE) return;
    site.checkAt = Number.POSITIVE_INFINITY;
    const size = `${(largest.bytes / 2 ** 20).toFixed(1)} MiB`;
    process.emitWarning(
      `${labelOf(fn) || 'A function'} captures ${largest.name}, about ${size}, which every call copies: keep it in a module that the function imports, load it in the executor's initializer, or pass it as a SharedArrayBuffer`,
      { type: 'LargeCaptureWarning', code: 'RUN_IN_EXECUTOR_LARGE_CAPTURE' },
    );
  }
}

interface Site {
  calls: number;
  checkAt: number;
}

interface Weighed {
  readonly name: string;
  readonly bytes: number;
}

/** Of the function, or of one that it captures. */
function largestCapture({ payload, descriptions, transfer }: EncodedCall): Weighed | undefined {
  let largest: Weighed | undefined;
  for (const special of (payload as Packed).specials) {
    if (special.kind !== 'function' || special.captures === undefined) continue;
    const description = descriptions.find(({ id }) => id === special.id)?.description;
    for (const [i, value] of special.captures.entries()) {
      const scale = new Scale(transfer ?? []);
      const bytes = scale.weigh(value, 0);
      if (bytes > (largest?.bytes ?? 0)) largest = { name: nameOf(description, i), bytes };
    }
  }
  return largest;
}

function nameOf(description: FunctionDescription | undefined, index: number): string {
  if (description?.way === 'bound') return index < 2 ? (['its target', 'its this'][index] ?? '') : `its bound argument ${index - 1}`;
  const slot = description?.way === 'value' ? description.captures[index] : undefined;
  return slot !== undefined && 'name' in slot ? slot.name : (slot?.to ?? 'something');
}

/** Bytes, more or less: of what is many, some are weighed for all. */
class Scale {
  readonly #moved: readonly unknown[];
  #left = MOST_LOOKS;

  constructor(moved: readonly unknown[]) {
    this.#moved = moved;
  }

  weigh(value: unknown, depth: number): number {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return A_VALUE;
    if (depth > DEEPEST || --this.#left < 0) return A_VALUE;
    if (ArrayBuffer.isView(value)) return this.#memory(value.buffer, value.byteLength);
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return this.#memory(value, value.byteLength);
    if (Array.isArray(value)) return this.#some(spread(value), value.length, depth);
    if (value instanceof Map)
      return this.#some(firstOf(value.keys()), value.size, depth) + this.#some(firstOf(value.values()), value.size, depth);
    if (value instanceof Set) return this.#some(firstOf(value), value.size, depth);
    return this.#object(value as Record<string, unknown>, depth);
  }

  #memory(memory: ArrayBufferLike, bytes: number): number {
    return memory instanceof SharedArrayBuffer || this.#moved.includes(memory) ? A_VALUE : bytes;
  }

  #object(object: Record<string, unknown>, depth: number): number {
    const keys = Object.keys(object);
    if (keys.length > FEW_KEYS)
      return this.#some(
        spread(keys).map((key) => [key, object[key as string]]),
        keys.length,
        depth,
      );
    return keys.reduce((sum, key) => sum + key.length + this.weigh(object[key], depth + 1), A_VALUE);
  }

  #some(sample: readonly unknown[], count: number, depth: number): number {
    const sum = sample.reduce((bytes: number, each) => bytes + this.weigh(each, depth + 1), 0);
    return sample.length === 0 ? A_VALUE : A_VALUE + (sum / sample.length) * count;
  }
}

/** From all over the list: its ends are often unlike the rest. */
function spread(list: readonly unknown[]): unknown[] {
  const step = Math.max(1, Math.floor(list.length / SAMPLE));
  const sample: unknown[] = [];
  for (let i = 0; i < list.length && sample.length < SAMPLE; i += step) sample.push(list[i]);
  return sample;
}

function firstOf(values: Iterable<unknown>): unknown[] {
  const sample: unknown[] = [];
  for (const value of values) {
    if (sample.push(value) === SAMPLE) break;
  }
  return sample;
}

const sites = new WeakMap<FunctionDescription, Site>();
const SAMPLE = 8;
const FEW_KEYS = 16;
const DEEPEST = 6;
const MOST_LOOKS = 1_000;
/** A number, an object's own share. V8 writes 1 to 9 bytes for the one, some for the other. */
const A_VALUE = 8;
