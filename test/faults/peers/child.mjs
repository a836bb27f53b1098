/**
 * Plays one fault on the pool of `FAULTS_PEER`, among calls that do nothing wrong, and says how it went.
 *
 * handled: the call concerned gets its result or a clear error, all others their results, and the pool can be ended.
 * blurred: the same, but an error of the task's own arrives as another: its class, code or value is lost.
 * wrong: a wrong result, no error where one is due, others harmed, or the process told of an error that belongs to a call.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { doze, echo } from '../../fixtures/faults/tasks.mjs';
import { afterOwnTime } from '../../setup/own-time.mjs';
import { faults } from '../list.mjs';
import { Executor, NotOffered } from './peer-executor.mjs';

/** ms in which the process itself ran. */
const NEVER = 12_000;
const LIBRARY = /^(Executor|QueueFull|TaskTimeout|ThreadExited|ThreadOutOfMemory|Initializer|FunctionNotSendable|ValueNotSendable)/;
/** What they ask for is a promise of this library alone: a clock that starts with the task, one listener for all. */
const FEATURES = /waits .*`timeout`|share one signal that aborts/;

class Blurred extends Error {}

const noise = [];
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => noise.push(error));

const fault = faults.find(({ fault }) => fault === process.argv[2]);
NotOffered.noticed = (what) => verdict('not offered', what);
const callOff = afterOwnTime(NEVER, () => verdict('hangs', 'a promise never settled'));
try {
  if (fault.options === 'none' || FEATURES.test(fault.fault)) throw new NotOffered('a program of its own');
  await play();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const stray = noise.find((error) => !(error instanceof NotOffered));
  if (stray !== undefined && fault.warns === undefined) verdict('wrong', `the process was told: ${firstLine(stray)}`);
  verdict('handled');
} catch (error) {
  if (error instanceof NotOffered) verdict('not offered', error.message);
  verdict(error instanceof Blurred ? 'blurred' : 'wrong', firstLine(error));
} finally {
  callOff();
}

async function play() {
  const executor = await settled((async () => new Executor({ maxThreads: 2, ...fault.options }))());
  if ('error' in executor) {
    // Options that it refuses at once are refused clearly.
    checkOutcome(executor, fault.gets);
    return;
  }
  await playOn(executor.value);
}

async function playOn(executor) {
  const before = others(executor, 0);
  const outcome = await settled(fault.play(executor, assert));
  const after = others(executor, 8);
  checkOutcome(outcome, fault.gets);
  for (const [id, each] of (await Promise.all([...before, ...after].map(settled))).entries()) {
    if (fault.others !== undefined) assert.ok('value' in each || each.error instanceof Error);
    else {
      assert.ok('value' in each, `another call failed: ${firstLine(each.error)}`);
      assert.deepEqual(each.value, id % 2 === 0 ? id : { id }, "another call got another's result");
    }
  }
  if (!executor.closed) await executor.terminate();
}

function others(executor, from) {
  if (fault.others === null) return [];
  return Array.from({ length: 8 }, (_, i) => {
    const id = from + i;
    return i % 4 === 3 ? executor.run(doze, 3, { id }) : i % 2 === 0 ? executor.run(echo, id) : executor.run(echo, { id });
  });
}

function checkOutcome(outcome, gets) {
  const { error } = outcome;
  if (error instanceof NotOffered) throw error;
  if (typeof gets === 'string') {
    if ('error' in outcome) throw error;
    return;
  }
  if (!('error' in gets)) {
    assert.ok('value' in outcome, `rejected with ${firstLine(error)}`);
    assert.ok(isDeepStrictEqual(outcome.value, gets.value), 'resolved with something else');
    return;
  }
  assert.ok('error' in outcome, 'resolved instead of rejecting');
  if (typeof gets.error !== 'string') {
    if (!isDeepStrictEqual(error, gets.error.is)) throw new Blurred(`rejected with ${firstLine(error)}`);
    return;
  }
  if (!(error instanceof Error) || error.message.length === 0) throw new Blurred(`rejected with ${firstLine(error)}`);
  if (LIBRARY.test(gets.error)) return;
  const same = error.constructor?.name === gets.error && (gets.code === undefined || error.code === gets.code);
  if (!same) throw new Blurred(`${gets.error}${gets.code === undefined ? '' : ` (${gets.code})`} came as ${firstLine(error)}`);
}

async function settled(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    if (error?.code === 'ERR_ASSERTION') throw error;
    return { error };
  }
}

function firstLine(error) {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .split('\n')[0]
    .replaceAll(fileURLToPath(new URL('../../../', import.meta.url)), '')
    .slice(0, 160);
}

/** The first holds. */
function verdict(grade, why) {
  process.stdout.write(`\nVERDICT ${JSON.stringify(why === undefined ? { grade } : { grade, why })}\n`, () => process.reallyExit(0));
}
