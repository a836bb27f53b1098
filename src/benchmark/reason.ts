/**
 * The reasons in words.
 */
import type { Evidence } from './evidence.js';
import { bytes, count, ms, share, times } from './figures.js';
import type { Answer } from './result.js';

type Chosen = Pick<Answer, 'verdict' | 'threads' | 'throughputKnee' | 'latencyKnee'>;

export function reasonFor(chosen: Chosen, evidence: Evidence): string {
  return `${KINDS[chosen.verdict](chosen, evidence)}${worth(chosen, evidence)}`;
}

const KINDS: Record<Answer['verdict'], (chosen: Chosen, evidence: Evidence) => string> = {
  'cpu-bound': ({ threads }, evidence) => {
    const { machine, direct } = evidence;
    const most = Math.max(...evidence.sizes.map((size) => size.threads));
    const beyond = most > machine.limit ? ', which more threads only share' : '';
    return `It computes ${directShare(direct.computing)}of its time, and this process may use ${processors(machine)}${beyond}: ${threads} ${threads === 1 ? 'thread does' : 'threads do'} ${gain(threads, evidence)}${peak(evidence)}.`;
  },
  mixed: ({ threads }, evidence) =>
    `It computes ${directShare(evidence.direct.computing)}of its time and waits for the rest, so that a few more threads than the ${processors(evidence.machine)} pay: ${threads} ${threads === 1 ? 'does' : 'do'} ${gain(threads, evidence)}${peak(evidence)}.`,
  blocking: ({ threads }, evidence) => {
    const { direct, sizes, load } = evidence;
    const size = sizes.find((candidate) => candidate.threads === threads);
    const waits = direct.computing === null ? '' : ` ${share(1 - direct.computing)} of its time`;
    const rule =
      load.kind === 'open'
        ? ''
        : ` Size the pool by demand: calls a second times ${ms(direct.mean)} is how many wait at once (Little's law); 100 a second take ${Math.max(1, Math.ceil(direct.mean / 10))}.`;
    return `It waits${waits}, so processors do not limit it: ${threads} threads do ${gain(threads, evidence)}, for ${bytes(size?.memory ?? 0)} of memory.${rule}`;
  },
  asynchronous: (_, { direct }) =>
    `It gives a promise, and waits for ${share(1 - (direct.computing ?? 0))} of its ${ms(direct.latency.p50)} without holding its caller up, so a thread would win nothing: call it plainly, many at once, or as many as a ConcurrencyLimit lets through.`,
  'not-worth-offloading': (_, { direct, crossing }) =>
    `A call takes ${ms(direct.latency.p50)}, and getting it to a thread and back costs ${ms(crossing.breakEven)} (${ms(crossing.empty)} for any call, ${ms(crossing.arguments)} to copy the arguments, ${ms(crossing.result)} for the result): call it plainly, or give it more work at a time.`,
};

function worth({ verdict }: Chosen, { direct, crossing }: Evidence): string {
  if (verdict === 'asynchronous' || verdict === 'not-worth-offloading') return '';
  return ` Worth offloading above ${ms(crossing.breakEven)}; yours takes ${ms(direct.latency.p50)}.`;
}

function gain(threads: number, { sizes, load }: Evidence): string {
  const size = sizes.find((candidate) => candidate.threads === threads);
  if (size === undefined) return 'it';
  if (load.kind === 'open') return `${count(load.rate)} calls a second with a p99 of ${ms(size.latency.p99)}`;
  const slower = size.speedUp < 1 ? ': what is won is an event loop that stays free, and no time' : '';
  return `${count(size.throughput.mean)} calls a second, ${times(size.speedUp)} the plain call${slower}`;
}

function peak({ fit }: Evidence): string {
  return fit?.peak == null ? '' : ` (the fitted curve peaks at ${fit.peak.toFixed(1)})`;
}

function directShare(computing: number | null): string {
  return computing === null ? 'all (as far as can be told) ' : `${share(computing)} `;
}

function processors({ limit, cores, quota }: Evidence['machine']): string {
  const named = `${Number.isInteger(limit) ? limit : limit.toFixed(1)} ${limit === 1 ? 'processor' : 'processors'}`;
  if (limit >= cores) return named;
  return `${named} (of ${cores}: ${quota !== null && quota <= limit ? 'the quota of its control group' : 'its affinity'})`;
}
