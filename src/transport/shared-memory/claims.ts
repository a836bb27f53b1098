/**
 * Claim words: the memory that the calling side and one thread share, so that "has this call started?" has one answer.
 *
 * Each call sent to a lane owns one word, at `sequence mod SLOTS`:
 *
 *                    thread claims             thread ends it
 *   SENT ──────────▶ STARTED ────────────────▶ an outcome word, or POSTED (the outcome is in a message), or PARKED
 *     ├──▶ LOADING ──▶┘  (where modules have to be imported first)
 *     │       │ caller withdraws   thread passes over it
 *     └───────┴────▶ WITHDRAWN ──────────────▶ PASSED
 *
 * All arrows that leave SENT and LOADING are compare-and-exchange, so exactly one side wins: a call that was withdrawn never starts,
 * and one that started, if only to load, is never given to another thread. A word is used again only after its call was read and taken off the lane.
 */

import { performance } from '../own/own-globals.js';
import { BareCalls } from './bare-calls.js';
import { Bells } from './bells.js';
import { outcomeWord, Word } from './claim-words.js';

// Whatever a task makes of `Atomics`: without its word a call would be neither started nor ended.
const { compareExchange, load, store } = Atomics;

/** Calls that may be on their way to one thread at a time. A power of two: a sequence number is masked into its slot. */
export const SLOTS = 256;

const HEADER_WORDS = 8;
const CANCELLED = 0;
const EXIT_CODE = 1;
const BELLS = 2;
/** The last call whose outcome was posted, all of it. */
const COPIED = BELLS + Bells.WORDS;
const WORDS_BYTES = (HEADER_WORDS + SLOTS) * Int32Array.BYTES_PER_ELEMENT;
const TIMES_BYTES = 3 * SLOTS * Float64Array.BYTES_PER_ELEMENT;
const BARE_AT = WORDS_BYTES + TIMES_BYTES + Float64Array.BYTES_PER_ELEMENT;

/** No exit code was written: the thread did not reach its own end. */
const NO_EXIT_CODE = -1;

export class Claims {
  readonly buffer: SharedArrayBuffer;
  /** Calls that lie in shared memory themselves. */
  readonly bare: BareCalls;
  readonly bells: Bells;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #started: Float64Array;
  readonly #ended: Float64Array;
  /** One number: how long the thread has spent on copying results, in all, ms. */
  readonly #copying: Float64Array;
  #copyingSeen = 0;

  constructor(buffer?: SharedArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(BARE_AT + BareCalls.bytes(SLOTS));
    this.#words = new Int32Array(this.buffer, 0, HEADER_WORDS + SLOTS);
    this.#numbers = new Float64Array(this.buffer, WORDS_BYTES, SLOTS);
    this.#started = new Float64Array(this.buffer, WORDS_BYTES + 8 * SLOTS, SLOTS);
    this.#ended = new Float64Array(this.buffer, WORDS_BYTES + 16 * SLOTS, SLOTS);
    this.#copying = new Float64Array(this.buffer, WORDS_BYTES + TIMES_BYTES, 1);
    this.bells = new Bells(this.#words.subarray(BELLS, BELLS + Bells.WORDS));
    this.bare = new BareCalls(this.buffer, BARE_AT, SLOTS);
    if (buffer === undefined) {
      this.#words[EXIT_CODE] = NO_EXIT_CODE;
      this.#words[CANCELLED] = -1;
      this.#words[COPIED] = -1;
    }
  }

  // ── The calling side ──

  send(sequence: number): void {
    store(this.#words, at(sequence), Word.SENT);
  }

  /** True: the thread will not run this call. False: it has started, or ended. */
  withdraw(sequence: number): boolean {
    return this.#move(sequence, Word.SENT, Word.WITHDRAWN);
  }

  /** True: it was loading, and the thread will not run it. */
  withdrawLoading(sequence: number): boolean {
    return this.#move(sequence, Word.LOADING, Word.WITHDRAWN);
  }

  /** The thread is at this call: runs it, loads what it needs, or copies its outcome, which may run getters that never end. */
  isRunning(sequence: number): boolean {
    const word = this.word(sequence);
    if (word === Word.POSTED) return ((load(this.#words, COPIED) - sequence) | 0) < 0;
    return word === Word.STARTED || word === Word.LOADING;
  }

  word(sequence: number): number {
    return load(this.#words, at(sequence));
  }

  number(sequence: number): number {
    return this.#numbers[sequence & (SLOTS - 1)] as number;
  }

  /** When the thread started this call, in epoch ms; meaningful once its word says so. */
  startedAt(sequence: number): number {
    return this.#started[sequence & (SLOTS - 1)] as number;
  }

  endedAt(sequence: number): number {
    return this.#ended[sequence & (SLOTS - 1)] as number;
  }

  /** When a call that its thread has begun began, and when it ended, if it has. Undefined for any other. */
  runOf(sequence: number): { startedAt: number; endedAt?: number } | undefined {
    const startedAt = this.startedAt(sequence);
    if (this.isRunning(sequence)) return { startedAt };
    return this.word(sequence) >= Word.POSTED ? { startedAt, endedAt: this.endedAt(sequence) } : undefined;
  }

  /** How long the thread has spent on copying results since this was last asked, ms. */
  takeCopying(): number {
    const all = this.#copying[0] as number;
    const since = all - this.#copyingSeen;
    this.#copyingSeen = all;
    return since;
  }

  cancel(sequence: number): void {
    store(this.#words, CANCELLED, sequence | 0);
  }

  /** The code with which the thread ended itself, if it did. */
  get exitCode(): number | null {
    const code = load(this.#words, EXIT_CODE);
    return code === NO_EXIT_CODE ? null : code;
  }

  // ── The thread ──

  /**
   * False: it was withdrawn, and is passed. One that is LOADING is passed when that is over: whoever came by meanwhile would be
   * claimed, and wait for an import that is none of its own and may never end.
   */
  claim(sequence: number, now: number, to: typeof Word.STARTED | typeof Word.LOADING = Word.STARTED): boolean {
    this.#started[sequence & (SLOTS - 1)] = now;
    return this.#move(sequence, Word.SENT, to) || to === Word.LOADING || this.#pass(sequence);
  }

  /** What a call was LOADING is there. False: it was withdrawn meanwhile, and is passed. `now`: what it runs is counted from here. */
  loaded(sequence: number, now?: number): boolean {
    if (now !== undefined) this.#started[sequence & (SLOTS - 1)] = now;
    return this.#move(sequence, Word.LOADING, Word.STARTED) || this.#pass(sequence);
  }

  /** Writes the outcome into shared memory if it is small enough; otherwise the caller says `posted`, posts it, and says `copied`. */
  end(sequence: number, value: unknown, now: number): boolean {
    const word = outcomeWord(value);
    if (word === undefined) return false;
    if (word === Word.NUMBER) this.#numbers[sequence & (SLOTS - 1)] = value as number;
    this.#ended[sequence & (SLOTS - 1)] = now;
    store(this.#words, at(sequence), word);
    return true;
  }

  posted(sequence: number, now: number): void {
    this.#ended[sequence & (SLOTS - 1)] = now;
    store(this.#words, at(sequence), Word.POSTED);
  }

  park(sequence: number, now: number): void {
    this.#ended[sequence & (SLOTS - 1)] = now;
    store(this.#words, at(sequence), Word.PARKED);
  }

  copied(sequence: number, ms: number): void {
    store(this.#words, COPIED, sequence | 0);
    this.#copying[0] = (this.#copying[0] as number) + ms;
  }

  isCancelled(sequence: number): boolean {
    return load(this.#words, CANCELLED) === (sequence | 0);
  }

  set exitCode(code: number) {
    store(this.#words, EXIT_CODE, code);
  }

  #move(sequence: number, from: number, to: number): boolean {
    return compareExchange(this.#words, at(sequence), from, to) === from;
  }

  #pass(sequence: number): false {
    store(this.#words, at(sequence), Word.PASSED);
    return false;
  }
}

/** Epoch ms with the precision of the monotonic clock: comparable between threads of one process. Cost: 40 ns. */
export function epochNow(): number {
  return ORIGIN + performance.now();
}

// A getter, which takes 10 ns.
const ORIGIN = performance.timeOrigin;

function at(sequence: number): number {
  return HEADER_WORDS + (sequence & (SLOTS - 1));
}
