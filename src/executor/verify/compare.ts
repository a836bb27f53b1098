/**
 * How two runs of one call differ, in lines for people.
 */
import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import type { Outcome } from './outcome.js';

export function sameOutcome(one: Outcome, other: Outcome): boolean {
  if (one.ok !== other.ok) return false;
  return (one.ok ? difference(one.value, other.value) : difference(one.error, other.error)) === undefined;
}

/** Deep, prototypes too. Undefined: there is none. */
export function difference(one: unknown, other: unknown, first = 'on a thread', second = 'here'): string | undefined {
  try {
    deepStrictEqual(one, other);
    return undefined;
  } catch (error) {
    // The first lines say what the function of the assertion expects.
    const [, ...lines] = (error as Error).message.split('\n');
    const diff = lines
      .filter((line) => !line.includes('+ actual - expected'))
      .join('\n')
      .replace(/^\n+|\n+$/g, '');
    return diff.includes('\n') ? `+ ${first}  - ${second}\n${diff}` : `${first}: ${shown(one)}\n${second}: ${shown(other)}`;
  }
}

/** `returns 1`, `throws RangeError: odd`. */
export function words({ ok, value, error }: Outcome): string {
  if (ok) return `returns ${shown(value)}`;
  return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : shown(error)}`;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 200 });
}
