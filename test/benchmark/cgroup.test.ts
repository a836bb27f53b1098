import { expect, test } from 'vitest';
import { processorQuota, throttledTime } from '../../src/benchmark/cgroup.js';

const VERSION_2 = {
  '/proc/self/cgroup': '0::/docker/one\n',
  '/sys/fs/cgroup/docker/one/cpu.max': '150000 100000\n',
  '/sys/fs/cgroup/docker/cpu.max': 'max 100000\n',
  '/sys/fs/cgroup/docker/one/cpu.stat': 'usage_usec 5\nnr_throttled 2\nthrottled_usec 2500\n',
};
const VERSION_1 = {
  '/proc/self/cgroup': '4:memory:/docker/one\n3:cpu,cpuacct:/docker/one\n',
  '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
  '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 9\nnr_throttled 3\nthrottled_time 7000000\n',
};

test.each([
  ['version 2', VERSION_2, 1.5, 2.5],
  ['version 2, a tighter group around it', { ...VERSION_2, '/sys/fs/cgroup/docker/cpu.max': '100000 100000' }, 1, 2.5],
  ['version 1, in a container that sees its own group as the root', VERSION_1, 0.5, 7],
  ['version 1 without a limit', { ...VERSION_1, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1' }, undefined, 7],
  ['no control groups', {}, undefined, 0],
])('the quota is read from %s', (_, files: Record<string, string>, quota, throttled) => {
  const read = (path: string) => files[path];
  expect(processorQuota(read)).toBe(quota);
  expect(throttledTime(read)).toBe(throttled);
});

test('this machine is read without an error', () => {
  expect(processorQuota() ?? 1).toBeGreaterThan(0);
  expect(throttledTime()).toBeGreaterThanOrEqual(0);
});
