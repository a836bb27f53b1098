/**
 * Reports how calls ended: small values through shared memory, told of together; everything else in a message of its own.
 */
import type { MessagePort } from 'node:worker_threads';
import { bareOutcome, type PackedOutcome, packOutcome } from '../src/transport/calls/outcome.js';
import type { FromThread } from '../src/transport/protocol.js';
import { type Claims, epochNow } from '../src/transport/shared-memory/claims.js';
import { explainCloneFailure } from '../src/transport/values/clone-failure.js';
import { throwIfBroken } from './builtins.js';
import { leave } from './leave.js';
import type { Outcome } from './run.js';
import type { TaskScope } from './task-scope.js';

/** How long small outcomes may lie in shared memory before the calling side is told, while more calls follow, ms. */
const TELL_AFTER = 0.25;

/** How often failed tasks make a thread look at what they may have broken, ms. */
const CHECK_AFTER = 100;

const MEBIBYTE = 2 ** 20;

export class Reporter {
  readonly #port: MessagePort;
  readonly #claims: Claims;
  /** Bytes in use, where the pool watches them. */
  readonly #heap: (() => number) | undefined;
  #untold = false;
  #toldAt = 0;
  #checkedAt = 0;

  constructor(port: MessagePort, claims: Claims, watchHeap: boolean) {
    this.#port = port;
    this.#claims = claims;
    // Its module takes every thread 0.5 ms of its start.
    const v8 = watchHeap ? process.getBuiltinModule('node:v8') : undefined;
    this.#heap = v8 && (() => v8.getHeapStatistics().used_heap_size);
  }

  /** A call that had been withdrawn was passed over: nothing of it goes on later. */
  passed(): false {
    this.#untold = true;
    return false;
  }

  /** A call has lent its thread: told at once, since the next may take long; and by message, as what wakes it, which could overtake the bell. */
  parked({ sequence }: TaskScope): void {
    this.#toldAt = epochNow();
    this.#claims.park(sequence, this.#toldAt);
    this.#untold = false;
    this.#post(0);
  }

  ended(scope: TaskScope, { ok, value, missing }: Outcome): void {
    scope.end();
    const now = epochNow();
    const { sequence } = scope;
    if (ok && !scope.calledBack && this.#heap === undefined && this.#claims.end(sequence, value, now)) {
      this.#untold = true;
      if (now - this.#toldAt > TELL_AFTER) this.#tell(now);
      return;
    }
    // Everything that lies in shared memory is read when this message arrives.
    this.#untold = false;
    this.#toldAt = now;
    if (this.#heap !== undefined) this.#post({ type: 'heap', mebibytes: this.#heap() / MEBIBYTE });
    if (missing !== undefined) {
      this.#claims.posted(sequence, now);
      this.#post({ type: 'missing', sequence, fns: missing });
      this.#claims.copied(sequence, 0);
      return;
    }
    const outcome = packOutcome(sequence, ok, value);
    if (ok && !outcome.message.ok) throwIfBroken();
    this.#claims.posted(sequence, now);
    postOutcome(this.#port, outcome);
    this.#claims.copied(sequence, epochNow() - now);
    if (!ok) this.#checkNowAndThen(now);
  }

  /** What earlier tasks have broken may make others fail by an error of their own. Throws where this one is told of, and the next should not be run. */
  #checkNowAndThen(now: number): void {
    if (now - this.#checkedAt < CHECK_AFTER) return;
    this.#checkedAt = now;
    throwIfBroken();
  }

  /** The thread's own code has thrown: whoever gets to know of it ends the thread. */
  broken(error: unknown): void {
    try {
      this.#post({ type: 'broken', why: String(error) });
    } catch {
      leave(1);
    }
  }

  /** Nothing follows: the calling side is told now. */
  tell(): void {
    if (this.#untold) this.#tell(epochNow());
  }

  #tell(now: number): void {
    this.#untold = false;
    this.#toldAt = now;
    if (!this.#claims.bells.tell()) this.#post(0);
  }

  #post(message: FromThread): void {
    this.#port.postMessage(message);
  }
}

/** What cannot be posted becomes the error that says so. */
function postOutcome(port: MessagePort, { message, transfer }: PackedOutcome): void {
  try {
    port.postMessage(message, transfer as never);
  } catch (error) {
    const reason = message.ok ? explainCloneFailure(message.payload, 'result', error) : message.payload;
    const { message: failed } = packOutcome(message.sequence, false, reason);
    try {
      port.postMessage(failed);
    } catch {
      port.postMessage(bareOutcome(message.sequence, reason).message);
    }
  }
}
