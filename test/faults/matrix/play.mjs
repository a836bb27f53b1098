/**
 * Plays one fault, called in one way, in one state, among calls that do nothing wrong.
 */
import '../../model/left-over.mjs';
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Executor, InlineExecutor } from 'run-in-executor';
import { strike } from '../../fixtures/faults/strikes.mjs';
import { doze } from '../../fixtures/faults/tasks.mjs';
import { leftOver } from '../../model/left-over.mjs';
import { inOwnTime } from '../../setup/own-time.mjs';
import { entries } from './entries.mjs';
import { echo, faults } from './faults.mjs';
import { states } from './states.mjs';

/** A promise that takes longer never settles, ms in which this process ran. */
const NEVER = 25_000;
/** Between two looks at the threads, ms, and how many are enough. */
const LOOK = 2;
const LOOKS = 5_000;
/** Calls that teach the executor that they are short: from then on they travel together. */
const LEARNING = 40;

const noise = [];
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => noise.push(`${event}: ${inspect(error)}`));
process.on('warning', (warning) => noise.push(`${warning.name}: ${warning.message}`));

/** Throws for what is not as it should be. */
export async function play(faultName, entryName, stateName) {
  const fault = faults[faultName];
  const entry = entries[entryName];
  const state = states[stateName];
  const name = fault.body ?? faultName;
  noise.length = 0;
  const options = {
    maxThreads: 2,
    name: 'matrix',
    ...state.options,
    ...fault.executor,
    ...(entry.verify ? { verify: () => undefined } : {}),
  };
  const executor = entry.inline ? new InlineExecutor(options) : new Executor(options);
  try {
    if (state.learned && fault.others === undefined) for (let i = 0; i < LEARNING; i++) await executor.run(echo, i);
    const others = [];
    const count = fault.slow ? 4 : (state.others ?? 0);
    for (let i = 0; i < count / 2; i++) others.push(executor.run(echo, i));
    state.before?.({ executor, others, doze: (ms) => executor.run(doze, ms, others.length) });
    const controller = new AbortController();
    const task = { ...fault.options, ...state.task, ...(state.aborts ? { signal: controller.signal } : {}) };
    const given = fault.args?.(executor) ?? [name];
    const { args, beside } = Array.isArray(given) ? { args: given } : given;
    const call = entry.call({ executor, run: executor.run.with(task), fn: fault.fn?.() ?? strike, args, name, options: task });
    const outcome = settled(call, 'the call');
    const reason = new Error('the reason');
    if (state.aborts === 'at once') controller.abort(reason);
    if (state.aborts === 'soon') setTimeout(() => controller.abort(reason), 5);
    while (others.length < count) others.push(executor.run(echo, others.length));
    const ends = others.map((other) => settled(other, 'another call'));
    state.after?.({ executor });
    await beside;
    checkOutcome(await outcome, { fault, entry, state, reason });
    for (const [i, end] of (await Promise.all(ends)).entries()) checkOther(end, i, fault, state);
    if (!executor.closed && fault.others === undefined) {
      assert.equal(await executor.run(echo, 'afterwards'), 'afterwards');
      await withinLimit(executor);
    }
    const closed = await settled(executor.close(fault.terminates ? { timeout: 50 } : {}), 'close()');
    assert.ok('value' in closed, `close() rejected: ${inspect(closed.error)}`);
  } finally {
    await executor.terminate();
  }
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
  const unexpected = noise.filter((line) => !(fault.warns && /Warning/.test(line)));
  assert.deepEqual(unexpected, [], 'the process was told of something that nobody should hear of');
  assert.equal(await leftOver(), undefined, 'something was left behind');
}

function checkOutcome(outcome, { fault, entry, state, reason }) {
  if ('error' in outcome) {
    const { error } = outcome;
    if (error?.code === 'ERR_ASSERTION') throw error;
    if (state.aborts && error === reason) return;
    if ((state.terminates || (entry.later && state === states.closing)) && error?.code === 'ERR_EXECUTOR_CLOSED') return;
    // It may still run when what it left behind fails.
    if (fault.warns && error?.message === 'late') return;
  }
  // What is run here at once, and what is refused before it is sent, nobody can abort.
  if (state.aborts === 'at once' && !entry.inline && fault.args === undefined) assert.fail(`was aborted, and ${told(outcome)}`);
  if (fault.error !== undefined) {
    assert.ok('error' in outcome, `should have rejected, and ${told(outcome)}`);
    assert.ok(fault.error(outcome.error), `rejected with another error: ${told(outcome)}`);
  } else {
    assert.ok('value' in outcome, told(outcome));
    const value = entry.value === undefined ? outcome.value : entry.value(outcome.value);
    assert.ok(fault.value(value), `gave another value: ${told({ value })}`);
  }
}

function checkOther(end, i, fault, state) {
  if (state.terminates && end.error?.code === 'ERR_EXECUTOR_CLOSED') return;
  if (fault.others) {
    assert.ok('error' in end && fault.error(end.error), `another call ${told(end)}`);
    return;
  }
  assert.ok('value' in end, `another call ${told(end)}`);
  assert.equal(end.value, i, "another call got another's result");
}

/** Threads that are too many end. */
async function withinLimit(executor) {
  for (let looks = 0; ; looks++) {
    const { threads } = executor.stats();
    if (threads.alive <= threads.max) return;
    assert.ok(looks < LOOKS, `${threads.alive} threads with a limit of ${threads.max}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

async function settled(promise, what) {
  try {
    return { value: await inOwnTime(promise, NEVER, () => new assert.AssertionError({ message: `${what} never settled` })) };
  } catch (error) {
    return { error };
  }
}

function told(outcome) {
  return 'error' in outcome ? `rejected with ${inspect(outcome.error)}` : `resolved with ${inspect(outcome.value)}`;
}
