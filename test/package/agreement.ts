import { expect } from 'vitest';
import type { Outcome } from '../setup/programs.js';

/** A program printed `{ what: [received, expected] }` and nothing else: each pair agrees. */
export function expectAgreement({ exitCode, stdout, stderr }: Outcome): void {
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const [what, [received, expected]] of Object.entries(JSON.parse(stdout) as Record<string, [unknown, unknown]>)) {
    expect(received, what).toEqual(expected);
  }
}

/** A program printed `ok` and what holds, line by line. */
export function expectPromisesKept(outcome: Outcome): void {
  expect(outcome).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^(ok .*\n)+$/), stderr: '' });
}
