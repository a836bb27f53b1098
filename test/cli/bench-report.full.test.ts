/**
 * The report in a browser: Chromium at /usr/bin/chromium, or where CHROMIUM says.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import type { PoolSizeResult } from 'run-in-executor/bench';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.log(`Not run: the report in a browser, for there is no Chromium at ${executablePath}; CHROMIUM says where one is`);

describe.skipIf(!present)('the report in a browser', () => {
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
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['wide and light', 1_200, 'light'],
    ['wide and dark', 1_200, 'dark'],
    ['on a phone', 360, 'light'],
  ] as const)(
    '%s: no error, no request, every chart with all its points, nothing over the edge, no letter too small or too faint',
    async (_, width, colorScheme) => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => request.url() !== url && !request.url().startsWith('data:') && complaints.push(request.url()));
      await page.goto(url);
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
declare const document: { querySelectorAll(selector: string): Iterable<PageElement>; documentElement: PageElement; body: PageElement };
declare const getComputedStyle: (element: PageElement) => { fontSize: string; color: string; backgroundColor: string; display: string };
interface PageElement {
  readonly id: string;
  readonly tagName: string;
  readonly dataset: Record<string, string>;
  readonly parentElement: PageElement | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly textContent: string;
  readonly childNodes: Iterable<{ nodeType: number; textContent: string }>;
  querySelector(selector: string): PageElement & {
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

function legibility(): { overflow: number; small: string[]; faint: string[] } {
  const small: string[] = [];
  const faint: string[] = [];
  const channels = (css: string) => (css.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (css: string) => {
    const [r = 0, g = 0, b = 0] = channels(css).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element: PageElement | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const own = getComputedStyle(element).backgroundColor;
    return own.startsWith('rgba') && own.endsWith(', 0)') ? background(element.parentElement) : own;
  };
  for (const element of document.querySelectorAll('body *')) {
    if (element.tagName === 'SCRIPT' || element.tagName === 'NOSCRIPT') continue;
    const text = [...element.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ textContent }) => textContent.trim())
      .join('');
    if (text === '') continue;
    const { fontSize, color } = getComputedStyle(element);
    if (Number.parseFloat(fontSize) < 13) small.push(`${text}: ${fontSize}`);
    const [one, other] = [luminance(color), luminance(background(element))].sort((a, b) => b - a) as [number, number];
    // WCAG 2, AA.
    if ((one + 0.05) / (other + 0.05) < 4.5) faint.push(`${text}: ${color} on ${background(element)}`);
  }
  return { overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth, small, faint };
}
