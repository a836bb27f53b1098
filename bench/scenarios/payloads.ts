import { pause } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';
import { median } from '../statistics.js';

const MEBIBYTE = 2 ** 20;
const SIZES = [1, 16, 64];

export const payloads = scenario<Pool>({
  name: 'payloads',
  title: 'Large arguments',
  about:
    'One call at a time with so many MiB, copied (structured clone), moved (a transfer list), or shared (`SharedArrayBuffer`); and 100,000 rows, objects of five fields.',
  contestants: pools('transfer'),
  cases: [
    ...SIZES.map((size) => call(`${size} MiB copied`, () => ({ value: new Uint8Array(size * MEBIBYTE).fill(1) }))),
    ...SIZES.map((size) =>
      call(`${size} MiB moved`, () => {
        const value = new Uint8Array(size * MEBIBYTE).fill(1);
        return { value, transfer: [value.buffer] };
      }),
    ),
    call('64 MiB shared', () => ({ value: new Uint8Array(new SharedArrayBuffer(64 * MEBIBYTE)) })),
    call('100,000 rows', () => ({ value: rows(100_000) })),
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
  ],
});

interface Argument {
  readonly value: unknown;
  readonly transfer?: readonly ArrayBuffer[];
}

function call(name: string, make: () => Argument): Case<Pool> {
  const task = name.endsWith('rows') ? 'rowCount' : 'byteLength';
  return {
    name,
    sample: async (pool, effort) => {
      const took: number[] = [];
      for (let i = 0; i < Math.ceil(5 * effort); i++) {
        const { value, transfer } = make();
        await pause(5);
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
