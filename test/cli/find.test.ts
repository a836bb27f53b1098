import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';
import type { Outcome } from '../setup/programs.js';

interface Found {
  readonly stalls: number;
  readonly findings: readonly Finding[];
  readonly elsewhere: readonly Finding[];
}

interface Finding {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly caller?: { readonly name: string; readonly file: string };
  readonly stalls: readonly { readonly at: number; readonly ms: number }[];
  readonly longest: number;
  readonly total: number;
  readonly verdict: { readonly kind: string; readonly inWords: string };
  readonly change?: { readonly before: string; readonly after: string; readonly needsAsync: boolean };
}

describe('on a service with three stalls among ordinary routes, timers and threads, find', () => {
  let folder: string;
  let outcome: Outcome;
  let found: Found;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'run-in-executor-find-test-'));
    const program = ['--', process.execPath, 'examples/service-with-stalls.mjs'];
    outcome = await commandLine(['find', '--json', '--threshold', '40', '--report', join(folder, 'report.html'), ...program], undefined, {
      ROUNDS: '8',
    });
    found = JSON.parse(outcome.stdout) as Found;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds all three, ranks them by what they cost, and blames nothing else', () => {
    expect(found.findings.map(({ name, file }) => `${basename(file)}: ${name}`)).toEqual([
      'images.mjs: thumbnail',
      'prices.mjs: priceList',
      'accounts.mjs: passwordHash',
    ]);
    const totals = found.findings.map(({ total }) => total);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    for (const { stalls, longest, total } of found.findings) {
      expect(stalls.length).toBeGreaterThan(1);
      expect(longest).toBe(Math.max(...stalls.map(({ ms }) => ms)));
      expect(total).toBeCloseTo(stalls.reduce((sum, { ms }) => sum + ms, 0));
    }
  });

  test('says who called: the handler by its place, an async function by its name', () => {
    expect(found.findings.map(({ caller }) => caller?.name)).toEqual(['(anonymous)', 'listed', '(anonymous)']);
    for (const { caller } of found.findings) expect(basename(caller?.file ?? '')).toBe('service-with-stalls.mjs');
  });

  test('points at the asynchronous twin where Node has one, and weighs what the others take and return', () => {
    expect(found.findings.map(({ verdict }) => verdict.kind)).toEqual(['twin', 'worth it', 'twin']);
    const [thumbnail, priceList, passwordHash] = found.findings.map(({ verdict }) => verdict.inWords);
    expect(thumbnail).toContain('execFile of node:child_process');
    expect(passwordHash).toContain('pbkdf2 of node:crypto');
    // 2,000 orders go, their list comes back: sizes of the messages, whatever the machine.
    expect(priceList).toMatch(/copying \(10\d KiB there, 5\d\.\d KiB back\) takes about/);
  });

  test('writes the line to change, as it is and as it would be', () => {
    expect(found.findings.map(({ change }) => change?.after.slice(0, 60))).toEqual([
      "return (await promisify(execFile)(process.execPath, ['-e', `setTimeout(() =>".slice(0, 60),
      "return await runInExecutor(priceList, rows, { currency: 'EUR' });".slice(0, 60),
      "return (await promisify(pbkdf2)(password, salt, 200_000, 64, 'sha512')).toString('hex');".slice(0, 60),
    ]);
    expect(found.findings.map(({ change }) => change?.needsAsync)).toEqual([true, false, true]);
  });

  test('tells the other threads apart: what they do holds up nobody', () => {
    expect(found.elsewhere.map(({ name }) => name)).toEqual(['compress']);
  });

  test('exits with 1, and leaves the output of the program alone', () => {
    expect(outcome.exitCode).toBe(1);
    // With --json, standard output is the JSON's.
    expect(outcome.stderr).toContain('200 /thumbnail\n404 /nowhere\n');
  });

  test('draws every stall on the page', () => {
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    const drawn = [...found.findings, ...found.elsewhere].reduce((sum, { stalls }) => sum + stalls.length, 0);
    expect(page.match(/<rect /g)).toHaveLength(drawn);
    expect(page, 'opens offline').not.toMatch(/(src|href)=|@import|url\(/);
  });
});

test('a program that never stalls is told so, and the exit code is 0', async () => {
  const { exitCode, stdout } = await commandLine(['find', '--', process.execPath, '-e', 'setTimeout(() => console.log("mine"), 100)']);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^mine\n\nWatched for .* there is nothing to offload\.\n$/s),
  });
});

test('a program that is not there, and one that is no program of Node, are refused', async () => {
  expect(await commandLine(['find', '--', 'no-such-program-at-all'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('there is no program no-such-program-at-all'),
  });
  expect(await commandLine(['find', '--', 'true'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no Node was started') });
});

test('a program that fails is no answer: its error is its own, and the exit code is 3', async () => {
  const { exitCode, stderr } = await commandLine(['find', '--', process.execPath, '-e', 'throw new RangeError("odd")']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('RangeError: odd');
});
