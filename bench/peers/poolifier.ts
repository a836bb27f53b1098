import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';
import type { Peer } from './peer.js';

interface PoolifierModule {
  readonly FixedThreadPool: new (
    threads: number,
    file: string,
    options?: object,
  ) => {
    execute(argument: unknown, name: string, signal?: AbortSignal, transfer?: readonly unknown[]): Promise<unknown>;
    destroy(): Promise<void>;
  };
}

export const poolifier: Peer = {
  name: 'poolifier',
  can: ['transfer', 'share'],
  open: async (threads) => {
    const { FixedThreadPool } = await installed<PoolifierModule>('poolifier');
    const pool = new FixedThreadPool(threads, fileURLToPath(new URL('./threads/poolifier.js', import.meta.url)));
    return {
      run: (name, argument, { transfer } = {}) => pool.execute(argument, name, undefined, transfer),
      close: () => pool.destroy(),
    };
  },
};
