/**
 * The thread's end of a lane: takes calls in order, claims each, runs it, reports how it ended, and only then claims the next.
 */
import type { MessagePort } from 'node:worker_threads';
import { threadId } from 'node:worker_threads';
import { Claims, epochNow } from '../src/transport/claims.js';
import { packOutcome } from '../src/transport/outcome.js';
import type { CallsMessage, FromThread, Lease, ToThread } from '../src/transport/protocol.js';
import { forgetFunctions, loadFunctions } from './functions.js';
import { finalize, initialize } from './life.js';
import { heapInUse, postOutcome } from './report.js';
import { type Call, type Outcome, run } from './run.js';
import { TaskScope } from './task-scope.js';

/** How long small outcomes may lie in shared memory before the calling side is told, while more calls follow, ms. */
const TELL_AFTER = 0.25;

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
  #rest: () => void = () => {};
  readonly #messages: CallsMessage[] = [];
  /** The position of the next call in the first message. */
  #at = 0;
  #busy = false;
  #retiring = false;
  #toldAt = 0;
  #untold = false;

  constructor(lease: Lease) {
    this.#lease = lease;
    this.#port = lease.port;
    this.#claims = new Claims(lease.claims);
  }

  hold(rest: () => void): void {
    this.#rest = rest;
  }

  async open(): Promise<void> {
    TaskScope.lane = {
      claims: this.#claims,
      post: (message, transfer) => this.#port.postMessage(message, transfer),
      fail: (scope, error) => this.#failFromOutside(scope, error),
    };
    try {
      await initialize(this.#lease);
    } catch (error) {
      const { packed, payload } = packOutcome(0, false, error).message;
      this.#post({ type: 'failed', packed, payload });
      return;
    }
    this.#post({ type: 'ready', thread: threadId });
    this.#port.on('message', (message: ToThread) => this.#receive(message));
    this.#port.on('close', () => this.#rest());
  }

  #receive(message: ToThread): void {
    switch (message.type) {
      case 'calls':
        this.#messages.push(message);
        if (!this.#busy) this.#serveCalls();
        break;
      case 'rest':
        this.#rest();
        break;
      case 'retire':
        this.#retiring = true;
        if (!this.#busy) void finalize(this.#lease);
        break;
      case 'cancel':
        TaskScope.current?.cancel(message.sequence, message.reason);
        break;
      case 'forget':
        forgetFunctions(message.ids);
        break;
      case 'load':
        void Promise.resolve(loadFunctions(message.deliveries)).then(() => this.#post({ type: 'loaded' }));
    }
  }

  /** Until nothing is left, or a call has to be waited for, which then comes back here. */
  #serveCalls(): void {
    this.#busy = true;
    for (let message = this.#messages[0]; message !== undefined; message = this.#messages[0]) {
      if (this.#at === 0) loadFunctions(message.deliveries);
      while (this.#at < message.fns.length) {
        if (this.#serveCall(message, this.#at++)) return;
      }
      this.#messages.shift();
      this.#at = 0;
    }
    this.#busy = false;
    if (this.#untold) this.#tell(epochNow());
    if (this.#retiring) void finalize(this.#lease);
  }

  /** True: it goes on later. */
  #serveCall(message: CallsMessage, at: number): boolean {
    const sequence = message.first + at;
    if (!this.#claims.claim(sequence, epochNow())) {
      this.#untold = true;
      return false;
    }
    const call: Call = { fn: message.fns[at] as number, payload: message.payloads[at], packed: message.packed?.includes(at) ?? false };
    const scope = new TaskScope(sequence);
    const outcome = run(call, scope);
    if (!(outcome instanceof Promise)) {
      this.#end(scope, outcome);
      return false;
    }
    void outcome.then((later) => {
      this.#end(scope, later);
      this.#serveCalls();
    });
    return true;
  }

  #end(scope: TaskScope, { ok, value, missing }: Outcome): void {
    scope.end();
    const now = epochNow();
    const { sequence } = scope;
    if (ok && !scope.calledBack && !this.#lease.watchHeap && this.#claims.end(sequence, value, now)) {
      this.#untold = true;
      if (now - this.#toldAt > TELL_AFTER) this.#tell(now);
      return;
    }
    // Everything that lies in shared memory is read when this message arrives.
    this.#untold = false;
    this.#toldAt = now;
    if (this.#lease.watchHeap) this.#post({ type: 'heap', mebibytes: heapInUse() });
    if (missing !== undefined) {
      this.#claims.posted(sequence, now);
      this.#post({ type: 'missing', sequence, fn: missing });
      return;
    }
    const outcome = packOutcome(sequence, ok, value);
    this.#claims.posted(sequence, now);
    postOutcome(this.#port, outcome);
  }

  /** The running task caused an error outside of its own promise: it fails by that, and its thread, in an unknown state, ends. */
  #failFromOutside(scope: TaskScope, error: unknown): void {
    this.#end(scope, { ok: false, value: error });
    process.exit(1);
  }

  #tell(now: number): void {
    this.#untold = false;
    this.#toldAt = now;
    this.#post(0);
  }

  #post(message: FromThread): void {
    this.#port.postMessage(message);
  }
}
