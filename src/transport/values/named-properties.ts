/**
 * Properties of an array that are no elements: `matches.index`, `strings.raw`.
 */
import { inspect } from 'node:util';

/**
 * Whether an array without holes has any. Listing the keys of a long array costs more than cloning it; `inspect` asks V8
 * for the keys that are no indices, which no other public function does, and costs a microsecond however long the array is.
 */
export function hasNamedProperties(array: readonly unknown[]): boolean {
  if (array.length < LONG) return Object.keys(array).length !== array.length;
  return inspect(array, ONLY_NAMED) !== `[ ... ${array.length} more items ]`;
}

/** Their keys; `array` may have holes. */
export function namedProperties(array: readonly unknown[]): string[] {
  return Object.keys(array).filter((key) => !INDEX.test(key) || Number(key) > 4_294_967_294);
}

/** The `raw` of a template, the methods that a package hangs on a list. Asked of closed arrays only: whoever hides something there closes it. */
export function hasHiddenNames(array: readonly unknown[]): boolean {
  return array.length <= MOST_LISTED && Object.getOwnPropertyNames(array).length > Object.keys(array).length + 1;
}

/** To list an array's keys takes as long as to copy it. A guess: longer ones are data. */
export const MOST_LISTED = 1_000;
/** Measured: from here on `inspect` is the cheaper one. */
const LONG = 32;
const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const ONLY_NAMED = { maxArrayLength: 0, depth: 0, customInspect: false, breakLength: Infinity, numericSeparator: false } as const;
