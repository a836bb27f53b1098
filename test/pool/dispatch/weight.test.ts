import { expect, test } from 'vitest';
import { weightOf } from '../../../src/pool/dispatch/weight.js';
import { holdWaiting, prepareCall } from '../../../src/transport/calls/call.js';

test('texts weigh what they are long, and what was written its bytes', () => {
  const weight = (...args: unknown[]) => {
    const call = prepareCall(JSON.stringify, args, 'any');
    holdWaiting(call);
    return weightOf(call);
  };
  expect([weight(), weight(1, true), weight('abc', 1, 'de'), weight({ a: 'abc' })]).toEqual([0, 0, 5, 0]);
  expect(weight(Array.from({ length: 100 }, () => 'ten chars.'))).toBeGreaterThan(1_000);
});
