/**
 * The ways to call: each gets its promise, and says what of it is the fault's.
 */
import assert from 'node:assert/strict';
import { ConcurrencyLimit, callback, KeyedConcurrencyLimit, partial } from 'run-in-executor';
import { strikeAfterCalling, strikeInside, strikes, strikesAtOnce, tellStrike } from '../../fixtures/faults/strikes.mjs';

/**
 * `call` gets { executor, run, fn, args, name, options }; `value` finds the fault's in what it gives, and checks the rest. `later`: what it
 * calls, it calls in a turn to come.
 */
export const entries = {
  run: { call: ({ run, fn, args }) => run(fn, ...args) },
  closure: { call: ({ run, fn, args }) => run(() => fn(...args)), plain: true },
  named: { call: ({ run, fn, name }) => run.named(fn, { name }), plain: true },
  wrap: { call: ({ executor, fn, args, options }) => executor.wrap(fn, options)(...args) },
  partial: { call: ({ run, fn, args }) => run(partial(fn, ...args)) },
  map: { call: ({ run, fn, name }) => run.map(fn, ['a', 'b', name, 'c']).toArray(), value: third, many: true },
  mapIterator: { call: ({ run, fn, name }) => run.map(fn, items(name)).toArray(), value: third, many: true },
  mapAsync: { call: ({ run, fn, name }) => run.map(fn, itemsLater(name), { chunkSize: 1 }).toArray(), value: third, many: true },
  mapLoop: { call: ({ run, fn, name }) => collected(run.map(fn, ['a', 'b', name, 'c'], { lookahead: 2 })), value: third, many: true },
  stream: { call: ({ run, name }) => collected(run.stream(strikes, name)), value: second, many: true },
  streamAtOnce: { call: ({ run, name }) => collected(run.stream(strikesAtOnce, name)), value: second, many: true },
  callback: {
    async call({ run, name }) {
      const heard = [];
      try {
        return await run(
          strikeAfterCalling,
          name,
          callback((n) => heard.push(n)),
        );
      } finally {
        // Once more for each time that it is run again.
        assert.ok(
          heard.every((n, i) => n === (i % 2) + 1),
          `heard ${heard}`,
        );
      }
    },
  },
  callbackValue: {
    async call({ run, name }) {
      const heard = [];
      assert.equal(
        await run(
          tellStrike,
          name,
          callback((value) => heard.push(value)),
        ),
        'told',
      );
      assert.equal(heard.length, 1);
      return heard[0];
    },
  },
  limit: { call: ({ run, fn, args }) => new ConcurrencyLimit(1).run(() => run(fn, ...args)), later: true },
  keyed: { call: ({ run, fn, args }) => new KeyedConcurrencyLimit(1).run('key', () => run(fn, ...args)), later: true },
  nested: { call: ({ run, name }) => run(strikeInside, name) },
  inline: { call: ({ run, fn, args }) => run(fn, ...args), inline: true },
  verify: { call: ({ run, fn, args }) => run(fn, ...args), verify: true },
};

function* items(name) {
  yield 'a';
  yield 'b';
  yield name;
  yield 'c';
}

async function* itemsLater(name) {
  for (const item of items(name)) {
    await new Promise((resolve) => setImmediate(resolve));
    yield item;
  }
}

async function collected(iterable) {
  const all = [];
  for await (const item of iterable) all.push(item);
  return all;
}

function third(all) {
  assert.deepEqual([all[0], all[1], all[3], all.length], ['a', 'b', 'c', 4]);
  return all[2];
}

function second(all) {
  assert.deepEqual([all[0], all[2], all.length], [1, 3, 3]);
  return all[1];
}
