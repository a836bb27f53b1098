/**
 * A cold process: imports one peer, opens a pool of one thread, runs one call, and prints what that took in ms.
 *
 *   node start.js piscina
 */
import type { Peer } from '../peers/peer.js';

const modules: Record<string, () => Promise<Record<string, unknown>>> = {
  'run-in-executor': () => import('../peers/ours.js'),
  piscina: () => import('../peers/piscina.js'),
  tinypool: () => import('../peers/tinypool.js'),
  workerpool: () => import('../peers/workerpool.js'),
  poolifier: () => import('../peers/poolifier.js'),
  'jest-worker': () => import('../peers/jest-worker.js'),
  'raw messages': () => import('../peers/raw.js'),
};

const [name = ''] = process.argv.slice(2);
const start = performance.now();
const module = await modules[name]?.();
const peer = Object.values(module ?? {}).find((value) => (value as Peer).name === name) as Peer;
const pool = await peer.open(1);
await pool.run('identity', 1);
process.stdout.write(`${performance.now() - start}\n`, () => process.exit());
