/**
 * Runs one test file of the package `fast-uri`, as it is, with the package's functions wrapped: each call that the tests make goes to an
 * executor in verify mode too. The tests are synchronous, so they get what the function itself returns.
 *
 *   node suite.cjs parse.test.js            prints { passed, failed, calls, told }
 *   node suite.cjs parse.test.js planted    the same with two functions that do not bear threads
 */
const assert = require('node:assert');
const Module = require('node:module');
const { join } = require('node:path');
const { Executor } = require('run-in-executor');

const suite = join(require.resolve('fast-uri/package.json'), '../test');
const counts = { passed: 0, failed: [], calls: 0, told: [] };
const executor = new Executor({ maxThreads: 2, verify: ({ difference, message }) => counts.told.push(`${difference}: ${message}`) });
const calls = [];

/** What a service might have made of it: it works here, and not on threads. */
const log = [];
const planted = {
  normalize: (original) => (text, options) => {
    log.push(text);
    return original(text, options);
  },
  serialize: (original) => (parts, options) => {
    parts.serialized = true;
    return original(parts, options);
  },
};

const uri = require('fast-uri');
for (const name of ['parse', 'serialize', 'normalize', 'resolve', 'equal']) {
  const plant = process.argv[3] === 'planted' ? planted[name] : undefined;
  const original = plant === undefined ? uri[name] : Object.defineProperty(plant(uri[name]), 'name', { value: name });
  uri[name] = (...args) => {
    counts.calls++;
    calls.push(executor.run(original, ...args).catch(() => undefined));
    return original(...args);
  };
}

const tests = [];
const tape = (_name, ...rest) => {
  const [body, { skip } = {}] = rest.reverse();
  if (!skip) tests.push(body);
};
Object.assign(tape, { test: tape, skip() {} });
const load = Module._load;
Module._load = function (name, ...rest) {
  return name === 'tape' ? tape : Reflect.apply(load, this, [name, ...rest]);
};

/** As much of tape as these tests use. */
const t = {
  equal: (a, b) => check(() => assert.strictEqual(a, b)),
  notSame: (a, b) => check(() => assert.notDeepStrictEqual(a, b)),
  match: (text, pattern) => check(() => assert.match(text, pattern)),
  notEqual: (a, b) => check(() => assert.notStrictEqual(a, b)),
  deepEqual: (a, b) => check(() => assert.deepStrictEqual(a, b)),
  ok: (value) => check(() => assert.ok(value)),
  notOk: (value) => check(() => assert.ok(!value)),
  // A string is a label there, and an error stands for its message.
  throws: (run, expected) =>
    check(() =>
      assert.throws(run, expected instanceof Error ? { message: expected.message } : typeof expected === 'string' ? undefined : expected),
    ),
  doesNotThrow: (run) => check(() => assert.doesNotThrow(run)),
  fail: (message) => check(() => assert.fail(message)),
  pass: () => check(() => undefined),
  test: tape,
  skip() {},
  plan() {},
  end() {},
};
Object.assign(t, { same: t.deepEqual, strictEqual: t.equal });

function check(assertion) {
  try {
    assertion();
    counts.passed++;
  } catch (error) {
    counts.failed.push(error.message);
  }
}

async function main() {
  require(join(suite, process.argv[2]));
  for (const body of tests) await body(t);
  await Promise.all(calls);
  await executor.close();
  console.log(JSON.stringify(counts));
}

main();
