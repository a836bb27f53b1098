/** The pools as contestants, all with the same number of threads. */

import type { Contestant } from './contest.js';
import { peers } from './peers/index.js';
import type { Peer, Pool } from './peers/peer.js';

/** As many as the machine has processors, up to this: more than two tell nothing more of what a call costs. */
export const THREADS = 2;

export function pools(ability?: Peer['can'][number], threads = THREADS): Contestant<Pool>[] {
  return peers
    .filter(({ can }) => ability === undefined || can.includes(ability))
    .map((peer) => ({ name: peer.name, open: () => opened(peer, threads) }));
}

/** Both threads have started and loaded the tasks. */
async function opened(peer: Peer, threads: number): Promise<Pool> {
  const pool = await peer.open(threads);
  await Promise.all(Array.from({ length: 4 * threads }, () => pool.run('spin', 20_000)));
  return pool;
}
