import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { PoolSizeResult } from 'run-in-executor/bench';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';
import { isThere, launched, legibility, looks, opened } from './browser.js';

describe.skipIf(!isThere)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;
  let url: string;
  let result: PoolSizeResult;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'run-in-executor-report-'));
    const file = join(folder, 'report.html');
    url = pathToFileURL(file).href;
    const work = '() => { for (let i = 0; i < 1e6; i++); }';
    const { stdout } = await commandLine(['bench', '-e', work, '--threads', '1..4', '--max-time', '1', '--json', '--report', file]);
    result = JSON.parse(stdout);
    browser = await launched();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(looks)(
    '%s: no error, no request, every chart with all its points, nothing over the edge, no letter too small or too faint',
    async (_, width, colorScheme) => {
      const { page, complaints } = await opened(browser, url, width, colorScheme);
      const charts = await page.evaluate(drawn);
      expect(complaints).toEqual([]);
      expect(charts.map(({ id, points }) => [id, points])).toEqual(expectedPoints(result));
      expect(charts.filter(({ blank }) => blank)).toEqual([]);
      const { overflow, small, faint } = await page.evaluate(legibility);
      expect({ overflow, small, faint }).toEqual({ overflow: 0, small: [], faint: [] });
      expect(await page.locator('table.sizes tbody tr').count()).toBe(result.sizes.length);
      expect(await page.locator('.size').textContent()).toMatch(/thread|plainly/);
      await page.close();
    },
  );
});

function expectedPoints({ sizes, fit }: PoolSizeResult): [string, Record<string, number>][] {
  const each = sizes.length;
  const rounds = sizes.reduce((sum, { samples }) => sum + samples.throughput.length, 0);
  const calls = sizes.reduce((sum, { samples }) => sum + samples.calls.length, 0);
  const timed = sizes.filter(({ spent }) => spent !== null).length;
  return [
    ['throughput', { ...(fit !== null && { 'fitted curve': 61 }), rounds, measured: each }],
    ['latency', { p99: each, p90: each, p50: each, 'running, p50': each }],
    ['efficiency', { 'all that can be had': each, 'speed-up for each thread': each }],
    ['spent', { '+ blocked': timed, '+ in line for a processor': timed, computing: timed }],
    ['samples', { 'calls, from call to result': calls }],
  ];
}

interface Drawn {
  readonly id: string;
  readonly points: Record<string, number>;
  /** Fewer than three colours. */
  readonly blank: boolean;
}

// What follows runs in the page, whose globals the tests' types do not know.
declare const document: { querySelectorAll(selector: string): Iterable<Figure> };
interface Figure {
  readonly id: string;
  readonly dataset: Record<string, string>;
  querySelector(selector: string): {
    width: number;
    height: number;
    getContext(kind: '2d'): { getImageData(...box: number[]): { data: Uint8ClampedArray } };
  };
}

function drawn(): Drawn[] {
  return [...document.querySelectorAll('figure')].map((figure) => {
    const canvas = figure.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 200) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return { id: figure.id, points: JSON.parse(figure.dataset.points ?? '{}'), blank: colours.size < 3 };
  });
}
