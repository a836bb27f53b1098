/**
 * Looks after lanes that do not move: a call that turns out long holds up nobody who was sent ahead behind it.
 *
 * A blocked thread posts nothing, so this is a clock on the calling side, which runs only while calls are on their way.
 */

import { clearTimeout, setTimeout } from '../../transport/own/own-globals.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { Lane } from '../lane/lane.js';
import { IMPORTING } from '../lane/lane-calls.js';

/** How soon to look while calls wait behind others on a lane, at the earliest, ms; also the age from which a running call counts as long. */
const CLOSE_LOOK = 1;

/** A look wakes the calling thread, which costs it 10 to 25 µs: so many times as long as the running call is expected to take lies between two, up to so many ms. */
const SPARE = { times: 4, most: 4 };

/** How often to look while nothing waits behind anything, ms. */
const WIDE_LOOK = 250;

/** A call that takes so many times as long as was expected has turned out long. */
const LONGER = 2;

/** A thread that has not started the call it was sent for this long is blocked by something that an earlier task left behind, ms. */
const BLOCKED = 5_000;

/**
 * How many times as long as the calling side took to send a call its thread may take to receive it. Measured: 1 to 3 times; threads are ranked below
 * the calling side, and each sending counts anew.
 */
const RECEIVING = 20;

/** A look that comes so much later than it was due says that this process was stopped, or held up, and its threads perhaps with it, ms. */
const HELD_UP = 1_000;

export interface StallListener {
  /** Outcomes were read out of shared memory. */
  progressed(lane: Lane): void;
  /** It has work. */
  busy(lane: Lane): void;
  /** The lane's running call is long; what waits behind it should go elsewhere. */
  stuck(lane: Lane): void;
  /** The thread does not even start what it was sent. */
  blocked(lane: Lane): void;
}

export interface Work {
  readonly lanes: ReadonlySet<Lane>;
  readonly queue: { readonly size: number };
}

export class StallWatch {
  readonly #work: Work;
  readonly #listener: StallListener;
  #timer: NodeJS.Timeout | undefined;
  /** How long after it was set the clock looks, ms. */
  #wait = WIDE_LOOK;
  /** When the next look is due, epoch ms. */
  #due = 0;

  constructor(work: Work, listener: StallListener) {
    this.#work = work;
    this.#listener = listener;
  }

  /** Something was sent. `behind`: what it waits for is expected to take so long, ms. */
  start(behind?: number): void {
    this.#lookIn(behind === undefined ? WIDE_LOOK : Math.max(closest(behind), LONGER * behind));
  }

  /** Something waits, or may: looks as soon as a busy lane may turn out stuck. */
  goOn(): void {
    const now = epochNow();
    let next: number | undefined;
    for (const lane of this.#work.lanes) {
      if (lane.state === 'open' && !lane.idle) next = Math.min(next ?? WIDE_LOOK, this.#lookAgainIn(lane, now));
    }
    if (next !== undefined) this.#lookIn(next);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lookIn(wait: number): void {
    if (this.#timer !== undefined && this.#wait <= wait) return;
    clearTimeout(this.#timer);
    this.#wait = wait;
    this.#due = epochNow() + wait;
    this.#timer = setTimeout(() => this.#look(), wait).unref();
  }

  #look(): void {
    this.#timer = undefined;
    const now = epochNow();
    // Whoever presses Ctrl+Z and goes on later must not find threads ended for not having moved.
    if (now - this.#due > HELD_UP) for (const lane of this.#work.lanes) lane.movedAt = now;
    for (const lane of this.#work.lanes) if (lane.state === 'open' && !lane.idle) this.#lookAt(lane, now);
    this.goOn();
  }

  /** When its running call will have turned out long, if that matters to anybody, ms. */
  #lookAgainIn(lane: Lane, now: number): number {
    if (lane.inFlight < 2 && (lane.stuck || this.#work.queue.size === 0)) return WIDE_LOOK;
    const { head } = lane;
    const expected = head?.task.expected ?? 0;
    return Math.max(closest(expected), sinceWhen(lane, head) + LONGER * expected - now);
  }

  #lookAt(lane: Lane, now: number): void {
    const { head: before } = lane.calls;
    lane.readOutcomes();
    if (lane.calls.head !== before) this.#listener.progressed(lane);
    if (lane.idle) return;
    this.#listener.busy(lane);
    // No head: the call was withdrawn, and the thread has not come by yet.
    const { head } = lane;
    const since = sinceWhen(lane, head);
    if (head?.started === true) head.task.observed?.runs(since, lane.threadId);
    // A thread that receives what took long to send is not stuck, either: sent elsewhere it would have to be received again, and so on for ever.
    const receiving = head === undefined || head.started ? 0 : RECEIVING * head.task.spent;
    const patience = lane.calls.loadsForNobody ? IMPORTING : Math.max(BLOCKED, receiving);
    if (head?.started !== true && now - since > patience) this.#listener.blocked(lane);
    // What was expected to take so long is not stuck: what waits behind it was sent there in that knowledge.
    else if (
      head !== undefined &&
      now - since >= Math.max(CLOSE_LOOK, LONGER * head.task.expected, receiving) &&
      (!lane.stuck || lane.inFlight > 1)
    ) {
      lane.stuck = true;
      this.#listener.stuck(lane);
    }
  }
}

/** How soon to look again, at the earliest, after a call that is expected to take so many ms. */
function closest(expected: number): number {
  return Math.max(CLOSE_LOOK, Math.min(SPARE.most, SPARE.times * expected));
}

/** When its running call began; or when something last moved there, epoch ms. */
function sinceWhen(lane: Lane, head: Lane['head']): number {
  return head?.started === true ? head.startedAt : lane.movedAt;
}
