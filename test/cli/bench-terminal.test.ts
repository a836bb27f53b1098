import { benchmarkPoolSizes, type PoolSizeResult } from 'run-in-executor/bench';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chart } from '../../src/cli/bench/chart.js';
import { compared } from '../../src/cli/bench/compare.js';
import { comparisonLines } from '../../src/cli/bench/comparison-lines.js';
import { percent, rate, seconds, sizes, threshold } from '../../src/cli/bench/flags.js';
import { markdown } from '../../src/cli/bench/markdown.js';
import { printed } from '../../src/cli/bench/printed.js';
import { reportBody } from '../../src/cli/bench/report-body.js';
import { table } from '../../src/cli/bench/table.js';
import { MockMeasurer } from '../benchmark/mock-measurer.js';

let result: PoolSizeResult;
beforeAll(async () => {
  result = await benchmarkPoolSizes(() => {}, [], {
    name: 'digest',
    measurer: new MockMeasurer({ call: 8, computing: 1, sigma: 0.05, cores: 4 }),
  });
});

const { columns, isTTY } = process.stdout;
afterEach(() => {
  Object.assign(process.stdout, { columns, isTTY });
  delete process.env.NO_COLOR;
});

test.each([40, 52, 80, 120, 200])('in %i columns nothing runs over the edge, and the sizes with their throughput are there', (width) => {
  Object.assign(process.stdout, { columns: width });
  const lines = printed(result).split('\n');
  expect(lines.filter((line) => line.length > width && !/https?:|--/.test(line))).toEqual([]);
  const head = table(result).split('\n')[0];
  expect(head).toMatch(/threads +calls\/s/);
  expect(head?.includes('memory')).toBe(width >= 200);
});

test('a terminal gets colours, and none under NO_COLOR', () => {
  Object.assign(process.stdout, { isTTY: true, columns: 80, hasColors: () => process.env.NO_COLOR === undefined });
  delete process.env.NO_COLOR;
  expect(printed(result)).toContain('\u001b[');
  process.env.NO_COLOR = '1';
  expect(printed(result)).not.toContain('\u001b');
  Reflect.deleteProperty(process.stdout, 'hasColors');
});

test('the chart has a bar for each size, the highest for the best', () => {
  const drawn = chart(result, 80) ?? '';
  const bars = drawn.split('\n').flatMap((line) => [...line.matchAll(/█/g)].map(({ index }) => index));
  expect(new Set(bars).size).toBe(result.sizes.length);
  expect(chart(result, 12)).toBeUndefined();
});

describe('values of flags:', () => {
  test('sizes are a range, a list, or both', () => {
    expect([sizes('1..4'), sizes('4,1,2'), sizes('1,2,4..6'), sizes('3')]).toEqual([[1, 2, 3, 4], [1, 2, 4], [1, 2, 4, 5, 6], [3]]);
  });

  test('times have units where they are given', () => {
    expect([seconds('30'), seconds('500ms'), seconds('2m'), seconds('1.5s')]).toEqual([30, 0.5, 120, 1.5]);
    expect([percent('5'), percent('2.5%'), rate('200')]).toEqual([5, 2.5, 200]);
  });

  test('a threshold is calls a second, or a share', () => {
    expect([threshold('1,500'), threshold('90%')]).toEqual([
      { kind: 'throughput', value: 1_500 },
      { kind: 'share', value: 0.9 },
    ]);
  });
});

test('a comparison tells what changed beyond doubt, and nothing else', () => {
  const [one, ...others] = result.sizes;
  const halved = {
    ...result,
    sizes: [{ ...one, throughput: { ...one?.throughput, mean: 2 * (one?.throughput.mean ?? 0) } }, ...others],
  } as PoolSizeResult;
  const date = result.date.slice(0, 10);
  expect(comparisonLines(compared(halved, result))).toEqual([`Since ${date}:`, '  1 thread does 50 % fewer calls a second']);
  expect(comparisonLines(compared(result, result))).toEqual([`Since ${date}: no change beyond what rounds differ by`]);
});

test.each([
  [
    '--max-time 40, on a machine with nothing else to do',
    '`--max-time 40`, on a machine',
    '<code class="flag">--max-time 40</code>, on a machine',
  ],
  [
    '--threads 1..8, or a lower --rate',
    '`--threads 1..8`, or a lower `--rate`',
    '--threads 1..8</code>, or a lower <code class="flag">--rate</code>',
  ],
  ["--eval '() => 1' that does many, as `map` does", "`--eval '() => 1'` that does many, as `map` does", '</code> that does many'],
])('of what is to be tried next, code is what can be typed: %s', (next, inMarkdown, inPage) => {
  const warned: PoolSizeResult = { ...result, warnings: [{ code: 'noisy', message: 'It differs', next }] };
  expect(markdown(warned)).toContain(`- It differs; try ${inMarkdown}`);
  expect(reportBody(warned)).toContain(inPage);
});
