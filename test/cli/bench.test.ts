import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolSizeResult } from 'run-in-executor/bench';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine, root } from '../setup/command-line.js';

/** About a millisecond. */
const WORK = '() => { for (let i = 0; i < 1e6; i++); }';
const QUICK = ['--threads', '1,2', '--max-time', '300ms'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-in-executor-bench-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noControlCharactersInRegex: control codes are what must not be there.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\u009b]/;

test('in a pipe it prints a table, a chart and an answer, without a control code, and no progress', async () => {
  const { exitCode, stdout, stderr } = await commandLine(['bench', '-e', WORK, ...QUICK]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).not.toMatch(CONTROL);
  expect(stdout).toMatch(/^ *threads +calls\/s/m);
  expect(stdout).toContain('█');
  expect(stdout).toMatch(/^→ (\d threads?|call it plainly) \(/m);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

describe('targets and arguments:', () => {
  test.concurrent.each([
    ['a builtin, JSON', ['node:zlib#gzipSync', '--args', '["some text"]']],
    ['a file', ['./examples/pool-size/workloads.mjs#hash', '--args', '["secret"]']],
    ['a package', ['lodash#chunk', '--args', '[[1,2,3,4], 2]']],
    ['arguments from a module', ['node:zlib#gzipSync', '--args-file', 'test/fixtures/cli/body.mjs']],
    ['arguments from a JSON file', ['node:zlib#gzipSync', '--args-file', 'test/fixtures/cli/body.json']],
    ['arguments made for each call, at a rate', ['node:zlib#gzipSync', '--args-file', 'test/fixtures/cli/bodies.mjs', '--rate', '50']],
  ])('%s', async (_, args) => {
    const { exitCode, stdout, stderr } = await commandLine(['bench', ...args, ...QUICK, '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const result = JSON.parse(stdout) as PoolSizeResult;
    expect(result).toMatchObject({ version: 1, function: args[0], sizes: [{ threads: 1 }, { threads: 2 }] });
  });

  test('TypeScript, through the loader of the user', async () => {
    const args = ['bench', './test/fixtures/modules/typed.ts#describeRow', '--args', '[{ "name": "one" }]', ...QUICK, '--json'];
    const { exitCode, stdout } = await commandLine(args, root, { NODE_OPTIONS: '--import tsx' });
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as PoolSizeResult).version).toBe(1);
  });
});

describe('what is not understood is answered with the nearest right thing:', () => {
  test.concurrent.each([
    [['--threads', '8..1'], 'It takes sizes from 1 to 1024, as a range or a list: 1..8, or 1,2,4,8; the nearest is 1..8'],
    [['--threads', '0..4'], 'the nearest is 1..4'],
    [['--max-time', '-3'], 'It takes seconds, above 0; the nearest is 3'],
    [['--precision', '400%'], 'It takes percent, above 0 and below 100; the nearest is 99'],
    [['--fail-below', 'fast'], '500, or 90%'],
    [['--fail-below', '90%'], '--fail-below takes a percentage of an earlier result: give that with --compare'],
    [['--rate', '10', '--concurrency', '2'], 'give one of them'],
    [['--args', 'secret'], `--args takes a JSON array with the arguments`],
    [['--args', 'secret'], `the nearest is '["secret"]'`],
    [['--args', '"secret"'], `received string; the nearest is '["secret"]'`],
    [['--args-file', 'nowhere.json'], 'there is no file nowhere.json'],
    [['--compare', 'package.json'], 'package.json is no result of bench --json'],
    [['--thread', '2'], 'The nearest is -t, --threads <sizes>'],
  ])('%j', async (flags, complaint) => {
    const { exitCode, stdout, stderr } = await commandLine(['bench', '-e', WORK, ...flags]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(stderr, 'a stack helps nobody here').not.toContain('    at ');
  });
});

test('what the function throws is told with its own stack, and exits with 3; where it got no arguments, how to give it some', async () => {
  const { exitCode, stderr } = await commandLine(['bench', '-e', "() => { throw new RangeError('odd'); }", ...QUICK]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('RangeError: odd');
  expect(stderr).toContain("--args '[…]'");
  expect(stderr).not.toContain('dist/src');
});

test('an earlier result is compared with, as text and as Markdown, and a threshold holds or exits with 1', async () => {
  const first = await commandLine(['bench', '-e', WORK, ...QUICK, '--json']);
  const result = JSON.parse(first.stdout) as PoolSizeResult;
  // A thousand times slower then: whatever the machine does, it is faster now. And a thousand times faster.
  const before = (factor: number) => {
    const file = join(folder, `before-${factor}.json`);
    const sizes = result.sizes.map((size) => ({ ...size, throughput: { mean: size.throughput.mean * factor, within: 0, count: 5 } }));
    writeFileSync(file, JSON.stringify({ ...result, sizes }));
    return file;
  };
  const slower = await commandLine(['bench', '-e', WORK, ...QUICK, '--compare', before(0.001), '--fail-below', '90%', '--markdown']);
  expect(slower).toMatchObject({ exitCode: 0, stderr: '' });
  expect(slower.stdout).toMatch(/^\| threads \| calls\/s \|/m);
  expect(slower.stdout).toContain(`Since ${result.date.slice(0, 10)}`);
  const faster = await commandLine(['bench', '-e', WORK, ...QUICK, '--compare', before(1_000), '--fail-below', '90%']);
  expect(faster.exitCode).toBe(1);
  expect(faster.stderr).toMatch(
    /the best size does [\d.,]+ calls a second, fewer than the [\d.,]+ \(90% of [\d.,]+\) that --fail-below asks for/,
  );
  expect((await commandLine(['bench', '-e', WORK, ...QUICK, '--fail-below', '1e12'])).exitCode).toBe(2);
  expect((await commandLine(['bench', '-e', WORK, ...QUICK, '--fail-below', '1,000,000,000'])).exitCode).toBe(1);
});

test('the report is one file that fetches nothing, and holds the result', async () => {
  const file = join(folder, 'report.html');
  const { exitCode, stdout } = await commandLine(['bench', '-e', `${WORK} // <script>`, ...QUICK, '--json', '--report', file]);
  expect(exitCode).toBe(0);
  const html = readFileSync(file, 'utf8');
  const held = /<script type="application\/json" id="result">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(JSON.parse(held)).toEqual({ result: JSON.parse(stdout) });
  expect(html).not.toMatch(/<(?:link|img|iframe)\b|<script[^>]*\bsrc=|@import|url\(/);
  expect(html).toContain('// &lt;script&gt;</h1>');
});
