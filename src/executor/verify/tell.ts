/**
 * Where verify mode tells what it finds: a warning of the process, a function, or the call's own rejection.
 */
import { type Difference, MismatchError } from '../../errors.js';
import { isOwnFile } from '../../transport/own/own-home.js';

/** true: warnings. 'throw': the call rejects. A function is called with each. */
export type Verify = boolean | 'throw' | ((mismatch: MismatchError) => void);

export type Tell = (difference: Difference, what: string, detail: string) => void;

/** What an executor without the option does: `RUN_IN_EXECUTOR=verify`, or `verify-throw`, for a whole process. */
export function verifyByDefault(): Verify {
  const word = process.env.RUN_IN_EXECUTOR;
  if (word === 'verify-throw') return 'throw';
  return word === 'verify';
}

/** `stack`: of the call, with frames of this library. */
export function teller(verify: Verify, label: string, stack: string | undefined): Tell {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !isOwnFile(line));
  return (difference, what, detail) => {
    const error = new MismatchError(`${label}: ${what}`, { difference, detail: [detail, ...frames.slice(0, 1)].join('\n') });
    error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
    if (typeof verify === 'function') verify(error);
    else if (verify === 'throw') {
      // What is refused rejects by itself.
      if (difference !== 'refused') throw error;
    } else warnOnce(error, `${label} ${difference} ${frames[0] ?? ''}`);
  };
}

function warnOnce(error: MismatchError, site: string): void {
  if (warned.has(site)) return;
  warned.add(site);
  process.emitWarning(error);
}

const warned = new Set<string>();
