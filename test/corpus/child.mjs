// Runs one group of the list and tells the parent how each case ended.
import { deepStrictEqual } from 'node:assert';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect, isDeepStrictEqual } from 'node:util';

const { group, only, skip, direct, timeout, library } = JSON.parse(process.argv[2]);
// A stream of a refused case may fail later, by itself: that is no case's result.
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});

const { run, explain } = await loadLibrary();
const { default: cases } = await import(`./functions/${group}.mjs`);
for (const item of cases) {
  if (skip.includes(item.name) || (only && !item.name.includes(only))) continue;
  process.send({ running: item.name });
  const result = await runCase(item);
  process.send({ result: { name: item.name, refusal: item.expect !== undefined, ...result } });
}
process.send({}, () => process.exit());

async function loadLibrary() {
  if (direct) return { run: async (fn, ...args) => fn(...args), explain: () => ({ way: 'direct' }) };
  const { runInExecutor, explain: explained } = await import(library ? pathToFileURL(resolve(library)).href : '../../dist/src/index.js');
  const limited = (fn, ...args) => runInExecutor.with({ signal: AbortSignal.timeout(Number(timeout)) })(fn, ...args);
  return { run: limited, explain: explained };
}

async function runCase(item) {
  let way = '?';
  try {
    const { fn, args } = await item.make();
    if (item.expect && direct) return { ok: true, way: 'none' };
    way = wayOf(fn);
    if (item.expect) return { way, ...(await refusedAsExpected(item.expect, fn, args)) };
    const expected = await settle(() => callFresh(item));
    const started = performance.now();
    const first = await settle(() => run(fn, ...args));
    const between = performance.now();
    const again = await settle(() => run(fn, ...args));
    const ended = performance.now();
    const why = different(item, first, expected) ?? different(item, again, expected, 'at the second call: ');
    return { ok: why === undefined, way, why, first: between - started, again: ended - between };
  } catch (error) {
    return { ok: false, way, why: `the case itself failed: ${error?.stack}` };
  }
}

function wayOf(fn) {
  try {
    return explain(fn).way;
  } catch {
    return '?';
  }
}

/** The direct call gets a function of its own: a memoized one, say, must not arrive warm. */
async function callFresh(item) {
  const { fn, args } = await item.make();
  return fn(...args);
}

async function refusedAsExpected(expected, fn, args) {
  const { value, error } = await settle(() => run(fn, ...args));
  if (!error) return { ok: false, why: `not refused, gave ${inspect(value, { depth: 1 }).slice(0, 120)}` };
  const ok = error.code === expected.code && String(error.path).includes(expected.path) && error.message.length > 0;
  return ok
    ? { ok, said: error.message }
    : { ok, why: `expected ${expected.code} at …${expected.path}…, got ${error.code} at ${error.path}: ${error.message}` };
}

async function settle(call) {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: error ?? new Error(String(error)) };
  }
}

function different(item, actual, expected, when = '') {
  if (item.throws) return differentError(item.throws, actual.error, expected.error, when);
  if (expected.error) throw expected.error;
  if (actual.error)
    return `${when}${actual.error.name} ${actual.error.code ?? ''}: ${actual.error.message}${actual.error.path ? ` [${actual.error.path}]` : ''}${actual.error.code ? '' : `\n${actual.error.stack}`}`;
  if (item.compare) return item.compare(actual.value, expected.value) ? undefined : `${when}gave ${inspect(actual.value)}`;
  if (isDeepStrictEqual(actual.value, expected.value)) return undefined;
  try {
    deepStrictEqual(actual.value, expected.value);
  } catch (error) {
    return `${when}${error.message.slice(0, 600)}`;
  }
  return undefined;
}

/** An error keeps class, name and message; `is` and `name` make sure that the direct call throws what the list says. */
function differentError(wanted, actual, expected, when) {
  if (!actual) return `${when}did not throw`;
  if (wanted.name && expected.name !== wanted.name) throw new Error(`the direct call threw ${expected.name}`);
  if (wanted.is && !(expected instanceof wanted.is)) throw new Error(`the direct call threw ${expected.name}`);
  if (wanted.message && !wanted.message.test(expected.message)) throw new Error(`the direct call said ${expected.message}`);
  if (actual.constructor !== expected.constructor)
    return `${when}threw a ${actual.constructor?.name} that is not the ${expected.constructor.name} known here: ${actual.message}`;
  if (actual.name !== expected.name || actual.message !== expected.message)
    return `${when}threw ${actual.name}: ${actual.message}, not ${expected.name}: ${expected.message}`;
  return undefined;
}
