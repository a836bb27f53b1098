import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';
import { type Peer, taskFile } from './peer.js';

interface JestWorkerModule {
  readonly Worker: new (
    file: string,
    options: object,
  ) => Record<string, (argument: unknown) => Promise<unknown>> & {
    end(): Promise<unknown>;
  };
}

export const jestWorker: Peer = {
  name: 'jest-worker',
  can: ['share'],
  open: async (threads) => {
    const { Worker } = await installed<JestWorkerModule>('jest-worker');
    const pool = new Worker(fileURLToPath(taskFile), { numWorkers: threads, enableWorkerThreads: true });
    return {
      run: (name, argument) => pool[name]?.(argument) as Promise<unknown>,
      close: () => pool.end(),
    };
  },
};
