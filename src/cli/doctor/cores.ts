import { thisMachine } from '../../benchmark/machine.js';
import type { Finding } from './finding.js';

/** What Node counts as cores beside what this process may use of them: the default of `maxThreads` is the first. */
export function cores(): Finding {
  const { cores: machine, allowed, quota, limit } = thisMachine();
  const limits = [
    `${machine} in the machine`,
    allowed < machine ? `bound to ${allowed} of them` : '',
    quota === null ? 'no quota' : `a quota of ${Number(quota.toFixed(2))}`,
  ].filter(Boolean);
  const found = `${allowed} for threads (${limits.join(', ')})`;
  const real = Math.max(1, Math.floor(limit));
  if (real >= allowed) return { what: 'cores', state: 'ok', found };
  return {
    what: 'cores',
    state: 'note',
    found,
    wayOut: `the default of ${allowed} threads is too many for work that computes; take new Executor({ maxThreads: ${real} })`,
  };
}
