/**
 * The physical limit: `postMessage` to bare worker threads in turn, and nothing else. No queue, no limit, no cancelling, no errors.
 */
import { Worker } from 'node:worker_threads';
import { type Peer, type Pool, taskFile } from './peer.js';

export const raw: Peer = {
  name: 'raw messages',
  can: ['transfer', 'share'],
  open: async (threads): Promise<Pool> => {
    const workers = Array.from(
      { length: threads },
      () => new Worker(new URL('./threads/raw.js', import.meta.url), { workerData: taskFile.href }),
    );
    const waiting = new Map<number, (value: unknown) => void>();
    for (const worker of workers) {
      worker.on('message', ([id, value]: [number, unknown]) => {
        waiting.get(id)?.(value);
        waiting.delete(id);
      });
    }
    let next = 0;
    return {
      run: (name, argument, { transfer } = {}) =>
        new Promise((resolve) => {
          const id = next++;
          waiting.set(id, resolve);
          workers[id % threads]?.postMessage([id, name, argument], transfer ?? []);
        }),
      close: () => Promise.all(workers.map((worker) => worker.terminate())),
    };
  },
};
