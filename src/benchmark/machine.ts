/**
 * What this process may use of the machine: often less than the machine has.
 */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { processorQuota } from './cgroup.js';

/** The machine, as far as it limits a pool. */
export interface Machine {
  /** Logical processors of the machine. */
  readonly cores: number;
  /** Of these, those that this process may run on (affinity). */
  readonly allowed: number;
  /** What the control group (a container's limit) lets it use at a time, fractions included; null: all. */
  readonly quota: number | null;
  /** The least of them: how many threads can compute at once. */
  readonly limit: number;
  /** Bytes that the process may use: the container's limit, or the machine's memory. */
  readonly memory: number;
  /** The processor's name. */
  readonly processor: string;
  /** `linux x64` */
  readonly platform: string;
  /** `v20.19.0` */
  readonly node: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  const quota = processorQuota() ?? null;
  const allowed = availableParallelism();
  return {
    cores: processors.length,
    allowed,
    quota,
    limit: Math.min(allowed, quota ?? allowed),
    memory: Math.min(totalmem(), constrained() ?? totalmem()),
    processor: processors[0]?.model ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

function constrained(): number | undefined {
  // 0 where it is unknown, a number beyond all memory where there is no limit.
  const bytes = process.constrainedMemory?.() ?? 0;
  return bytes > 0 ? bytes : undefined;
}
