/**
 * The functions that every peer runs. One export each, so that a pool that takes a file and a name finds it, and ours goes by reference.
 */

export function identity<T>(value: T): T {
  return value;
}

/** Keeps the processor busy for so many microseconds of wall time. */
export function spin(microseconds: number): number {
  const end = performance.now() + microseconds / 1_000;
  let now = performance.now();
  while (now < end) now = performance.now();
  return now;
}

/** Waits without using the processor, as a synchronous file or database call does. */
export function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export function double(value: number): number {
  return value * 2;
}

/** For pools that know no `map`: what a user writes by hand. */
export function doubleAll(values: number[]): number[] {
  return values.map(double);
}

export function doubleFloats(values: Float64Array): Float64Array {
  return values.map(double);
}

export function byteLength(value: { readonly byteLength: number }): number {
  return value.byteLength;
}

/** Takes whatever it is given, and gives nothing back. */
export function ignore(_value: unknown): number {
  return 0;
}

export function rowCount(rows: readonly unknown[]): number {
  return rows.length;
}

/** What a request of the service costs: `spin` would not slow down when the processor is shared, real work does. */
export function work(rounds: number): number {
  let hash = 0;
  for (let i = 0; i < rounds; i++) hash = (Math.imul(hash, 31) + i) | 0;
  return hash;
}
