import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from '../../src/cli/find/page.js';
import type { Judged, Summary } from '../../src/cli/find/summary.js';
import { isThere, launched, legibility, looks, opened } from './browser.js';

/** As a day's work would find it: long names, long lines, many stalls, one at the very end. */
const SECONDS = 60;
const finding = (name: string, count: number, threadId = 0): Judged => {
  const stalls = Array.from({ length: count }, (_, at) => ({ at: (at * (SECONDS * 1_000 - 430)) / count, ms: 30 + ((at * 37) % 400) }));
  return {
    name,
    file: `/srv/application/services/a-rather-long-name-of-a-folder/${name}.mjs`,
    line: 12,
    isInline: false,
    caller: { name: 'theHandlerThatCallsItForEveryRequest', file: '/srv/application/routes.mjs', line: 40 },
    program: '/srv/application/server.mjs',
    threadId,
    stalls,
    longest: Math.max(...stalls.map(({ ms }) => ms)),
    total: stalls.reduce((sum, { ms }) => sum + ms, 0),
    builtin: undefined,
    twin: undefined,
    probe: undefined,
    change: {
      file: '/srv/application/routes.mjs',
      line: 41,
      also: [44],
      before: `return ${name}(${'rowsWithAllTheirColumns, '.repeat(8)}"<b>&amp;</b>");`,
      after: `return await runInExecutor(${name}, ${'rowsWithAllTheirColumns, '.repeat(8)}"<b>&amp;</b>");`,
      imports: ["import { runInExecutor } from 'run-in-executor';"],
      needsAsync: true,
      within: 'a function that has to become async',
    },
    verdict: { kind: 'worth it', inWords: 'Worth a thread: copying (101 KiB there, 53.8 KiB back) takes about 1.0 ms of its 236.' },
  };
};
const found: Summary = {
  thresholdMs: 20,
  seconds: SECONDS,
  lookingSeconds: 2,
  stalls: 342,
  stalledMs: 40_000,
  findings: [finding('renderTheWholeMonthlyReportWithAllItsPages', 300), finding('priceList', 40), finding('hash', 2)],
  elsewhere: [finding('compress', 25, 1)],
  loadingMs: 0,
  lostThreads: 0,
};

describe.skipIf(!isThere)('the page of stalls in a browser', () => {
  let browser: Browser;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'run-in-executor-stalls-'));
    writeFileSync(join(folder, 'stalls.html'), page(found, 'node server.mjs'));
    url = pathToFileURL(join(folder, 'stalls.html')).href;
    browser = await launched();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(looks)(
    '%s: no error, no request, every stall drawn within its strip, nothing over the edge, no letter too small or too faint',
    async (_, width, colorScheme) => {
      const { page: shown, complaints } = await opened(browser, url, width, colorScheme);
      expect(complaints).toEqual([]);
      expect(await shown.evaluate(strips)).toEqual([...found.findings, ...found.elsewhere].map(({ stalls }) => ({ drawn: stalls.length })));
      expect(await shown.evaluate(legibility)).toEqual({ overflow: 0, small: [], faint: [] });
      // What is code is shown as it stands, not as HTML.
      expect(await shown.locator('ins').nth(1).textContent()).toContain('"<b>&amp;</b>");');
      await shown.close();
    },
  );
});

// What follows runs in the page, whose globals the tests' types do not know.
declare const document: { querySelectorAll(selector: string): Iterable<Box> };
interface Box {
  querySelectorAll(selector: string): Iterable<Box>;
  getBoundingClientRect(): { left: number; right: number; top: number; bottom: number; width: number; height: number };
}

/** Of each strip, the bars that can be seen in it. */
function strips(): { drawn: number }[] {
  return [...document.querySelectorAll('svg')].map((svg) => {
    const strip = svg.getBoundingClientRect();
    const bars = [...svg.querySelectorAll('rect')].map((bar) => bar.getBoundingClientRect());
    const within = ({ left, right, top, bottom, width, height }: (typeof bars)[number]) =>
      left >= strip.left - 1 &&
      right <= strip.right + 1 &&
      top >= strip.top - 1 &&
      bottom <= strip.bottom + 1 &&
      width > 0.5 &&
      height > 0.5;
    return { drawn: bars.filter(within).length };
  });
}
