/**
 * The laws: what an executor may do with a task, whatever happens to it.
 */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ExecutorClosedError, QueueFullError, TaskTimeoutError, ThreadExitedError, ThreadOutOfMemoryError } from 'run-in-executor';
import { shaped, TaskFault } from '../fixtures/tasks.mjs';
import { expectedOf as expectedOfMany } from './many.mjs';

/** Aborting rejects at once, with the very reason. */
export function checkAborted(tasks) {
  for (const task of tasks) law(task, task.outcome !== undefined, 'was aborted, and had not settled two turns of the event loop later');
}

/** No listener stays on a signal. */
export function checkSignals(signals) {
  for (const signal of signals) {
    const left = getEventListeners(signal, 'abort').length;
    assert.equal(left, 0, `${left} listeners were left on a signal`);
  }
}

/** Nobody holds or awaits a place any more. */
export function checkKeys(limit) {
  assert.equal(limit.size, 0, `${limit.size} keys of a limit were left`);
}

/** All is over. */
export function checkStats({ running, queued }) {
  assert.equal(running + queued, 0, `the statistics still tell of ${running} running and ${queued} queued tasks`);
}

export function checkAll(player) {
  const { tasks, ledgers } = player;
  for (const { overLimit } of ledgers)
    assert.equal(overLimit, 0, `${overLimit} tasks started while as many as the limit allows were running`);
  for (const task of tasks) {
    checkStarts(task);
    checkOutcome(task, player);
    checkTold(task);
    checkUnloaded(task);
  }
  checkDeaths(player);
  checkWithdrawn(player);
  if (player.fixedLimit === 1) for (const ledger of ledgers) checkOrder(tasks, ledger);
}

/** A task starts once, and once more for each retry at most. */
export function checkStarts(task) {
  const { retries = 0 } = task.work.options;
  for (let item = 0; item < Math.max(1, task.work.items ?? 1); item++) {
    const starts = task.on.ledger.starts(task.id + item);
    law(task, starts <= 1 + retries, `started ${starts} times with ${retries} retries`);
  }
}

function checkOutcome(task, player) {
  const { outcome, work } = task;
  if (work.kind === 'map' || work.kind === 'stream') return checkMany(task, player);
  const { ledger } = task.on;
  const starts = ledger.starts(task.id);
  if ('value' in outcome) {
    law(task, !task.refusable, 'was run although the executor was closed');
    law(task, starts > 0, 'gave a value and never started');
    const ends = ledger.ends(task.id);
    // A thread that is killed between a task's end and its report leaves it to be run again.
    law(task, ends === 1 || (ends > 1 && ends <= starts && player.kills > 0), `gave a value, and ended ${ends} times`);
    law(task, RETURNING.has(work.kind), `cannot return, and gave ${String(outcome.value)}`);
    const expected = expectedOf(task);
    law(task, isDeepStrictEqual(outcome.value, expected), `gave ${describe(outcome.value)} instead of ${describe(expected)}`);
    return;
  }
  const { error } = outcome;
  const allowed = REASONS.find((reason) => reason.is(error, task));
  law(task, allowed !== undefined, `rejected with ${describe(error)}, which is not its own error`);
  law(task, allowed.may(task, player, starts), `rejected with ${describe(error)} after ${starts} starts`);
}

/** What a task tells comes in order, all of it before its promise settles, and nothing after that. */
function checkTold(task) {
  const { told, toldBefore, work, outcome } = task;
  if (told === undefined) return;
  law(task, told.length === toldBefore, `told ${told.length - toldBefore} numbers after its promise had settled`);
  // What is run again tells it all again.
  const last = told.slice(told.lastIndexOf(0));
  law(task, isDeepStrictEqual(last, [...last.keys()]), `told ${told.join(' ')}`);
  law(task, (work.options.retries ?? 0) > 0 || told.length === last.length, `told ${told.join(' ')}`);
  if ('value' in outcome) law(task, last.length === work.numbers, `told ${last.length} of ${work.numbers} numbers before its value`);
}

/** What is stopped while its thread imports its module never starts. */
function checkUnloaded(task) {
  const { unloaded, outcome } = task;
  const stopped = task.signal?.aborted === true && outcome.error === task.signal.reason;
  if (!unloaded || !(stopped || outcome.error instanceof TaskTimeoutError)) return;
  law(task, task.on.ledger.starts(task.id) === 0, 'was stopped while its module was imported, and started all the same');
}

/** All items, each once, or a reason that is its own; half of it never passes for all. */
function checkMany(task, player) {
  const { outcome, work } = task;
  const { ledger } = task.on;
  if ('value' in outcome) {
    const expected = expectedOfMany(task);
    // A map that has nothing to send asks nobody.
    law(task, !task.refusable || expected.length === 0, 'was run although the executor was closed');
    law(task, isDeepStrictEqual(outcome.value, expected), `gave ${describe(outcome.value)} instead of ${describe(expected)}`);
    if (work.kind === 'map')
      for (let i = 0; i < work.items; i++) law(task, ledger.ends(task.id + i) > 0, `gave all results, and item ${i} never ended`);
    return;
  }
  const { error } = outcome;
  const may =
    (task.signal?.aborted && error === task.signal.reason) ||
    (error instanceof ExecutorClosedError && (task.refusable || player.terminated)) ||
    (error instanceof QueueFullError &&
      work.kind === 'stream' &&
      (player.resized || player.maps > 0 || task.unsettledBefore >= player.capacity)) ||
    (error instanceof ThreadExitedError && (player.kills > 0 || isShared(error)));
  law(task, may, `rejected with ${describe(error)}`);
}

/** A stream waited for its consumer, and lent its thread to a call that ended it. */
function isShared(error) {
  return /ended under another call/.test(error.message);
}

/** Each kind of rejection, and when it may come. */
const REASONS = [
  {
    is: (error, task) => error === task.signal?.reason && task.signal?.aborted,
    may: () => true,
  },
  {
    is: (error) => error instanceof TaskFault,
    may: (task, _player, starts) =>
      FAILING.has(task.work.kind) && task.outcome.error.id === task.id && task.outcome.error.code === 'TASK_FAULT' && starts > 0,
  },
  {
    is: (error) => error instanceof TaskTimeoutError && /waited longer/.test(error.message),
    may: (task, _player, starts) => task.work.options.queueTimeout !== undefined && (starts === 0 || (task.work.options.retries ?? 0) > 0),
  },
  {
    is: (error) => error instanceof TaskTimeoutError,
    // The clock runs from the moment that a thread takes the task: it may still be loading the module.
    may: (task) => task.work.options.timeout < 1_000 && (!RETURNING.has(task.work.kind) || task.work.kind === 'importing'),
  },
  {
    is: (error) => error instanceof ExecutorClosedError,
    may: (task, player, starts) => (task.refusable ? starts === 0 : player.terminated),
  },
  {
    is: (error) => error instanceof QueueFullError,
    may: (task, player, starts) => starts === 0 && (player.resized || player.maps > 0 || task.unsettledBefore >= player.capacity),
  },
  {
    is: (error, task) => error instanceof ThreadOutOfMemoryError && task.work.kind === 'hungry',
    may: (_task, _player, starts) => starts === 1,
  },
  {
    is: (error, task) => error instanceof RangeError && task.work.kind === 'overflowing',
    may: (_task, _player, starts) => starts > 0,
  },
  {
    is: (error) => error instanceof ThreadExitedError,
    // Others: `checkDeaths` counts them.
    may: (task, player, starts) => isOwnExit(task, starts) || player.kills > 0,
  },
];

function isOwnExit({ work, outcome }, starts) {
  return work.kind === 'exiting' && outcome.error.exitCode === work.code && starts === 1 + (work.options.retries ?? 0);
}

/** A thread that dies takes one task with it at most; three that die in a row while they start, all that wait. */
function checkDeaths({ tasks, kills }) {
  const died = tasks.filter(
    ({ outcome: { error } }) => error instanceof ThreadExitedError && !(error instanceof ThreadOutOfMemoryError) && !isShared(error),
  );
  const unstarted = died.filter(({ outcome }) => /No thread could be started/.test(outcome.error.message));
  assert.ok(
    unstarted.length === 0 || kills >= STARTS,
    `${kills} threads were killed, and none could be started: ${unstarted.map(name).join('; ')}`,
  );
  const innocent = died.filter((task) => !unstarted.includes(task) && !isOwnExit(task, task.on.ledger.starts(task.id)));
  assert.ok(
    innocent.length <= kills,
    `${kills} threads were killed, and ${innocent.length} tasks failed by that: ${innocent.map((task) => `${name(task)}: ${task.outcome.error.message}`).join('; ')}`,
  );
}

/** So many starts in a row must fail before all that wait are told. */
const STARTS = 3;

/** What had not started when it was aborted never starts; save what its thread had claimed at that very moment. */
function checkWithdrawn({ tasks }) {
  for (const { unstarted } of tasks.aborts ?? []) {
    const started = unstarted.filter((task) => task.on.ledger.starts(task.id) > 0);
    assert.ok(started.length <= 4, `${started.length} tasks started after they had been aborted`);
  }
}

/** At a limit of 1: who asked first starts first, unless the other is more urgent. */
function checkOrder(tasks, ledger) {
  const started = tasks.filter(({ on, id, work }) => on.ledger === ledger && ledger.ticket(id) > 0 && !/map|stream/.test(work.kind));
  const lastOf = new Map();
  for (const task of started) {
    const priority = task.work.options.priority ?? 0;
    for (const [other, last] of lastOf) {
      if (other >= priority)
        law(task, ledger.ticket(last.id) < ledger.ticket(task.id), `started before ${name(last)}, which had asked before`);
    }
    lastOf.set(priority, task);
    // One may have been claimed already, or have gone to a free thread as it was.
    const overtaken = task.lowerWaiting.filter((lower) => ledger.ticket(lower.id) > 0 && ledger.ticket(lower.id) < ledger.ticket(task.id));
    law(task, overtaken.length <= 1, `waited for ${overtaken.length} less urgent tasks: ${overtaken.map(name).join('; ')}`);
  }
}

const RETURNING = new Set(['tiny', 'long', 'slow', 'weigh', 'take', 'closingPort', 'nesting', 'calling', 'importing']);
const FAILING = new Set(['failing', 'failingLater', 'throwingAside', 'rejectingAside']);

function expectedOf({ id, work, expected }) {
  if (work.kind === 'weigh') return expected;
  if (work.kind === 'take') return id + 1;
  return shaped(id, work.shape);
}

function law(task, holds, what) {
  assert.ok(holds, `${name(task)} ${what}`);
}

function name({ id, work }) {
  return `task ${id} (${work.kind} ${JSON.stringify(work.options)})`;
}

function describe(value) {
  return value instanceof Error ? `${value.name}: ${value.message}` : (JSON.stringify(value) ?? String(value));
}
