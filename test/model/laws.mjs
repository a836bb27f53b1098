/**
 * The laws: what an executor may do with a task, whatever happens to it.
 */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ExecutorClosedError, QueueFullError, TaskTimeoutError, ThreadExitedError } from 'run-in-executor';
import { shaped, TaskFault } from '../fixtures/tasks.mjs';

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

export function checkAll(player) {
  const { tasks, ledger } = player;
  assert.equal(ledger.overLimit, 0, `${ledger.overLimit} tasks started while as many as the limit allows were running`);
  for (const task of tasks) {
    checkStarts(task, ledger);
    checkOutcome(task, player);
  }
  checkDeaths(player);
  checkWithdrawn(player);
  if (player.fixedLimit === 1) checkOrder(player);
}

/** A task starts once, and once more for each retry at most. */
export function checkStarts(task, ledger) {
  const starts = ledger.starts(task.id);
  const { retries = 0 } = task.work.options;
  law(task, starts <= 1 + retries, `started ${starts} times with ${retries} retries`);
}

function checkOutcome(task, player) {
  const { outcome, work } = task;
  const starts = player.ledger.starts(task.id);
  if ('value' in outcome) {
    law(task, !task.refusable, 'was run although the executor was closed');
    law(task, starts > 0, 'gave a value and never started');
    const ends = player.ledger.ends(task.id);
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
    may: (task) => task.work.options.timeout < 1_000 && !RETURNING.has(task.work.kind),
  },
  {
    is: (error) => error instanceof ExecutorClosedError,
    may: (task, player, starts) => (task.refusable ? starts === 0 : player.terminated),
  },
  {
    is: (error) => error instanceof QueueFullError,
    may: (task, player, starts) => starts === 0 && (player.resized || task.unsettledBefore >= player.capacity),
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
function checkDeaths({ tasks, kills, ledger }) {
  const died = tasks.filter(({ outcome }) => outcome.error instanceof ThreadExitedError);
  const unstarted = died.filter(({ outcome }) => /No thread could be started/.test(outcome.error.message));
  assert.ok(
    unstarted.length === 0 || kills >= STARTS,
    `${kills} threads were killed, and none could be started: ${unstarted.map(name).join('; ')}`,
  );
  const innocent = died.filter((task) => !unstarted.includes(task) && !isOwnExit(task, ledger.starts(task.id)));
  assert.ok(
    innocent.length <= kills,
    `${kills} threads were killed, and ${innocent.length} tasks failed by that: ${innocent.map(name).join('; ')}`,
  );
}

/** So many starts in a row must fail before all that wait are told. */
const STARTS = 3;

/** What had not started when it was aborted never starts; save what its thread had claimed at that very moment. */
function checkWithdrawn({ tasks, ledger }) {
  for (const { unstarted } of tasks.aborts ?? []) {
    const started = unstarted.filter((task) => ledger.starts(task.id) > 0);
    assert.ok(started.length <= 4, `${started.length} tasks started after they had been aborted`);
  }
}

/** At a limit of 1: who asked first starts first, unless the other is more urgent. */
function checkOrder({ tasks, ledger }) {
  const started = tasks.filter((task) => ledger.ticket(task.id) > 0);
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

const RETURNING = new Set(['tiny', 'long', 'slow', 'weigh', 'take']);
const FAILING = new Set(['failing', 'failingLater']);

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
