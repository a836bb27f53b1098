import { describe, expect, it } from 'vitest';
import { after as callAfter } from '../../src/pool/after.js';

describe('after', () => {
  it('calls back after so many ms', async () => {
    await new Promise<void>((resolve) => callAfter(1, resolve));
  });

  it.each([Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 40])('never calls back after %d ms, where Node would at once', (ms) => {
    expect(callAfter(ms, () => {})).toBeUndefined();
  });

  it('counts as long as timers can', () => {
    const timer = callAfter(2 ** 31 - 1, () => {});
    expect(timer).toBeDefined();
    clearTimeout(timer);
  });
});
