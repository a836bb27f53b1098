/**
 * What goes wrong, and what its caller must get, however it was called.
 *
 * `not`: ways to call and states in which it cannot be played, or would end the process that plays it; `only`: the ways in which it can.
 * `options` are those of its task, `executor` those of its executor; `others`: all calls get it.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { fromModule, transfer, ValueNotSendableError } from 'run-in-executor';
import { OwnError } from '../../fixtures/faults/strikes.mjs';

/** The ways to call that take any arguments. */
const WITH_ARGUMENTS = ['run', 'wrap', 'partial', 'limit', 'keyed', 'inline'];
/** Those that call a task of their own. */
const OWN_TASK = ['stream', 'streamAtOnce', 'callback', 'callbackValue', 'nested'];

const at = (file) => fromModule(new URL(`../../fixtures/faults/${file}`, import.meta.url));
const own = (message, also) => throws((error) => error instanceof OwnError && error.code === 'OWN' && error.message === message, also);
const died = coded('ERR_THREAD_EXITED');
const notSendable = throws((error) => error instanceof ValueNotSendableError);
/** What is bound, a function takes along. */
const notGiven = throws((error) => /^ERR_(VALUE|FUNCTION)_NOT_SENDABLE$/.test(error?.code));
const stopped = { ...coded('ERR_TASK_TIMEOUT'), options: { timeout: 60 }, hangs: true };
/** A task of this thread would be the end of it. */
const apart = { not: ['inline'] };
/** Ends the thread in which it runs. */
const lethal = { ...apart, lethal: true };
/** What it leaves behind is an error of this process, if it runs here. */
const strays = { not: ['inline', 'verify'] };

export const faults = {
  nothing: { body: 'calm', ...gives('calm') },
  exit: { ...died, ...lethal },
  exitLater: { ...died, ...lethal },
  uncaught: { ...own('uncaught'), ...lethal, ...strays },
  rejection: { ...own('unhandled'), ...lethal, ...strays },
  lateRejection: { ...gives('returned'), ...strays, warns: true },
  lateThrow: { ...gives('returned'), ...strays, warns: true },
  outOfMemory: {
    ...coded('ERR_THREAD_OUT_OF_MEMORY'),
    ...lethal,
    slow: true,
    executor: { resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 } },
  },
  overflow: throws((error) => error instanceof RangeError),
  closedPort: { ...gives('returned'), not: ['verify'] },
  killNothing: gives(true),
  abortsProcess: { ...throws((error) => error instanceof TypeError), not: ['inline', 'verify'] },
  wait: { ...stopped, ...lethal },
  loop: { ...stopped, ...lethal },
  microtasks: { ...stopped, ...lethal },
  pending: { ...stopped, lethal: true },
  throwOwn: own('own'),
  throwNull: throws((error) => error === null),
  throwUndefined: throws((error) => error === undefined),
  rejectUndefined: throws((error) => error === undefined),
  throwNumber: throws((error) => error === 7),
  throwFrozen: own('frozen'),
  throwStackGetter: own('stackless'),
  throwCyclic: throws((error) => error instanceof OwnError && error.cause instanceof Error && error.cause.cause === error),
  throwAggregate: throws(
    (error) =>
      error instanceof AggregateError && error.errors[0] instanceof OwnError && isDeepStrictEqual(error.errors.slice(1), [null, 2]),
  ),
  throwDOMException: throws((error) => error instanceof DOMException && error.name === 'AbortError' && error.code === 20),
  throwTimeoutException: throws((error) => error instanceof DOMException && error.name === 'TimeoutError'),
  throwLocalClass: throws((error) => error instanceof Error && error.message === 'local'),
  throwOfRealm: throws((error) => error instanceof TypeError && error.message === 'of a realm'),
  throwUnclonable: own('carries'),
  throwPort: notSendable,
  throwSymbol: notSendable,
  throwPromise: notSendable,
  weakMap: { ...notSendable, result: true },
  getter: { ...notSendable, result: true },
  generator: { ...notSendable, result: true },
  promiseInside: { ...notSendable, result: true },
  symbol: { ...notSendable, result: true },
  detached: { ...notSendable, result: true },
  proxy: { ...notSendable, result: true },
  circular: { ...gives((value) => value.name === 'circular' && value.self === value), result: true },
  deep: { ...gives((value) => depthOf(value) === 10_000), result: true },
  large: { ...gives((value) => value instanceof Uint8Array && value.length === 100 * 2 ** 20), result: true, slow: true },
  ofRealm: { ...gives((value) => isDeepStrictEqual({ ...value }, { list: [1, 2], date: new Date(0) })), result: true },
  thenable: gives('first'),
  undefinedResult: { ...gives(undefined), result: true },
  nan: { ...gives(Number.NaN), result: true },
  negativeZero: { ...gives((value) => Object.is(value, -0)), result: true },
  bigint: { ...gives(2n ** 70n), result: true },
  // Modules
  moduleThrows: {
    ...throws((error) => error instanceof TypeError && /the module is broken/.test(error.message)),
    ...ofModule('broken.mjs', 'fromBroken'),
  },
  moduleSyntax: { ...throws((error) => error instanceof SyntaxError), ...ofModule('syntax.mjs', 'fromSyntax') },
  moduleMissing: { ...coded('ERR_MODULE_NOT_FOUND'), ...ofModule('missing-import.mjs', 'fromMissing') },
  // Of a map that has failed, another chunk may still import it, and the next call of its thread with it.
  moduleExits: { ...died, lethal: true, ...ofModule('exits.mjs', 'fromExits', ['map', 'mapIterator', 'mapAsync', 'mapLoop']) },
  moduleStuck: { ...stopped, lethal: true, ...ofModule('stuck.mjs', 'fromStuck') },
  noExport: { ...coded('ERR_FUNCTION_NOT_SENDABLE'), ...ofModule('strikes.mjs', 'none') },
  // Arguments
  givenWeakMap: { ...notGiven, args: () => ['calm', new WeakMap()], only: WITH_ARGUMENTS },
  givenDetached: { ...notGiven, args: () => ['calm', detached()], only: WITH_ARGUMENTS },
  givenTwiceInOne: { ...gives('calm'), args: () => twice(new ArrayBuffer(8)), only: WITH_ARGUMENTS },
  givenTwice: {
    ...notGiven,
    only: WITH_ARGUMENTS,
    args(executor) {
      const memory = new ArrayBuffer(8);
      const first = executor.run(echo, transfer(memory));
      const beside = first.then(
        (moved) => assert.equal(moved.byteLength, 8),
        (error) => assert.equal(error.code, 'ERR_EXECUTOR_CLOSED'),
      );
      return { args: ['calm', transfer(memory)], beside };
    },
  },
  // The executor
  initializerThrows: { ...coded('ERR_INITIALIZER_FAILED'), body: 'calm', ...everywhere(), executor: { initializer: initializerThrows } },
  initializerExits: { ...died, body: 'calm', ...everywhere(), executor: { initializer: initializerExits } },
  initializerHangs: {
    ...coded('ERR_TASK_TIMEOUT'),
    body: 'calm',
    ...everywhere(),
    executor: { initializer: initializerHangs, defaults: { queueTimeout: 60 } },
    hangs: true,
    terminates: true,
  },
  brokenFlags: { ...died, body: 'calm', ...everywhere(), executor: { execArgv: ['--no-such-flag'] } },
  finalizerThrows: { ...gives('calm'), body: 'calm', not: ['inline'], executor: { finalizer: finalizerThrows }, warns: true },
  finalizerHangs: {
    ...gives('calm'),
    body: 'calm',
    not: ['inline', 'one task a thread', 'resizing'],
    executor: { finalizer: finalizerHangs },
    terminates: true,
  },
};

function gives(expected) {
  return {
    value: typeof expected === 'function' ? expected : (value) => Object.is(value, expected) || isDeepStrictEqual(value, expected),
  };
}

function throws(error) {
  return { error };
}

function coded(code) {
  return throws((error) => error instanceof Error && error.code === code);
}

function ofModule(file, name, not = []) {
  return { fn: () => at(file)[name], args: () => [], not: [...not, ...OWN_TASK, 'named', 'inline', 'verify', 'burst'] };
}
/** All calls get it, and no thread ever starts. */
function everywhere() {
  return { others: true, not: ['inline', 'aborted soon'] };
}

export function echo(value) {
  return value;
}

function detached() {
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  return memory;
}

function twice(memory) {
  return ['calm', transfer(memory), [memory]];
}

function depthOf(value) {
  let depth = 0;
  for (let inner = value; inner.result !== undefined; inner = inner.result) depth++;
  return depth;
}

function initializerThrows() {
  throw new Error('no connection');
}

function initializerExits() {
  process.exit(4);
}

function initializerHangs() {
  return new Promise(() => {});
}

function finalizerThrows() {
  throw new Error('no farewell');
}

function finalizerHangs() {
  return new Promise(() => {});
}
