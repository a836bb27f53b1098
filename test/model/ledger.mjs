/**
 * What really happened, written down by the tasks themselves in memory that all threads share: who started, how often, in which
 * order, and how many ran at once. A thread that is killed cannot lie here, since it writes down nothing any more.
 */
import { threadId } from 'node:worker_threads';

export const MOST_TASKS = 4096;
const THREADS = 256;

// Header
const TICKETS = 0;
const LIMIT = 1;
const LIMIT_BEFORE = 2;
const LIMIT_CHANGED = 3;
const OVER_LIMIT = 4;
const MOST_RUNNING = 5;
const HEADER = 8;

// Two words a thread: the task that it runs (id + 1, or 0), and its heartbeat. Three a task: starts, ticket of the first start, ends.
const threadAt = (thread) => HEADER + (thread % THREADS) * 2;
const taskAt = (id) => HEADER + THREADS * 2 + id * 3;
const BYTES = taskAt(MOST_TASKS) * Int32Array.BYTES_PER_ELEMENT;

/** A lower limit holds for what starts this long after it was set: what had been claimed by then may write it down a little later, ms. */
const SETTLING = 100;
/** The same for the first task of a thread, which had to import its module meanwhile, on a busy machine. */
const IMPORTING = 5_000;
/** How long to watch whether those who seem to run at once are alive, ms. */
const WATCH = 15;

function makeLedger(limit) {
  const buffer = new SharedArrayBuffer(BYTES);
  const words = new Int32Array(buffer);
  words[LIMIT] = limit;
  words[LIMIT_BEFORE] = limit;
  return buffer;
}

/** On the calling side: what the tasks wrote. */
export class Ledger {
  #words;

  constructor(limit) {
    this.buffer = makeLedger(limit);
    this.#words = new Int32Array(this.buffer);
  }

  starts(id) {
    return Atomics.load(this.#words, taskAt(id));
  }

  /** From 1, in the order of first starts; 0: never. */
  ticket(id) {
    return Atomics.load(this.#words, taskAt(id) + 1);
  }

  ends(id) {
    return Atomics.load(this.#words, taskAt(id) + 2);
  }

  /** How often a task started while as many as the limit allows were alive and running. */
  get overLimit() {
    return Atomics.load(this.#words, OVER_LIMIT);
  }

  get mostRunning() {
    return Atomics.load(this.#words, MOST_RUNNING);
  }

  set limit(limit) {
    Atomics.store(this.#words, LIMIT_BEFORE, Atomics.load(this.#words, LIMIT));
    Atomics.store(this.#words, LIMIT_CHANGED, now());
    Atomics.store(this.#words, LIMIT, limit);
  }
}

// ── In the tasks ──

let settling = IMPORTING;

export function enter(buffer, id) {
  const words = new Int32Array(buffer);
  Atomics.add(words, taskAt(id), 1);
  Atomics.compareExchange(words, taskAt(id) + 1, 0, Atomics.add(words, TICKETS, 1) + 1);
  resume(words, id);
  settling = SETTLING;
  return words;
}

/** The task's thread runs it again: it had paused, and another may have run there. */
export function resume(words, id) {
  Atomics.store(words, threadAt(threadId), id + 1);
  const others = runningBeside(words);
  if (others.length >= limitNow(words) && aliveAmong(words, others) >= limitNow(words)) Atomics.add(words, OVER_LIMIT, 1);
  else if (others.length + 1 > words[MOST_RUNNING]) words[MOST_RUNNING] = others.length + 1;
}

export function pause(words) {
  Atomics.store(words, threadAt(threadId), 0);
}

export function leave(words, id) {
  Atomics.add(words, taskAt(id) + 2, 1);
  Atomics.store(words, threadAt(threadId), 0);
}

/** To be called all through a task that takes long. */
export function beat(words) {
  Atomics.add(words, threadAt(threadId) + 1, 1);
}

function now() {
  return Date.now() & 0x7fffffff;
}

function limitNow(words) {
  const limit = Atomics.load(words, LIMIT);
  if (now() - Atomics.load(words, LIMIT_CHANGED) > settling) return limit;
  return Math.max(limit, Atomics.load(words, LIMIT_BEFORE));
}

function runningBeside(words) {
  const found = [];
  for (let at = HEADER; at < HEADER + THREADS * 2; at += 2) {
    if (at === threadAt(threadId)) continue;
    const task = Atomics.load(words, at);
    if (task !== 0) found.push({ at, task, beat: Atomics.load(words, at + 1) });
  }
  return found;
}

/** A thread that died under its task is still written down as running it; one that lives moves on, or beats. */
function aliveAmong(words, others) {
  const until = performance.now() + WATCH;
  const alive = new Set();
  while (alive.size < others.length && performance.now() < until) {
    beat(words);
    for (const other of others) {
      if (Atomics.load(words, other.at) !== other.task || Atomics.load(words, other.at + 1) !== other.beat) alive.add(other);
    }
  }
  return alive.size;
}
