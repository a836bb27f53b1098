import { Executor } from 'run-in-executor';
import type { Case, Contestant } from '../contest.js';
import { THREADS } from '../contestants.js';
import { jestWorker } from '../peers/jest-worker.js';
import type { Peer } from '../peers/peer.js';
import { piscina } from '../peers/piscina.js';
import { raw } from '../peers/raw.js';
import { scenario } from '../scenario.js';
import { double } from '../tasks.js';

/** Doubles all. */
interface Mapper {
  numbers(items: number[]): Promise<unknown>;
  floats?(items: Float64Array): Promise<unknown>;
  /** One call an item: not asked for a million. */
  readonly itemByItem?: boolean;
}

/** What hand-written code would choose. */
const CHUNK = 10_000;

const ours: Contestant<Mapper> = {
  name: 'run-in-executor',
  open: async () => {
    const executor = new Executor({ maxThreads: THREADS });
    return {
      numbers: (items) => executor.map(double, items).toArray(),
      floats: (items) => executor.map(double, items).toArray(),
      close: () => executor.close(),
    };
  },
};

export const map = scenario<Mapper>({
  name: 'map',
  title: 'Map over a million tiny items',
  about: `Doubling each number of an array: by \`map\` here, by \`Promise.all\` over one call an item with a pool, and in chunks of ${CHUNK.toLocaleString('en')} by hand.`,
  contestants: [ours, itemByItem(piscina), itemByItem(jestWorker), inChunks(piscina), inChunks(raw)],
  cases: [numbers(50_000), numbers(1_000_000), floats(1_000_000)],
  figures: [{ name: 'item', unit: 'µs', better: 'lower' }],
  targets: [
    { case: '50,000 numbers', figure: 'item', than: 'piscina', atLeast: 30 },
    { case: '1,000,000 numbers', figure: 'item', than: { case: '50,000 numbers' }, atLeast: 1 },
    { case: '1,000,000 floats in a typed array', figure: 'item', than: 'best peer', atLeast: 1 },
  ],
  rounds: 5,
});

function itemByItem(peer: Peer): Contestant<Mapper> {
  return {
    name: peer.name,
    open: async () => {
      const pool = await peer.open(THREADS);
      return {
        itemByItem: true,
        numbers: (items) => Promise.all(items.map((item) => pool.run('double', item))),
        close: () => pool.close(),
      };
    },
  };
}

function inChunks(peer: Peer): Contestant<Mapper> {
  return {
    name: `${peer.name}, chunks by hand`,
    open: async () => {
      const pool = await peer.open(THREADS);
      return {
        numbers: async (items) => (await Promise.all(chunksOf(items, (chunk) => pool.run('doubleAll', chunk)))).flat(),
        floats: async (items) => {
          const whole = new Float64Array(items.length);
          const parts = await Promise.all(
            chunksOf(
              items,
              (chunk) => pool.run('doubleFloats', chunk, { transfer: [chunk.buffer as ArrayBuffer] }) as Promise<Float64Array>,
            ),
          );
          for (const [index, part] of parts.entries()) whole.set(part, index * CHUNK);
          return whole;
        },
        close: () => pool.close(),
      };
    },
  };
}

function chunksOf<Items extends { readonly length: number; slice(from: number, to: number): Items }, R>(
  items: Items,
  run: (chunk: Items) => R,
): R[] {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += CHUNK) results.push(run(items.slice(from, from + CHUNK)));
  return results;
}

function numbers(size: number): Case<Mapper> {
  return {
    name: `${size.toLocaleString('en')} numbers`,
    sample: async (mapper, effort) => {
      if (mapper.itemByItem && size > 50_000) return {};
      // Warm, as everybody's threads are.
      await mapper.numbers(Array.from({ length: 5_000 }, (_, index) => index));
      const items = Array.from({ length: size * effort }, (_, index) => index);
      return { item: await perItem(items.length, () => mapper.numbers(items)) };
    },
  };
}

function floats(size: number): Case<Mapper> {
  return {
    name: `${size.toLocaleString('en')} floats in a typed array`,
    sample: async (mapper, effort) => {
      if (mapper.floats === undefined) return {};
      await mapper.floats(Float64Array.from({ length: 5_000 }, (_, index) => index));
      const items = Float64Array.from({ length: size * effort }, (_, index) => index);
      return { item: await perItem(items.length, () => mapper.floats?.(items) as Promise<unknown>) };
    },
  };
}

async function perItem(count: number, action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return ((performance.now() - start) * 1_000) / count;
}
