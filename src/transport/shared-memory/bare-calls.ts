/**
 * Calls that need no message: the number of a function that the thread knows, and a few arguments that are no objects, in shared memory.
 *
 * A message takes both sides 60 µs where calls are rare and all code is cold, a third of it where they are not; this, a tenth of that.
 * The thread takes calls in the order of their sequence numbers, whichever way each came.
 */

const { load, store } = Atomics;

/** More arguments than this are rare, and a message can have them. */
const MOST_ARGUMENTS = 4;

/** Sequence number, function, number of arguments and what each is. */
const WORDS = 3;

/** What an argument is, in so many bits; what has to travel in a message is none of these. */
const BITS = 3;
const NUMBER = 0;
const UNDEFINED = 1;
const NULL = 2;
const TRUE = 3;
const FALSE = 4;
const NOT_BARE = -1;
const VALUES = [undefined, undefined, null, true, false];

export class BareCalls {
  readonly #slots: number;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;

  /** A power of two for `slots`, a multiple of eight for `offset`. */
  constructor(buffer: SharedArrayBuffer, offset: number, slots: number) {
    this.#slots = slots;
    this.#numbers = new Float64Array(buffer, offset, MOST_ARGUMENTS * slots);
    this.#words = new Int32Array(buffer, offset + this.#numbers.byteLength, WORDS * slots);
  }

  static bytes(slots: number): number {
    return slots * (MOST_ARGUMENTS * Float64Array.BYTES_PER_ELEMENT + WORDS * Int32Array.BYTES_PER_ELEMENT);
  }

  // ── The calling side ──

  /** The claim word must say SENT before: a thread that finds the call looks there. */
  write(sequence: number, fn: number, args: readonly unknown[]): void {
    const slot = sequence & (this.#slots - 1);
    let kinds = args.length;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (typeof arg === 'number') this.#numbers[MOST_ARGUMENTS * slot + i] = arg;
      kinds |= codeOf(arg) << (BITS * (i + 1));
    }
    this.#words[WORDS * slot + 1] = fn;
    this.#words[WORDS * slot + 2] = kinds;
    // Last: what a thread sees of this, it sees of all before it.
    store(this.#words, WORDS * slot, mark(sequence));
  }

  // ── The thread ──

  /** The call of this number has come, and in this way. */
  has(sequence: number): boolean {
    return load(this.#words, WORDS * (sequence & (this.#slots - 1))) === mark(sequence);
  }

  fn(sequence: number): number {
    return this.#words[WORDS * (sequence & (this.#slots - 1)) + 1] as number;
  }

  args(sequence: number): unknown[] {
    const slot = sequence & (this.#slots - 1);
    let kinds = this.#words[WORDS * slot + 2] as number;
    const args: unknown[] = new Array(kinds & ((1 << BITS) - 1));
    for (let i = 0; i < args.length; i++) {
      kinds >>>= BITS;
      const kind = kinds & ((1 << BITS) - 1);
      args[i] = kind === NUMBER ? this.#numbers[MOST_ARGUMENTS * slot + i] : VALUES[kind];
    }
    return args;
  }
}

/** Whether the arguments can go without a message. */
export function areBare(args: readonly unknown[]): boolean {
  if (args.length > MOST_ARGUMENTS) return false;
  for (let i = 0; i < args.length; i++) if (codeOf(args[i]) === NOT_BARE) return false;
  return true;
}

function codeOf(arg: unknown): number {
  if (typeof arg === 'number') return NUMBER;
  if (arg === undefined) return UNDEFINED;
  if (arg === null) return NULL;
  if (arg === true) return TRUE;
  return arg === false ? FALSE : NOT_BARE;
}

/** Never the zero that fresh memory is full of. */
function mark(sequence: number): number {
  return (sequence + 1) | 0;
}
