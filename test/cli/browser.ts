/**
 * Reports in a browser: Chromium at /usr/bin/chromium, or where CHROMIUM says.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is one; a test that cannot run without says so. */
export const isThere = existsSync(executablePath);
if (!isThere) console.log(`Not run: reports in a browser, for there is no Chromium at ${executablePath}; CHROMIUM says where one is`);

export function launched(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** The ways in which a report is looked at. */
export const looks = [
  ['wide and light', 1_200, 'light'],
  ['wide and dark', 1_200, 'dark'],
  ['on a phone', 360, 'light'],
  ['on a phone at night', 360, 'dark'],
] as const;

/** The page, and what it complained of or fetched while it opened. */
export async function opened(
  browser: Browser,
  url: string,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => request.url() !== url && !request.url().startsWith('data:') && complaints.push(request.url()));
  await page.goto(url);
  return { page, complaints };
}

// What follows runs in the page, whose globals the tests' types do not know.
declare const document: { querySelectorAll(selector: string): Iterable<PageElement>; documentElement: PageElement };
declare const getComputedStyle: (element: PageElement) => { fontSize: string; color: string; backgroundColor: string };
interface PageElement {
  readonly tagName: string;
  readonly parentElement: PageElement | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly childNodes: Iterable<{ nodeType: number; textContent: string }>;
}

/** What stands over the edge, and what is too small or too faint to read. */
export function legibility(): { overflow: number; small: string[]; faint: string[] } {
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
