/**
 * The report: one page that needs nothing else, no script and no network. Each function has a strip on which its stalls stand where they
 * were in time; the strips stretch, the words do not, so that it reads on a phone as well.
 */

import { scaleLinear } from 'd3-scale';
import { escaped } from '../escaped.js';
import { diffOf, pathOf, placeIn, time, times, watchedFor } from './in-words.js';
import { STYLE } from './page-style.js';
import type { Judged, Summary } from './summary.js';

/** @param program as it was called */
export function page(found: Summary, program: string): string {
  const { findings, elsewhere, seconds, stalls, stalledMs, thresholdMs } = found;
  const tallest = Math.max(...[...findings, ...elsewhere].map(({ longest }) => longest), thresholdMs);
  const chart = (finding: Judged): string => strip(finding, seconds * 1_000, tallest);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stalls of ${escaped(program)}</title>
<style>${STYLE}</style>
<main>
<h1>Stalls of <code>${escaped(program)}</code></h1>
<p>${watchedFor(found)} ${
    stalls === 0
      ? `No turn of the event loop took ${thresholdMs} ms or longer.`
      : `The event loop stalled <b>${times(stalls)}</b> for ${thresholdMs} ms or longer, <b>${time(stalledMs)}</b> in all.`
  }</p>
${findings.map((finding, i) => section(finding, i + 1, chart(finding))).join('\n')}
${elsewhere.length === 0 ? '' : `<h2>On other threads</h2>\n<p>They hold up no event loop but their own.</p>\n${elsewhere.map((finding) => section(finding, undefined, chart(finding))).join('\n')}`}
<p class="note">Sizes and copying were measured on up to three calls of each function while the program ran: written and read once, as a message between threads is. The times are those of V8's profiler, a sample a millisecond.</p>
</main>
<script type="application/json" id="data">${JSON.stringify(found).replaceAll('<', '\\u003c')}</script>
</html>
`;
}

function section(finding: Judged, rank: number | undefined, chart: string): string {
  const { name, file, line, stalls, total, longest, caller, verdict, change } = finding;
  return `<section class="${rank === undefined ? 'other' : 'finding'}">
<h2>${rank === undefined ? '' : `${rank}. `}<code>${escaped(name)}</code></h2>
<p class="where">${escaped(pathOf(file))}:${line}${caller === undefined ? '' : `, called by <code>${escaped(caller.name)}</code>, ${escaped(pathOf(caller.file))}:${caller.line}`}</p>
<p><b>${times(stalls.length)}</b>, <b>${time(total)}</b> in all, the longest <b>${time(longest)}</b></p>
${chart}
${rank === undefined ? '' : `<p>${escaped(verdict.inWords)}</p>`}
${rank === undefined || change === undefined || /^not/.test(verdict.kind) ? '' : `<p class="where">In ${escaped(placeIn(change))}:</p><pre>${diffOf(change).map(marked).join('')}</pre>`}
</section>`;
}

function marked(line: string): string {
  const text = escaped(line);
  return line.startsWith('-') ? `<del>${text}</del>` : line.startsWith('+') ? `<ins>${text}</ins>` : `<span>${text}</span>`;
}

/** A stall is as wide as it was long, but wide enough to be seen, and as high as it was long beside the longest of all. */
function strip({ name, stalls }: Judged, duration: number, tallest: number): string {
  const x = scaleLinear([0, duration], [0, WIDTH]);
  const y = scaleLinear([0, tallest], [0, HEIGHT]);
  const bars = stalls.map(({ at, ms }) => {
    const height = y(ms);
    const from = Math.min(x(at), WIDTH - NARROWEST);
    return `<rect x="${from.toFixed(2)}" y="${(HEIGHT - height).toFixed(2)}" width="${Math.max(x(ms), NARROWEST).toFixed(2)}" height="${height.toFixed(2)}"><title>${time(ms)}, ${(at / 1_000).toFixed(2)} s from the start</title></rect>`;
  });
  const ticks = scaleLinear([0, duration / 1_000], [0, 100])
    .ticks(MOST_TICKS)
    .filter((second) => second * 1_000 < duration * 0.96);
  const labels = ticks.map((second) => `<span style="left:${((second * 1e5) / duration).toFixed(2)}%">${second} s</span>`);
  return `<figure aria-label="Stalls of ${escaped(name)} over time"><div class="scale">↑ ${time(tallest)}</div>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img">${bars.join('')}</svg>
<div class="axis">${labels.join('')}</div></figure>`;
}

/** Of the drawing, which is stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 100;
const NARROWEST = 3;
const MOST_TICKS = 5;
