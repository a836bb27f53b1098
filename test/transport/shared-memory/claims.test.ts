import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, Word } from '../../../src/transport/shared-memory/claim-words.js';
import { Claims, SLOTS } from '../../../src/transport/shared-memory/claims.js';

const built = new URL('../../../.cache/compiled/src/transport/shared-memory/claims.js', import.meta.url).href;

describe('claim words', () => {
  it('a call that was withdrawn cannot be claimed, and its thread passes over it', () => {
    const claims = new Claims();
    const thread = new Claims(claims.buffer);
    claims.send(5);
    expect(claims.withdraw(5)).toBe(true);
    expect(thread.claim(5, 1)).toBe(false);
    expect(claims.word(5)).toBe(Word.PASSED);
  });

  it('a call that was claimed cannot be withdrawn, and says when it started', () => {
    const claims = new Claims();
    const thread = new Claims(claims.buffer);
    claims.send(5);
    expect(thread.claim(5, 123.5)).toBe(true);
    expect(claims.withdraw(5)).toBe(false);
    expect([claims.word(5), claims.startedAt(5)]).toEqual([Word.STARTED, 123.5]);
  });

  it('a call whose modules are being imported counts as started, can still be withdrawn, and never starts then', () => {
    const claims = new Claims();
    const thread = new Claims(claims.buffer);
    claims.send(5);
    expect(thread.claim(5, 123.5, Word.LOADING)).toBe(true);
    expect([claims.isRunning(5), claims.startedAt(5), claims.withdraw(5)]).toEqual([true, 123.5, false]);
    expect([claims.withdrawLoading(5), claims.isRunning(5)]).toEqual([true, false]);
    expect(thread.loaded(5)).toBe(false);
    expect(claims.word(5)).toBe(Word.PASSED);
  });

  it('a call whose modules are there starts, and can be withdrawn no more', () => {
    const claims = new Claims();
    const thread = new Claims(claims.buffer);
    claims.send(5);
    thread.claim(5, 123.5, Word.LOADING);
    expect([thread.loaded(5), claims.withdrawLoading(5), claims.startedAt(5)]).toEqual([true, false, 123.5]);
  });

  it.each([undefined, null, true, false, 0, -0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY, Number.MIN_VALUE])(
    'the outcome %s lies in shared memory, as it is',
    (value) => {
      const claims = new Claims();
      const thread = new Claims(claims.buffer);
      claims.send(7);
      thread.claim(7, 1);
      expect(thread.end(7, value, 2)).toBe(true);
      expect(outcomeOf(claims.word(7), claims.number(7))).toBe(value);
      expect(claims.endedAt(7)).toBe(2);
    },
  );

  it.each(['text', 1n, Symbol.iterator, {}, []])('the outcome %o does not fit, and leaves the word alone', (value) => {
    const claims = new Claims();
    claims.send(7);
    claims.claim(7, 1);
    expect(claims.end(7, value, 2)).toBe(false);
    expect(claims.word(7)).toBe(Word.STARTED);
  });

  it('sequence numbers go round: a word serves every call of its slot, one after the other', () => {
    const claims = new Claims();
    for (const sequence of [3, 3 + SLOTS, 3 + 2 ** 20 * SLOTS]) {
      claims.send(sequence);
      expect(claims.claim(sequence, 1)).toBe(true);
      expect(claims.end(sequence, sequence, 2)).toBe(true);
      expect(outcomeOf(claims.word(sequence), claims.number(sequence))).toBe(sequence);
    }
  });

  it('a task is cancelled by its own number only', () => {
    const claims = new Claims();
    expect(claims.isCancelled(0)).toBe(false);
    claims.cancel(4);
    expect([claims.isCancelled(4), claims.isCancelled(5)]).toEqual([true, false]);
  });

  it('an exit code is known only where a thread wrote one', () => {
    const claims = new Claims();
    expect(claims.exitCode).toBeNull();
    claims.exitCode = 0;
    expect(claims.exitCode).toBe(0);
  });
});

describe('two threads that race for a call', () => {
  const CALLS = 200;
  const ROUNDS = 300;
  let racer: Worker;

  beforeAll(async () => {
    racer = new Worker(fileURLToPath(new URL('racer.mjs', import.meta.url)), { workerData: { built, calls: CALLS } });
    await once(racer, 'message');
  });
  afterAll(() => racer.terminate());

  it('exactly one wins each: withdraw or claim, never both, never neither', async () => {
    const wins = { withdrawn: 0, claimed: 0 };
    // On a busy machine one of them may not run while the other does: then there are more rounds.
    for (let round = 0; round < ROUNDS || (round < 100 * ROUNDS && wins.withdrawn * wins.claimed === 0); round++) {
      const claims = new Claims();
      const gate = new Int32Array(new SharedArrayBuffer(4));
      for (let i = 0; i < CALLS; i++) claims.send(i);
      racer.postMessage({ claims: claims.buffer, gate });
      // Both start at once: here from the last call, there from the first, so that they meet.
      while (Atomics.load(gate, 0) === 0);
      Atomics.store(gate, 0, 2);
      const withdrawn = new Set<number>();
      for (let i = CALLS - 1; i >= 0; i--) if (claims.withdraw(i)) withdrawn.add(i);
      const [claimed] = (await once(racer, 'message')) as [number[]];
      for (let i = 0; i < CALLS; i++) expect(Number(withdrawn.has(i)) + Number(claimed.includes(i))).toBe(1);
      wins.withdrawn += withdrawn.size;
      wins.claimed += claimed.length;
    }
    expect(wins.withdrawn, 'else nothing was raced for').toBeGreaterThan(0);
    expect(wins.claimed, 'else nothing was raced for').toBeGreaterThan(0);
  });
});
