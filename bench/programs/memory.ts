/**
 * Prints the MiB of resident memory that each of ten warm threads has added.
 *
 *   node --expose-gc memory.js piscina
 */
import { pause } from '../clocks.js';
import { peers } from '../peers/index.js';

const THREADS = 10;

const peer = peers.find(({ name }) => name === process.argv[2]);
if (peer === undefined) throw new Error(`There is no ${process.argv[2]}`);
const one = await peer.open(1);
await one.run('identity', 1);
const before = await resident();
const pool = await peer.open(THREADS);
await Promise.all(Array.from({ length: 4 * THREADS }, () => pool.run('block', 50)));
const after = await resident();
process.stdout.write(`${(after - before) / THREADS / 2 ** 20}\n`, () => process.exit());

async function resident(): Promise<number> {
  globalThis.gc?.();
  await pause(100);
  return process.memoryUsage.rss();
}
