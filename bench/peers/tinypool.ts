import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';
import { type Peer, taskFile } from './peer.js';

interface TinypoolModule {
  readonly Tinypool: new (
    options: object,
  ) => {
    run(argument: unknown, options: object): Promise<unknown>;
    destroy(): Promise<void>;
  };
}

export const tinypool: Peer = {
  name: 'tinypool',
  can: ['abort', 'transfer', 'share'],
  open: async (threads) => {
    const { Tinypool } = await installed<TinypoolModule>('tinypool');
    const pool = new Tinypool({ filename: fileURLToPath(taskFile), minThreads: threads, maxThreads: threads });
    return {
      run: (name, argument, { signal, transfer } = {}) => pool.run(argument, { name, signal, transferList: transfer }),
      close: () => pool.destroy(),
    };
  },
};
