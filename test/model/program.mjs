/**
 * Plays one random program on an executor, and holds it against the laws.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { Executor, transfer } from 'run-in-executor';
import * as tasks from '../fixtures/tasks.mjs';
import { checkAborted, checkAll, checkSignals, checkStarts } from './laws.mjs';
import { Ledger, MOST_TASKS } from './ledger.mjs';
import { leftOver, liveThreads } from './left-over.mjs';

/** Nothing that is not lost takes this long, even on a busy machine, ms. */
const LOST = 30_000;
const SIGNALS = 4;

const byKind = new Map(Object.entries(tasks));

/** Throws a `Violation` for the first law that does not hold. */
export async function play(program) {
  const player = new Player(program);
  for (let i = 0; i < program.learning; i++) await player.submit({ kind: 'tiny', shape: 'number', options: {} })?.done;
  for (const step of program.steps) await player.do(step);
  try {
    await player.end(program.end);
  } catch (violation) {
    // What starts twice also holds up the end; then that is what there is to say.
    for (const task of player.tasks) checkStarts(task, player.ledger);
    throw violation;
  }
  await player.check();
  return { tasks: player.tasks, kills: player.kills, ledger: player.ledger };
}

class Player {
  tasks = [];
  kills = 0;
  /** Set by the step that closes: what is submitted from then on is refused. */
  closing = false;
  terminated = false;
  resized = false;
  #program;
  #executor;
  #signals = Array.from({ length: SIGNALS }, () => new AbortController());
  #usedSignals = new Set();
  #waiting = [];

  constructor(program) {
    this.#program = program;
    const { maxThreads, maxQueue, idleTimeout, maxTasksPerThread, byInitializer } = program;
    this.ledger = new Ledger(maxThreads);
    const initial = byInitializer ? { initializer: tasks.useLedger, initializerArgs: [this.ledger.buffer] } : {};
    this.#executor = new Executor({ maxThreads, minThreads: 0, maxQueue, idleTimeout, maxTasksPerThread, ...initial });
  }

  /** Room for tasks in all, as promised. */
  get capacity() {
    return this.#program.maxThreads + (this.#program.maxQueue ?? Number.POSITIVE_INFINITY);
  }

  get fixedLimit() {
    return this.resized ? undefined : this.#program.maxThreads;
  }

  async do(step) {
    switch (step.do) {
      case 'submit':
        this.submit(step.work);
        break;
      case 'burst':
        for (let i = 0; i < step.size; i++) this.submit({ kind: 'tiny', shape: step.shape, options: step.options });
        break;
      case 'abort':
        await this.#abort(this.#signals[step.signal], () => {
          this.#signals[step.signal] = new AbortController();
        });
        break;
      case 'abortOne': {
        const open = this.tasks.filter((task) => task.outcome === undefined && task.own !== undefined);
        if (open.length > 0) await this.#abort(open[step.which % open.length].own);
        break;
      }
      case 'turn':
        await turn();
        break;
      case 'pause':
        await sleep(step.ms);
        break;
      case 'wait': {
        const open = this.tasks.filter((task) => task.outcome === undefined && task.ends);
        // Not for ever: what never ends may hold all threads until the end of the program.
        if (open.length > 0) await Promise.race([open[step.which % open.length].done, sleep(40)]);
        break;
      }
      case 'resize':
        this.#resize(step.maxThreads);
        break;
      case 'kill': {
        const threads = liveThreads();
        if (threads.length === 0) break;
        this.kills++;
        void threads[step.which % threads.length].terminate();
        break;
      }
      case 'ready': {
        const controller = step.signal === undefined ? undefined : this.#signals[step.signal];
        if (controller !== undefined) this.#usedSignals.add(controller.signal);
        const ready = this.#executor.ready(controller && { signal: controller.signal });
        this.#waiting.push(ready.catch((error) => error === controller?.signal.reason || Promise.reject(error)));
        break;
      }
      case 'warmUp':
        this.#waiting.push(this.#executor.warmUp(tasks.tiny).catch(() => {}));
    }
  }

  submit(work) {
    if (this.tasks.length >= MOST_TASKS) return undefined;
    const { kind, options } = work;
    const id = this.tasks.length;
    // What never ends, and what shares no signal, has one of its own, for the program's end or an `abortOne`.
    const ends = !ENDLESS.has(kind) || options.timeout !== undefined;
    const own = options.signal === undefined && (!ends || id % 3 === 0) ? new AbortController() : undefined;
    const controller = own ?? this.#signals[options.signal];
    const task = {
      id,
      work,
      own,
      ends,
      signal: controller?.signal,
      refusable: this.closing,
      unsettledBefore: this.#unsettled,
      outcome: undefined,
    };
    if (task.signal !== undefined) this.#usedSignals.add(task.signal);
    task.lowerWaiting = this.#lowerWaiting(options.priority ?? 0);
    this.tasks.push(task);
    const [promise, after] = this.#call(task);
    after?.();
    task.lowerWaiting = task.lowerWaiting.filter((other) => this.ledger.starts(other.id) === 0);
    task.done = promise.then(
      (value) => {
        task.outcome = { value };
      },
      (error) => {
        task.outcome = { error };
      },
    );
    return task;
  }

  #call(task) {
    const { work, id } = task;
    const { signal: _, ...options } = work.options;
    if (task.signal !== undefined) options.signal = task.signal;
    if (work.kind === 'cooperative') options.gracePeriod = 60_000;
    const run = this.#executor.run.with(options);
    const ledger = this.#program.byInitializer ? null : this.ledger.buffer;
    switch (work.kind) {
      case 'tiny':
        return [run(tasks.tiny, ledger, id, work.shape)];
      case 'long':
      case 'slow':
        return [run(byKind.get(work.kind), ledger, id, work.shape, work.ms)];
      case 'failing':
      case 'failingLater':
        return [run(byKind.get(work.kind), ledger, id, work.ms)];
      case 'exiting':
        return [run(tasks.exiting, ledger, id, work.ms, work.code)];
      case 'weigh': {
        const object = { id, deep: { list: [1, 2, 3] }, more: 'x' };
        task.expected = JSON.stringify(object);
        return [
          run(tasks.weigh, ledger, id, object),
          () => {
            object.deep.list.push('changed after the call');
            object.more = 'changed after the call';
          },
        ];
      }
      case 'take': {
        const buffer = new ArrayBuffer(id + 1);
        return [run(tasks.take, ledger, id, transfer(buffer))];
      }
      default:
        return [run(byKind.get(work.kind), ledger, id)];
    }
  }

  async #abort(controller, replace) {
    if (controller.signal.aborted) return;
    const concerned = this.tasks.filter((task) => task.signal === controller.signal && task.outcome === undefined);
    controller.abort(new Error('aborted by the program'));
    replace?.();
    const unstarted = concerned.filter((task) => this.ledger.starts(task.id) === 0);
    await turn();
    await turn();
    checkAborted(concerned);
    this.tasks.aborts ??= [];
    this.tasks.aborts.push({ unstarted });
  }

  #resize(maxThreads) {
    this.resized = true;
    if (this.closing) return;
    // Higher: allowed at once. Lower: for whatever starts from now on.
    this.ledger.limit = maxThreads;
    this.#executor.resize(maxThreads);
  }

  async end({ how, after }) {
    // Whoever drains waits for all; what never ends must be aborted first. Whoever terminates need not.
    if (how === 'close' || how === 'dispose') for (const task of this.tasks) if (!task.ends) await this.#abortFor(task);
    const closing = this.#close(how);
    for (const step of after) await this.do(step);
    for (const task of this.tasks) if (!task.ends) await this.#abortFor(task);
    await inTime(closing, `${how} never ended`);
    for (const task of this.tasks) await inTime(task.done, 'a promise never settled', task);
    await inTime(Promise.all(this.#waiting), 'ready() or warmUp() never settled');
  }

  async #abortFor(task) {
    if (task.outcome !== undefined || task.signal?.aborted !== false) return;
    const controller = task.own ?? this.#signals.find(({ signal }) => signal === task.signal);
    await this.#abort(controller, () => {
      if (task.own === undefined) this.#signals[this.#signals.indexOf(controller)] = new AbortController();
    });
  }

  #close(how) {
    this.closing = true;
    if (how !== 'close' && how !== 'dispose') this.terminated = true;
    switch (how) {
      case 'close':
        return Promise.all([this.#executor.close(), this.#executor.close()]);
      case 'dispose':
        return this.#executor[Symbol.asyncDispose]();
      case 'closeInTime':
        return this.#executor.close({ timeout: 30 });
      case 'closeThenTerminate':
        return Promise.all([this.#executor.close(), turn().then(() => this.#executor.terminate())]);
      default:
        return Promise.all([this.#executor.terminate(), this.#executor.terminate()]);
    }
  }

  async check() {
    checkSignals(this.#usedSignals);
    checkAll(this);
    const left = await leftOver();
    if (left !== undefined) throw new Violation(`afterwards ${left} were left`);
    // Once more: what starts after everything is over was given to two threads, or not taken back.
    checkAll(this);
  }

  get #unsettled() {
    let unsettled = 0;
    for (const task of this.tasks) if (task.outcome === undefined) unsettled++;
    return unsettled;
  }

  #lowerWaiting(priority) {
    if (this.fixedLimit !== 1) return [];
    return this.tasks.filter(
      (task) => task.outcome === undefined && (task.work.options.priority ?? 0) < priority && this.ledger.starts(task.id) === 0,
    );
  }
}

export class Violation extends Error {
  name = 'Violation';
}

const ENDLESS = new Set(['hanging', 'looping', 'pending', 'cooperative']);

async function inTime(promise, what, task) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Violation(`${what}${task === undefined ? '' : `: ${JSON.stringify(task.work)}`}`)), LOST);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
