/**
 * What the control group of this process allows it, on Linux: containers set it, `os.availableParallelism()` of Node 20 does not see it.
 *
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max, cpu.stat), and cgroup-v1/../scheduler/sched-bwc.html (cpu.cfs_quota_us).
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Reads a file of /proc or /sys; undefined where there is none. */
type ReadText = (path: string) => string | undefined;

/** Processors that the group may use at a time, fractions included: the least of it and the groups around it. Undefined: no limit. */
export function processorQuota(read: ReadText = readText): number | undefined {
  const quotas = groups(read).map((folder) => quotaOf(folder, read));
  const set = quotas.filter((quota) => quota !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
}

/** ms for which the group has been held back since its start, because its quota was used up. */
export function throttledTime(read: ReadText = readText): number {
  const times = groups(read).map((folder) => {
    const stat = read(join(folder, 'cpu.stat')) ?? '';
    const micro = /^throttled_usec (\d+)$/m.exec(stat)?.[1];
    const nano = /^throttled_time (\d+)$/m.exec(stat)?.[1];
    return micro === undefined ? Number(nano ?? 0) / 1e6 : Number(micro) / 1e3;
  });
  return Math.max(0, ...times);
}

/** The folders of this process's group and of those around it, in both versions. */
function groups(read: ReadText): string[] {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => {
    const [id, controllers = '', ...rest] = line.split(':');
    const own = rest.join(':');
    if (id === '0')
      return [
        ...upwards(own).map((path) => join('/sys/fs/cgroup', path)),
        ...upwards(own).map((path) => join('/sys/fs/cgroup/unified', path)),
      ];
    // In a container the path may be the host's, while what is mounted is the group itself: the root is always looked at.
    return controllers.split(',').includes('cpu') ? upwards(own).map((path) => join('/sys/fs/cgroup', 'cpu', path)) : [];
  });
}

function upwards(path: string): string[] {
  return path === '/' || path === '.' ? ['/'] : [path, ...upwards(posix.dirname(path))];
}

function quotaOf(folder: string, read: ReadText): number | undefined {
  const [quota, period] = (read(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number);
  if (quota !== undefined && period !== undefined && quota > 0 && period > 0) return quota / period;
  const micro = Number(read(join(folder, 'cpu.cfs_quota_us')) ?? Number.NaN);
  const each = Number(read(join(folder, 'cpu.cfs_period_us')) ?? Number.NaN);
  return micro > 0 && each > 0 ? micro / each : undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
