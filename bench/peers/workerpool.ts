import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';
import type { Peer } from './peer.js';

interface WorkerpoolModule {
  pool(
    file: string,
    options: object,
  ): {
    exec(name: string, args: unknown[], options?: object): Promise<unknown>;
    terminate(): Promise<unknown>;
  };
}

/** Its pool has one file, which names what it offers: `threads/workerpool.ts`. */
export const workerpool: Peer = {
  name: 'workerpool',
  can: ['transfer', 'share'],
  open: async (threads) => {
    const { pool: open } = (await installed<{ default: WorkerpoolModule }>('workerpool')).default;
    const pool = open(fileURLToPath(new URL('./threads/workerpool.js', import.meta.url)), {
      minWorkers: threads,
      maxWorkers: threads,
      workerType: 'thread',
    });
    return {
      run: async (name, argument, { transfer } = {}) => pool.exec(name, [argument], transfer === undefined ? undefined : { transfer }),
      close: () => pool.terminate(),
    };
  },
};
