/**
 * Plays one fault: the call that goes wrong among calls that do not, and checks what each of them gets.
 */

import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { Executor } from 'run-in-executor';
import { doze, echo } from '../fixtures/faults/tasks.mjs';
import { leftOver } from '../model/left-over.mjs';
import { inOwnTime } from '../setup/own-time.mjs';

/** Beside the fault: so many calls before it, and as many after. */
const OTHERS = 8;
/** A promise that takes longer never settles, ms in which the process itself ran. */
const NEVER = 25_000;

const noise = [];
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => noise.push(`${event}: ${inspect(error)}`));
process.on('warning', (warning) => noise.push(`${warning.name}: ${warning.message}`));

/** Throws for what is not as the table says. */
export async function play(fault) {
  noise.length = 0;
  if (fault.options === 'none') await settled(fault.play(assert), fault, 'the play');
  else await playBeside(fault);
  await turns(3);
  const unexpected = noise.filter((line) => fault.warns === undefined || !fault.warns.test(line));
  assert.deepEqual(unexpected, [], 'the process was told of something that nobody should hear of');
  if (fault.warns !== undefined) assert.ok(noise.length > 0, 'the process was not warned');
  assert.equal(await leftOver(), undefined, 'something was left behind');
}

async function playBeside(fault) {
  const executor = new Executor({ maxThreads: 2, name: 'faulty', ...fault.options });
  try {
    const before = others(executor, fault, 0);
    const outcome = await settled(fault.play(executor, assert), fault, 'the call');
    const after = others(executor, fault, OTHERS);
    checkOutcome(outcome, fault.gets);
    checkOthers(await Promise.all([...before, ...after].map((promise) => settled(promise, fault, 'another call'))), fault.others);
    if (!executor.closed) {
      const closed = await settled(executor.close({ timeout: fault.closesIn }), fault, 'close()');
      assert.ok('value' in closed, 'close() rejected');
    }
  } finally {
    await executor.terminate();
  }
}

/** Some short, some not, some with objects. */
function others(executor, fault, from) {
  if (fault.others === null) return [];
  return Array.from({ length: OTHERS }, (_, i) => {
    const id = from + i;
    return i % 4 === 3 ? executor.run(doze, 3, { id }) : i % 2 === 0 ? executor.run(echo, id) : executor.run(echo, { id });
  });
}

function checkOthers(outcomes, expected) {
  outcomes.forEach((outcome, id) => {
    if (expected === undefined) {
      assert.ok('value' in outcome, `another call failed: ${inspect(outcome.error)}`);
      assert.deepEqual(outcome.value, id % 2 === 0 ? id : { id }, "another call got another's result");
    } else checkOutcome(outcome, expected);
  });
}

function checkOutcome(outcome, gets) {
  if (typeof gets === 'string') {
    if ('error' in outcome) throw outcome.error;
    return;
  }
  if (!('error' in gets)) {
    assert.ok('value' in outcome, `rejected with ${inspect(outcome.error)}`);
    assert.ok(isDeepStrictEqual(outcome.value, gets.value), `resolved with ${inspect(outcome.value)} instead of ${inspect(gets.value)}`);
    return;
  }
  assert.ok('error' in outcome, `resolved with ${inspect(outcome.value)} instead of rejecting`);
  const { error } = outcome;
  if (typeof gets.error !== 'string') {
    assert.ok(isDeepStrictEqual(error, gets.error.is), `rejected with ${inspect(error)} instead of ${inspect(gets.error.is)}`);
    return;
  }
  assert.equal(error?.constructor?.name, gets.error, inspect(error));
  if (gets.is !== undefined) assert.ok(error instanceof gets.is, `the class is another one: ${inspect(error)}`);
  for (const property of ['code', 'exitCode', 'path']) if (property in gets) assert.equal(error[property], gets[property], inspect(error));
  for (const words of [gets.says, gets.way].flat()) if (words !== undefined) assert.match(error.message, words);
  if (gets.cause !== undefined) assert.equal(error.cause?.constructor?.name, gets.cause, inspect(error));
  gets.also?.(error, assert);
}

function settled(promise, fault, what) {
  const outcome = promise.then(
    (value) => ({ value }),
    (error) => {
      if (error?.code === 'ERR_ASSERTION') throw error;
      return { error };
    },
  );
  return inOwnTime(outcome, NEVER, () => new Error(`${what} never settled: ${fault.fault}`));
}

async function turns(count) {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
