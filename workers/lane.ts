/**
 * The thread's end of a lane: takes calls in order, claims each, runs it, reports how it ended, and only then claims the next.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { type MessagePort, threadId } from 'node:worker_threads';
import { packOutcome } from '../src/transport/calls/outcome.js';
import { isPromise, nextTick, queueMicrotask, setImmediate } from '../src/transport/own/own-globals.js';
import { type FromThread, type Lease, RESUME, type ToThread } from '../src/transport/protocol.js';
import { Word } from '../src/transport/shared-memory/claim-words.js';
import { Claims } from '../src/transport/shared-memory/claims.js';
import { functionsLoaded, isNative, loadFunctions } from './functions.js';
import { Incoming, type IncomingCall } from './incoming.js';
import { leave } from './leave.js';
import { finalize, initialize } from './life.js';
import { Naps } from './naps.js';
import { NextCall } from './next-call.js';
import { obey } from './orders.js';
import { Pace } from './pace.js';
import { ParkedScopes } from './parked-scopes.js';
import { Reporter } from './report.js';
import { run } from './run.js';
import { TaskScope } from './task-scope.js';

/** What follows a call that has lent its thread is not part of it. */
const outside = AsyncLocalStorage.snapshot();

/** The thread's one lane, from its first task to its last. */
let lane: ServedLane | undefined;

/** A resident task: the first brings the lane, later ones only hold the thread. Resolves when the thread may rest. */
export function serve(lease: Lease | { readonly resume: true }): Promise<void> {
  return new Promise((resolve) => {
    if ('resume' in lease) lane?.hold(resolve);
    else {
      lane = new ServedLane(lease);
      lane.hold(resolve);
      void lane.open();
    }
  });
}

class ServedLane {
  readonly #lease: Lease;
  readonly #port: MessagePort;
  readonly #claims: Claims;
  readonly #report: Reporter;
  readonly #next: NextCall;
  readonly #parked = new ParkedScopes();
  readonly #pace = new Pace();
  readonly #naps = new Naps(this.#pace, () => this.#nap());
  #rest: () => void = () => {};
  readonly #incoming: Incoming;
  #busy = false;
  #retiring = false;

  constructor(lease: Lease) {
    this.#lease = lease;
    this.#port = lease.port;
    this.#claims = new Claims(lease.claims);
    this.#incoming = new Incoming(this.#claims);
    this.#next = new NextCall({
      claims: this.#claims,
      port: this.#port,
      incoming: this.#incoming,
      receive: (message) => this.#receive(message),
    });
    this.#report = new Reporter(lease.port, this.#claims, lease.watchHeap);
  }

  hold(rest: () => void): void {
    this.#rest = rest;
  }

  async open(): Promise<void> {
    TaskScope.lane = {
      claims: this.#claims,
      post: (message, transfer) => this.#port.postMessage(message, transfer),
      fail: (scope, error) => this.#failFromOutside(scope, error),
      park: (scope) => this.#park(scope),
      wake: ({ first }) => this.#post({ type: 'wake', sequence: first }),
    };
    try {
      await initialize(this.#lease);
    } catch (error) {
      const { packed, payload, deliveries } = packOutcome(0, false, error).message;
      this.#post({ type: 'failed', packed, payload, deliveries });
      return;
    }
    this.#post({ type: 'ready', thread: threadId, startedAt: performance.timeOrigin + performance.nodeTiming.environment });
    this.#port.on('message', (message: ToThread) => this.#guard(() => this.#receive(message)));
    this.#port.on('close', () => this.#rest());
  }

  #receive(message: ToThread): void {
    if (message === 0 || message.type === 'calls') {
      if (message !== 0) this.#incoming.push(message);
      if (!this.#busy) this.#enter();
    } else if (message.type === 'rest') this.#rest();
    else if (message.type === 'retire') {
      this.#retiring = true;
      if (!this.#busy) void finalize(this.#lease);
    } else obey(message, this.#parked, (answer) => this.#post(answer));
  }

  #enter(): void {
    this.#pace.entered();
    this.#serveCalls();
  }

  /** Until nothing is left, or something has to be waited for, which then comes back here. */
  readonly #serveCalls = (): void => this.#guard(this.#serve);

  readonly #serve = (): void => {
    this.#busy = true;
    do {
      this.#claims.bells.listening = true;
      for (let call = this.#incoming.next(); call !== undefined; call = this.#incoming.next()) {
        if (this.#serveCall(call)) return;
      }
      this.#report.tell();
      this.#pace.ended();
      if (this.#pace.eventsAreDue) {
        setImmediate(this.#afterEvents);
        return;
      }
    } while (this.#nextCallCame() || this.#next.stopListening());
    this.#busy = false;
    this.#pace.inARow = false;
    if (this.#retiring) void finalize(this.#lease);
    else this.#naps.begin();
  };

  /** True: it goes on later. Claimed before it is loaded: what a module does to its thread there, it does to the call that needs it. */
  #serveCall(call: IncomingCall): boolean {
    const to = call.deliveries === undefined && functionsLoaded() === undefined ? Word.STARTED : Word.LOADING;
    if (!this.#claims.claim(call.sequence, this.#pace.started(), to)) return this.#report.passed();
    if (to === Word.STARTED) return this.#startCall(call);
    const loading = loadFunctions(call.deliveries);
    // To compile a function, say, is no part of how long it runs.
    if (loading === undefined) return this.#startLoaded(call, this.#pace.started());
    void loading.then(() => this.#guard(() => this.#startLoaded(call) || this.#serve()));
    return true;
  }

  #startLoaded(call: IncomingCall, now?: number): boolean {
    return this.#claims.loaded(call.sequence, now) ? this.#startCall(call) : this.#report.passed();
  }

  /** True: it goes on later. */
  #startCall(call: IncomingCall): boolean {
    if (call.fn === RESUME) {
      this.#parked.resume(call.payload as number, call.sequence);
      return true;
    }
    const scope = new TaskScope(call.sequence, call.observed);
    const outcome = run(call, scope);
    if (isPromise(outcome)) {
      void outcome.then(
        (later) =>
          this.#guard(() => {
            this.#report.ended(scope, later);
            this.#serve();
          }),
        (error: unknown) => this.#report.broken(error),
      );
      return true;
    }
    this.#report.ended(scope, outcome);
    if (isNative(call.fn)) return false;
    // Nothing follows: the calling side need not wait for what this task left behind.
    if (!this.#incoming.more) this.#report.tell();
    this.#comeBack();
    return true;
  }

  /**
   * A task's own microtasks and ticks run before the next task, as they would if each came in a message of its own;
   * and the event loop gets its turn, however many calls come in a row.
   */
  #comeBack(): void {
    if (this.#pace.eventsAreDue) setImmediate(this.#afterEvents);
    else queueMicrotask(this.#afterMicrotasks);
  }

  readonly #afterMicrotasks = (): void => nextTick(this.#serveCalls);

  readonly #afterEvents = (): void => {
    this.#pace.turned();
    this.#serveCalls();
  };

  #nextCallCame(): boolean {
    const { inARow, idleAt } = this.#pace;
    if (this.#retiring || !this.#parked.empty || !(inARow || this.#naps.atOnce)) return false;
    if (!this.#next.came(idleAt, inARow)) return false;
    this.#pace.came();
    return true;
  }

  /** True: another may follow. */
  #nap(): boolean {
    if (this.#busy || this.#retiring || !this.#parked.empty) return false;
    this.#guard(() => {
      if (this.#next.nap() && !this.#busy) this.#enter();
    });
    return !this.#busy;
  }

  /** A task may have changed what this code cannot do without. Then its thread is of no use to anybody, and has to say so. */
  #guard(code: () => void): void {
    try {
      code();
    } catch (error) {
      this.#report.broken(error);
    }
  }

  /** The running task caused an error outside of its own promise: it fails by that, and its thread, in an unknown state, ends. */
  #failFromOutside(scope: TaskScope, error: unknown): void {
    // Said first, so that nothing more is sent here when the outcome makes this thread look free.
    this.#post({ type: 'leaving' });
    this.#guard(() => this.#report.ended(scope, { ok: false, value: error }));
    leave(1);
  }

  /** Others have the thread until the calling side sends this one on its way again. */
  #park(scope: TaskScope): void {
    this.#parked.add(scope);
    this.#report.parked(scope);
    outside(() => nextTick(this.#serveCalls));
  }

  #post(message: FromThread): void {
    this.#port.postMessage(message);
  }
}
