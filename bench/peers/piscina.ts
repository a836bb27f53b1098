import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';
import { type Peer, type Pool, type RunOptions, type TaskName, taskFile } from './peer.js';

interface PiscinaModule {
  readonly Piscina: new (
    options: object,
  ) => {
    run(argument: unknown, options: object): Promise<unknown>;
    destroy(): Promise<void>;
  };
}

/** As it comes, at the same number of threads, which stay. */
export const piscina: Peer = {
  name: 'piscina',
  can: ['abort', 'transfer', 'share'],
  open: (threads) => open(threads, {}),
};

/** With what helps it most in a flood of short calls. Its default is its best for single calls. */
export const piscinaTuned: Peer = {
  name: 'piscina, tuned',
  can: ['abort', 'transfer', 'share'],
  open: (threads) => open(threads, { concurrentTasksPerWorker: 32, atomics: 'disabled', recordTiming: false }),
};

async function open(threads: number, options: object): Promise<Pool> {
  const { Piscina } = await installed<PiscinaModule>('piscina');
  const pool = new Piscina({ filename: fileURLToPath(taskFile), minThreads: threads, maxThreads: threads, ...options });
  return {
    run: (name: TaskName, argument: unknown, { signal, transfer }: RunOptions = {}) =>
      pool.run(argument, { name, signal, transferList: transfer }),
    close: () => pool.destroy(),
  };
}
