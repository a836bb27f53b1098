import { FunctionNotSendableError, runInExecutor } from 'run-in-executor';
import { describe, expect, test, vi } from 'vitest';
import { countFunction, refusalOf, rememberRefusal, startLooking, watchTime } from '../../../src/transport/closures/budget.js';
import { Unsendable } from '../../../src/transport/described.js';
import { performance } from '../../../src/transport/own/own-globals.js';

/** `count` closures, each reached through the one before. */
function chain(count: number): () => number {
  let last = () => 0;
  for (let i = 0; i < count; i++) {
    const before = last;
    last = () => 1 + (i > 50 ? 0 : before());
  }
  return last;
}

describe('what one call may lead to', () => {
  test('some hundred functions go', async () => {
    expect(await runInExecutor(chain(500))).toBe(1);
  });

  test('a call that leads to thousands is refused, and says what to do; others go as ever', async () => {
    const refusal = await runInExecutor(chain(6000)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FunctionNotSendableError);
    expect((refusal as Error).message).toMatch(/one function too many: .*; let the thread make what needs them/);
    expect(await runInExecutor(chain(3))).toBe(3);
  });

  test('each call has its own count', async () => {
    for (let i = 0; i < 2000; i++) countFunction();
    expect(countFunction).toThrow(Unsendable);
    startLooking();
    expect(countFunction).not.toThrow();
    for (let i = 0; i < 1999; i++) countFunction();
    await Promise.resolve();
    expect(countFunction).not.toThrow();
  });

  test('a call that took too long is refused at once for a minute, and then looked at again', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    const used = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0, system: 0 });
    const error = new Error('too long');
    try {
      startLooking();
      watchTime();
      rememberRefusal(-1, error);
      expect(refusalOf(-1)).toBeUndefined();
      clock.mockReturnValue(4_001);
      // A busy machine, so far.
      watchTime();
      used.mockReturnValue({ user: 2_000_000, system: 1_000_000 });
      expect(watchTime).toThrow(Unsendable);
      rememberRefusal(-1, error);
      clock.mockReturnValue(64_000);
      expect(refusalOf(-1)).toBe(error);
      expect(refusalOf(-2)).toBeUndefined();
      clock.mockReturnValue(64_002);
      expect(refusalOf(-1)).toBeUndefined();
    } finally {
      clock.mockRestore();
      used.mockRestore();
      startLooking();
    }
  });
});
