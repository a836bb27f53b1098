/**
 * A lane: one thread for life, and the calls on their way to it.
 *
 *        head                                   tail
 *   ──────┬──────────┬──────────┬──────────┬──────
 *         │ running  │  sent    │withdrawn │  …        one ring of SLOTS calls, in the order in which the thread meets them
 *   ──────┴──────────┴──────────┴──────────┴──────
 *
 * The thread moves the words of `Claims` on; the lane follows from `head` and hands each outcome to its task.
 * A lane knows nothing of the queue, nor of other lanes.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Delivery, FromThread, ToThread } from '../../transport/protocol.js';
import { outcomeOf, Word } from '../../transport/shared-memory/claim-words.js';
import { Claims, epochNow } from '../../transport/shared-memory/claims.js';
import { wordsOf } from '../../transport/words-of.js';
import { fulfil, type Task } from '../task/task.js';
import { Descriptions } from './descriptions.js';
import { LaneCalls } from './lane-calls.js';
import { ParkedTasks } from './parked-tasks.js';
import { print } from './print.js';
import { sendCalls } from './send-calls.js';

/**
 * starting: the thread has not answered yet. open: serving. retiring: asked to finalize and end. dying: killed.
 * gone: the thread's side of the port has closed.
 */
export type LaneState = 'starting' | 'open' | 'retiring' | 'dying' | 'gone';

export type OtherMessage = Exclude<FromThread, 0 | { type: 'outcome' | 'missing' | 'loaded' | 'wake' | 'leaving' | 'print' }>;

export interface LaneListener {
  /** For each call that ended, in order, after its task was settled (or long after, if that was aborted). `ran` is in ms. */
  ended(lane: Lane, task: Task, startedAt: number, ran: number): void;
  /** The thread did not find the function where its description said: nothing ran. */
  missing(task: Task, fns: readonly number[]): void;
  /** After any progress: the lane may have room, or be idle. */
  progressed(lane: Lane): void;
  message(lane: Lane, message: OtherMessage): void;
  closed(lane: Lane): void;
}

export class Lane {
  readonly claims = new Claims();
  readonly calls = new LaneCalls();
  readonly port: MessagePort;
  readonly parked = new ParkedTasks();
  state: LaneState = 'starting';
  /** Calls sent whose task still needs this thread. */
  inFlight = 0;
  /** Node's number of the thread, from its first answer on. */
  threadId: number | undefined;
  /** MiB of V8 heap in use after its last call; only where the pool watches it. */
  heap = 0;
  /** The expected run time of what was sent and has not ended, ms. */
  expected = 0;
  /** Its running call takes longer than short calls do: nothing is sent ahead until it ends. */
  stuck = false;
  /** The thread runs its finalizer. */
  finalizing = false;
  /** Calls that it may still take; its thread is replaced after that. */
  allowance = Number.POSITIVE_INFINITY;
  /** When something was last sent or heard, epoch ms. */
  movedAt = 0;
  /** How long nothing had moved before the last call was sent, ms. */
  pause = Number.POSITIVE_INFINITY;
  readonly descriptions = new Descriptions((message) => this.post(message));
  readonly #listener: LaneListener;

  constructor(port: MessagePort, listener: LaneListener) {
    this.port = port;
    this.#listener = listener;
    port.on('message', (message: FromThread) => this.#receive(message));
    port.on('close', () => listener.closed(this));
    // What cannot be deserialized here would otherwise vanish, and its task with it.
    port.on('messageerror', (error) => {
      this.readOutcomes();
      if (!this.calls.empty) this.#finish((task) => task.fail(error));
    });
  }

  /** It has nothing to do: no call, and nothing to load. */
  get idle(): boolean {
    return this.calls.empty && !this.descriptions.loading;
  }

  /** The call that the thread runs now, or is about to. Started is also one whose result is on its way: to copy it may take seconds. */
  get head(): { task: Task; started: boolean; startedAt: number } | undefined {
    const { head } = this.calls;
    const task = this.calls.empty ? undefined : this.calls.at(head);
    if (task === undefined) return undefined;
    const started = this.claims.isRunning(head) || this.claims.word(head) === Word.POSTED;
    return { task, started, startedAt: this.claims.startedAt(head) };
  }

  /** Throws what `postMessage` throws, with nothing sent. Several tasks at once must all be held, and transfer nothing. */
  send(tasks: readonly Task[]): void {
    if (sendCalls(this.port, this.claims, this.calls.tail, tasks, this.descriptions.known)) this.calls.bringing = this.calls.tail;
    for (const task of tasks) {
      task.lane = this;
      task.sequence = this.calls.tail;
      if (task.parked) this.parked.resumed(task);
      else this.allowance--;
      if (task.state !== 'settled') task.state = 'sent';
      this.expected += task.expected;
      this.calls.push(task);
    }
    this.inFlight += tasks.length;
    const now = epochNow();
    this.pause = now - this.movedAt;
    this.movedAt = now;
  }

  /** True: the thread will not run it, and its place on the lane is empty. False: it has started, if only to be parked, or ended. */
  withdraw(task: Task): boolean {
    if (task.parkedAs !== undefined || !this.claims.withdraw(task.sequence)) return false;
    this.#takeOff(task);
    return true;
  }

  /** True: the thread was still importing what it needs, and will not run it. Nothing is sent there until that is over. */
  withdrawLoading(task: Task): boolean {
    if (task.parkedAs !== undefined || !this.claims.withdrawLoading(task.sequence)) return false;
    this.#takeOff(task);
    this.stuck = true;
    return true;
  }

  /**
   * Withdraws up to `most` calls from the tail, and returns them, the oldest first. Not those that could not be sent again:
   * a call that was sent while it referred to the caller's objects, or one that transferred.
   */
  withdrawLast(most: number): Task[] {
    const withdrawn: Task[] = [];
    for (let at = this.calls.tail - 1; at >= this.calls.head && withdrawn.length < most; at--) {
      const task = this.calls.at(at);
      if (task === undefined) continue;
      if (task.call.encoded.objects || task.call.encoded.transfer !== undefined || !this.withdraw(task)) break;
      withdrawn.push(task);
    }
    return withdrawn.reverse();
  }

  /** Reads all outcomes that lie in shared memory, without waiting for the thread's message. */
  readOutcomes(): void {
    while (!this.calls.empty) {
      const word = this.claims.word(this.calls.head);
      if (word === Word.PASSED) {
        this.calls.advance();
        this.stuck = false;
      } else if (word === Word.PARKED) this.#finish((task) => this.parked.add(task));
      else if (word >= Word.UNDEFINED) this.#finish(fulfil, outcomeOf(word, this.claims.number(this.calls.head)));
      else return;
    }
  }

  /** Undefined: its thread has not started it, or has ended it. */
  startedAt(task: Task): number | undefined {
    return !task.parked && this.claims.isRunning(task.sequence) ? this.claims.startedAt(task.sequence) : undefined;
  }

  /** Tells a running task that it is not wanted any more. */
  cancel(task: Task, reason: unknown): void {
    this.claims.cancel(task.sequence);
    this.post({ type: 'cancel', sequence: task.parkedAs ?? task.sequence, reason: wordsOf(reason) });
  }

  /** The thread is gone: the calls that it was sent and that nobody can take back. */
  abandon(): { task: Task; started: boolean }[] {
    const left: { task: Task; started: boolean }[] = [];
    for (; !this.calls.empty; this.calls.advance()) {
      const task = this.calls.at(this.calls.head);
      if (task !== undefined) left.push({ task, started: this.claims.word(this.calls.head) !== Word.SENT });
    }
    this.inFlight = 0;
    this.claims.bells.silence();
    this.descriptions.abandon();
    return left;
  }

  /** Resolves when the thread has loaded them, or is gone: with its number, if it ever answered. */
  async load(deliveries: readonly Delivery[]): Promise<number | undefined> {
    if (this.state !== 'gone') await this.descriptions.load(deliveries);
    return this.threadId;
  }

  post(message: ToThread): void {
    this.port.postMessage(message);
    this.claims.bells.ring();
  }

  /** The thread has answered. */
  opened(threadId: number): void {
    this.threadId = threadId;
    if (this.state === 'starting') this.state = 'open';
  }

  readonly heard = (): void => this.#receive(0);

  #receive(message: FromThread): void {
    // No progress: what a task has left behind may print for ever.
    if (message !== 0 && message.type === 'print') {
      print(message);
      return;
    }
    this.movedAt = epochNow();
    if (message === 0) this.readOutcomes();
    else if (message.type === 'outcome') this.#arrived(message.sequence, (task) => task.arrive(message));
    else if (message.type === 'missing') this.#arrived(message.sequence, (task) => this.#listener.missing(task, message.fns));
    else if (message.type === 'loaded') this.descriptions.loaded();
    else if (message.type === 'wake') this.parked.wake(message.sequence);
    else if (message.type === 'leaving') this.state = 'dying';
    else this.#listener.message(this, message);
    this.#listener.progressed(this);
  }

  /** An outcome that travels by message: all calls before it have ended, in shared memory or by earlier messages. */
  #arrived(sequence: number, settle: (task: Task) => void): void {
    this.readOutcomes();
    if (this.calls.head === sequence) this.#finish(settle);
  }

  #takeOff(task: Task): void {
    this.calls.clear(task.sequence);
    this.inFlight--;
    this.expected -= task.expected;
    this.allowance++;
  }

  #finish(settle: (task: Task, value: unknown) => void, value?: unknown): void {
    const task = this.calls.at(this.calls.head);
    const startedAt = this.claims.startedAt(this.calls.head);
    const ran = this.claims.endedAt(this.calls.head) - startedAt;
    this.calls.advance();
    if (task === undefined) return;
    this.inFlight--;
    this.expected = this.inFlight === 0 ? 0 : this.expected - task.expected;
    this.stuck = false;
    settle(task, value);
    this.#listener.ended(this, task, startedAt, ran);
  }
}
