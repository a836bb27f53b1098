import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areBare, BareCalls } from '../../../src/transport/shared-memory/bare-calls.js';

const SLOTS = 8;

function pair(): { here: BareCalls; there: BareCalls } {
  const buffer = new SharedArrayBuffer(16 + BareCalls.bytes(SLOTS));
  return { here: new BareCalls(buffer, 16, SLOTS), there: new BareCalls(buffer, 16, SLOTS) };
}

const bare = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(undefined, null, true, false, -0, Number.NaN));

describe('calls in shared memory', () => {
  it('arrive as they are: the function, and numbers, undefined, null, true and false in any order', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 30), fc.array(bare, { maxLength: 4 }), (sequence, fn, args) => {
        const { here, there } = pair();
        expect([areBare(args), there.has(sequence)]).toEqual([true, false]);
        here.write(sequence, fn, args);
        expect([there.has(sequence), there.fn(sequence)]).toEqual([true, fn]);
        expect(there.args(sequence)).toStrictEqual(args);
      }),
    );
  });

  it('are not taken for the call that had the place before, or will have it', () => {
    const { here, there } = pair();
    for (let sequence = 0; sequence < 3 * SLOTS; sequence++) {
      expect(there.has(sequence)).toBe(false);
      here.write(sequence, sequence, [sequence, undefined]);
      expect([there.has(sequence), there.has(sequence - SLOTS), there.has(sequence + SLOTS)]).toEqual([true, false, false]);
      expect(there.args(sequence)).toEqual([sequence, undefined]);
    }
  });

  it.each([[['text']], [[1n]], [[{}]], [[Symbol.iterator]], [[1, 2, 3, () => 4]], [[1, 2, 3, 4, 5]]])('not %o', (args) => {
    expect(areBare(args)).toBe(false);
  });
});
