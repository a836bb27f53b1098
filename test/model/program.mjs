/**
 * Plays one random program on an executor, and holds it against the laws.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { ConcurrencyLimit, callback, Executor, KeyedConcurrencyLimit, transfer } from 'run-in-executor';
import * as tasks from '../fixtures/tasks.mjs';
import { inOwnTime } from '../setup/own-time.mjs';
import { Gate } from './gates.mjs';
import { checkAborted, checkAll, checkKeys, checkSignals, checkStarts, checkStats } from './laws.mjs';
import { Ledger, MOST_TASKS } from './ledger.mjs';
import { deaths, kill, leftOver, liveThreads } from './left-over.mjs';
import { mapped, streamed } from './many.mjs';

/** Nothing that is not lost takes this long, even on a busy machine, ms in which the process itself ran. */
const LOST = 30_000;
const SIGNALS = 4;

const byKind = new Map(Object.entries(tasks));

/** Throws a `Violation` for the first law that does not hold. */
export async function play(program) {
  const player = new Player(program);
  for (let i = 0; i < program.learning; i++) await player.submit({ kind: 'tiny', shape: 'number', options: {} })?.done;
  const before = deaths.count;
  for (const step of program.steps) await player.do(step);
  const died = deaths.count - before;
  try {
    await player.end(program.end);
  } catch (violation) {
    // What starts twice also holds up the end; then that is what there is to say.
    for (const task of player.tasks) checkStarts(task);
    throw violation;
  }
  await player.check();
  // Whom `terminate()` ends does not die of a fault.
  return { tasks: player.tasks, kills: player.kills, deaths: player.terminated ? died : deaths.count - before };
}

class Player {
  tasks = [];
  kills = 0;
  /** Set by the step that closes: what is submitted from then on is refused. */
  closing = false;
  terminated = false;
  resized = false;
  /** Maps send more than one task at a time. */
  maps = 0;
  #program;
  #executors;
  #limit;
  #keyed;
  /** How many run under the limit, and under each key's. */
  #limited = new Map();
  #ids = 0;
  #signals = Array.from({ length: SIGNALS }, () => new AbortController());
  #usedSignals = new Set();
  #waiting = [];

  constructor(program) {
    this.#program = program;
    const { maxThreads, byInitializer, executors, batch, limit } = program;
    const { maxQueue, idleTimeout, maxTasksPerThread, maxHeapPerThread, resourceLimits } = program;
    const options = { maxThreads, minThreads: 0, maxQueue, idleTimeout, maxTasksPerThread, maxHeapPerThread, resourceLimits };
    if (batch === undefined) delete process.env.RUN_IN_EXECUTOR_TEST_BATCH;
    else process.env.RUN_IN_EXECUTOR_TEST_BATCH = String(batch);
    this.#limit = new ConcurrencyLimit(limit);
    this.#keyed = new KeyedConcurrencyLimit(limit);
    this.#executors = Array.from({ length: executors }, () => {
      const ledger = new Ledger(maxThreads);
      const initial = byInitializer ? { initializer: tasks.useLedger, initializerArgs: [ledger.buffer] } : {};
      const executor = new Executor({ ...options, ...initial });
      // A pool is made when it is first needed, and the batch is read then.
      executor.stats();
      return { executor, ledger };
    });
  }

  get ledgers() {
    return this.#executors.map(({ ledger }) => ledger);
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
        const threads = liveThreads(step.which % 8 === 0);
        if (threads.length === 0) break;
        this.kills++;
        kill(threads[step.which % threads.length]);
        break;
      }
      case 'ready': {
        const controller = step.signal === undefined ? undefined : this.#signals[step.signal];
        if (controller !== undefined) this.#usedSignals.add(controller.signal);
        const ready = this.#executors[0].executor.ready(controller && { signal: controller.signal });
        this.#waiting.push(ready.catch((error) => error === controller?.signal.reason || Promise.reject(error)));
        break;
      }
      case 'warmUp':
        for (const { executor } of this.#executors) this.#waiting.push(executor.warmUp(tasks.tiny).catch(() => {}));
        break;
      case 'limited':
        this.#waiting.push(this.#limit.run(() => this.#submitLimited(undefined, step.work)));
        break;
      case 'keyed':
        this.#waiting.push(this.#keyed.run(step.key, () => this.#submitLimited(step.key, step.work)));
    }
  }

  async #submitLimited(key, work) {
    const running = (this.#limited.get(key) ?? 0) + 1;
    this.#limited.set(key, running);
    if (running > this.#program.limit) throw new Violation(`${running} ran under a limit of ${this.#program.limit}`);
    const task = this.submit(work);
    // What never ends by itself would hold up the others until the end of the program.
    if (task?.ends) await task.done;
    this.#limited.set(key, this.#limited.get(key) - 1);
  }

  submit(work) {
    const { kind, options } = work;
    const id = this.#ids;
    if (id + (work.items ?? 1) > MOST_TASKS) return undefined;
    this.#ids += Math.max(1, work.items ?? 1);
    if (kind === 'map') this.maps++;
    const on = this.#executors[this.tasks.length % this.#executors.length];
    // What never ends, and what shares no signal, has one of its own, for the program's end or an `abortOne`.
    const ends = !ENDLESS.has(kind) || options.timeout !== undefined;
    const own = options.signal === undefined && (!ends || id % 3 === 0) ? new AbortController() : undefined;
    const controller = own ?? this.#signals[options.signal];
    const task = {
      id,
      work,
      on,
      own,
      ledger: this.#program.byInitializer ? null : on.ledger.buffer,
      ends,
      signal: controller?.signal,
      refusable: this.closing,
      unsettledBefore: this.#unsettledOn(on),
      outcome: undefined,
    };
    if (task.signal !== undefined) this.#usedSignals.add(task.signal);
    task.lowerWaiting = this.#lowerWaiting(task);
    this.tasks.push(task);
    const [promise, after] = this.#call(task);
    after?.();
    task.lowerWaiting = task.lowerWaiting.filter((other) => on.ledger.starts(other.id) === 0);
    task.done = promise.then(
      (value) => this.#settled(task, { value }),
      (error) => this.#settled(task, { error }),
    );
    return task;
  }

  #settled(task, outcome) {
    task.outcome = outcome;
    task.toldBefore = task.told?.length;
    if (task.gate === undefined) return;
    // Nobody opens it in the turn in which a call settles: its thread had not even loaded the function.
    task.unloaded = task.gate.closed;
    if (task.work.goesOn) task.gate.open();
  }

  #call(task) {
    const { work, id } = task;
    const { signal: _, ...options } = work.options;
    if (task.signal !== undefined) options.signal = task.signal;
    if (work.kind === 'cooperative') options.gracePeriod = 60_000;
    const run = task.on.executor.run.with(options);
    const { ledger } = task;
    switch (work.kind) {
      case 'map':
        return [mapped(run, task)];
      case 'stream':
        return [streamed(run, task, () => this.submit({ kind: 'tiny', shape: 'number', options: {} })?.done)];
      case 'overflowing':
      case 'closingPort':
        return [run(byKind.get(work.kind), ledger, id, work.shape)];
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
      case 'nesting':
        return [run(tasks.nesting, ledger, id, work.shape)];
      case 'calling':
        task.told = [];
        return [
          run(
            tasks.calling,
            ledger,
            id,
            work.shape,
            work.numbers,
            callback((number) => task.told.push(number)),
          ),
        ];
      case 'importing':
        task.gate = new Gate();
        return [run(task.gate.function, ledger, id, work.shape), () => this.#openLater(task)];
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

  async #openLater(task) {
    await sleep(task.work.ms);
    if (task.outcome === undefined) task.gate.open();
  }

  async #abort(controller, replace) {
    if (controller.signal.aborted) return;
    const concerned = this.tasks.filter((task) => task.signal === controller.signal && task.outcome === undefined);
    controller.abort(new Error('aborted by the program'));
    replace?.();
    const unstarted = concerned.filter((task) => !MANY.has(task.work.kind) && task.on.ledger.starts(task.id) === 0);
    await turn();
    await turn();
    // A stream's consumer may be busy with something else.
    checkAborted(concerned.filter(({ work }) => !MANY.has(work.kind)));
    this.tasks.aborts ??= [];
    this.tasks.aborts.push({ unstarted });
  }

  #resize(maxThreads) {
    this.resized = true;
    if (this.closing) return;
    // Higher: allowed at once. Lower: for whatever starts from now on.
    for (const { executor, ledger } of this.#executors) {
      ledger.limit = maxThreads;
      executor.resize(maxThreads);
    }
  }

  async end({ how, after }) {
    // Whoever drains waits for all; what never ends must be aborted first. Whoever terminates need not.
    if (how === 'close' || how === 'dispose') for (const task of this.tasks) if (!task.ends) await this.#abortFor(task);
    this.closing = true;
    if (how !== 'close' && how !== 'dispose') this.terminated = true;
    const closing = Promise.all(this.#executors.map(({ executor }) => close(executor, how)));
    for (const step of after) await this.do(step);
    for (const task of this.tasks) if (!task.ends) await this.#abortFor(task);
    await inTime(closing, `${how} never ended`);
    for (const task of this.tasks) await inTime(task.done, 'a promise never settled', task);
    await inTime(Promise.all(this.#waiting), 'ready(), warmUp() or a limited call never settled');
    // Those that a limit had held back until now.
    for (const task of this.tasks) await inTime(task.done, 'a promise never settled', task);
  }

  async #abortFor(task) {
    if (task.outcome !== undefined || task.signal?.aborted !== false) return;
    const controller = task.own ?? this.#signals.find(({ signal }) => signal === task.signal);
    await this.#abort(controller, () => {
      if (task.own === undefined) this.#signals[this.#signals.indexOf(controller)] = new AbortController();
    });
  }

  async check() {
    checkSignals(this.#usedSignals);
    checkAll(this);
    checkKeys(this.#keyed);
    for (const { executor } of this.#executors) checkStats(executor.stats());
    const left = await leftOver();
    if (left !== undefined) throw new Violation(`afterwards ${left} were left`);
    // Once more: what starts after everything is over was given to two threads, or not taken back.
    checkAll(this);
  }

  #unsettledOn(on) {
    let unsettled = 0;
    for (const task of this.tasks) if (task.on === on && task.outcome === undefined) unsettled++;
    return unsettled;
  }

  #lowerWaiting({ on, work: { kind, options } }) {
    if (this.fixedLimit !== 1 || MANY.has(kind)) return [];
    const { priority = 0 } = options;
    return this.tasks.filter(
      (task) =>
        task.on === on &&
        task.outcome === undefined &&
        !MANY.has(task.work.kind) &&
        (task.work.options.priority ?? 0) < priority &&
        on.ledger.starts(task.id) === 0,
    );
  }
}

export class Violation extends Error {
  name = 'Violation';
}

const ENDLESS = new Set(['hanging', 'looping', 'pending', 'cooperative']);
const MANY = new Set(['map', 'stream']);

function close(executor, how) {
  switch (how) {
    case 'close':
      return Promise.all([executor.close(), executor.close()]);
    case 'dispose':
      return executor[Symbol.asyncDispose]();
    case 'closeInTime':
      return executor.close({ timeout: 30 });
    case 'closeThenTerminate':
      return Promise.all([executor.close(), turn().then(() => executor.terminate())]);
    default:
      return Promise.all([executor.terminate(), executor.terminate()]);
  }
}

function inTime(promise, what, task) {
  return inOwnTime(promise, LOST, () => new Violation(`${what}${task === undefined ? '' : `: ${JSON.stringify(task.work)}`}`));
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
