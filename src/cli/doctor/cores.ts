import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { processorQuota } from '../../benchmark/cgroup.js';
import type { Finding } from './finding.js';

/** What Node counts as cores beside what this process may use of them: the default of `maxThreads` is the first. */
export function cores(): Finding {
  const [counted, machine, quota, affinity] = [availableParallelism(), cpus().length, processorQuota(), affinityCount()];
  const limits = [
    `${machine} in the machine`,
    affinity !== undefined && affinity < machine ? `bound to ${affinity} of them` : '',
    quota === undefined ? 'no quota' : `a quota of ${quota}`,
  ].filter(Boolean);
  const found = `${counted} for threads (${limits.join(', ')})`;
  const real = Math.max(1, Math.floor(Math.min(quota ?? counted, affinity ?? counted)));
  if (real >= counted) return { what: 'cores', state: 'ok', found };
  return {
    what: 'cores',
    state: 'note',
    found,
    wayOut: `the default of ${counted} threads is too many for work that computes; take new Executor({ maxThreads: ${real} })`,
  };
}

/** Linux says `0-3,8`. */
function affinityCount(): number | undefined {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(textOf('/proc/self/status') ?? '')?.[1];
  return list?.split(',').reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return sum + last - first + 1;
  }, 0);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
