import { pause } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';
import { median } from '../statistics.js';

const MEBIBYTE = 2 ** 20;
const SIZES = [1, 16, 64];
/** In a round: more of those that take less. */
const FEW = 8;
const MANY = 80;

export const payloads = scenario<Pool>({
  name: 'payloads',
  title: 'Large arguments',
  about:
    'One call after the other with so many MiB, copied (structured clone), moved (a transfer list), or shared (`SharedArrayBuffer`); the same 5 ms apart, where it is the wake-up that counts; 100,000 rows, objects of five fields; and 20,000 documents, objects with objects and lists in them.',
  contestants: pools('transfer'),
  cases: [
    ...SIZES.map((size) => call(`${size} MiB copied`, () => ({ value: filled(size) }), size > 1 ? FEW : MANY)),
    ...SIZES.map((size) => call(`${size} MiB moved`, () => moved(size), size > 1 ? FEW : MANY)),
    call('1 MiB moved, 5 ms apart', () => moved(1), MANY, 5),
    call('64 MiB shared', () => ({ value: shared }), MANY),
    call('100,000 rows', () => ({ value: rows(100_000) }), FEW),
    call('20,000 documents', () => ({ value: documents(20_000) }), FEW),
  ],
  figures: [{ name: 'call', unit: 'ms', better: 'lower' }],
  targets: [
    ...SIZES.flatMap((size) => [`${size} MiB copied`, `${size} MiB moved`]).map((name) => ({
      case: name,
      figure: 'call',
      than: 'piscina' as const,
      atLeast: 1 / 1.05,
    })),
    { case: '64 MiB shared', figure: 'call', than: 'piscina', atLeast: 1 / 1.05 },
    { case: '100,000 rows', figure: 'call', than: 'piscina', atLeast: 1 / 1.15 },
    { case: '20,000 documents', figure: 'call', than: 'piscina', atLeast: 1 / 1.15 },
  ],
});

interface Argument {
  readonly value: unknown;
  readonly transfer?: readonly ArrayBuffer[];
}

const shared = new Uint8Array(new SharedArrayBuffer(64 * MEBIBYTE));

function filled(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size * MEBIBYTE).fill(1);
}

function moved(size: number): Argument {
  const value = filled(size);
  return { value, transfer: [value.buffer] };
}

function call(name: string, make: () => Argument, calls: number, apart = 0): Case<Pool> {
  const task = /rows$|documents$/.test(name) ? 'rowCount' : 'byteLength';
  return {
    name,
    sample: async (pool, effort) => {
      const took: number[] = [];
      for (let i = 0; i < Math.ceil(calls * effort); i++) {
        const { value, transfer } = make();
        if (apart > 0) await pause(apart);
        const start = performance.now();
        await pool.run(task, value, { transfer });
        took.push(performance.now() - start);
      }
      return { call: median(took) };
    },
  };
}

function rows(count: number): object[] {
  return Array.from({ length: count }, (_, id) => ({ id, name: `row ${id}`, score: id / 7, active: id % 3 === 0, tag: 'x' }));
}

function documents(count: number): object[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    user: { name: `user ${id}`, address: { city: `city ${id % 7}`, zip: `${id}` } },
    tags: ['a', `b${id % 9}`],
    lines: Array.from({ length: id % 4 }, (_, at) => ({ sku: `${id}-${at}`, price: id / 7 })),
  }));
}
