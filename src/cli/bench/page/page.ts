/**
 * Runs in the report, in a browser: draws its charts from the result that stands in the page, and again when the colours or the width change.
 */
import './page.css';
import uPlot from 'uplot';
import { type Chart, chartsOf, type Report, type Series } from './charts.js';

/** CSS pixels. */
const HEIGHT = 280;
const FONT = '13px system-ui, sans-serif';

/** Times this the next size: they are drawn at equal distances then. */
const WIDE = 12;

const report = JSON.parse(document.getElementById('result')?.textContent ?? '') as Report;
const dark = matchMedia('(prefers-color-scheme: dark)');
const charts = chartsOf(report);
const drawn = new Map<string, uPlot>();

draw();
dark.addEventListener('change', draw);
addEventListener('beforeprint', draw);
new ResizeObserver(resize).observe(document.body);

function draw(): void {
  for (const [id, chart] of Object.entries(charts)) {
    const figure = document.getElementById(id);
    const place = figure?.querySelector<HTMLElement>('.chart');
    if (!figure || !place) continue;
    drawn.get(id)?.destroy();
    drawn.set(id, new uPlot(options(chart, place.clientWidth), aligned(chart.series), place));
    // How many points of each series were drawn: for tests, and for who looks at the page's source.
    figure.dataset.points = JSON.stringify(Object.fromEntries(chart.series.map(({ label, points }) => [label, points.length])));
  }
}

function resize(): void {
  for (const plot of drawn.values()) {
    const width = plot.root.parentElement?.clientWidth ?? plot.width;
    if (width !== plot.width) plot.setSize({ width, height: HEIGHT });
  }
}

function options(chart: Chart, width: number): uPlot.Options {
  const sizes = report.result.sizes.map(({ threads }) => threads);
  const [first = 1, last = 1] = [sizes[0], sizes.at(-1)];
  const logarithmic = last / first >= WIDE;
  const text = color('--text');
  const axis = {
    stroke: text,
    font: FONT,
    labelFont: FONT,
    labelSize: 22,
    grid: { stroke: color('--grid'), width: 1 },
    ticks: { stroke: color('--grid'), width: 1 },
  };
  const margin = logarithmic ? 1.25 : (last - first) * 0.06 + 0.2;
  return {
    width,
    height: HEIGHT,
    scales: {
      x: {
        time: false,
        range: logarithmic ? [first / margin, last * margin] : [first - margin, last + margin],
        ...(logarithmic && { distr: 3, log: 2 }),
      },
      y: chart.logarithmic ? { distr: 3, log: 10 } : { range: (_, __, most) => [0, most * 1.08 || 1] },
    },
    axes: [
      {
        ...axis,
        label: 'threads',
        splits: () => fitting(sizes, width, logarithmic),
        values: (_, splits) => splits.map(String),
        filter: (_, splits) => splits,
      },
      { ...axis, size: 64, values: (_, splits) => splits.map((value) => (value === null ? '' : chart.format(value))) },
    ],
    series: [{ label: 'threads' }, ...chart.series.map(seriesOptions)],
    legend: { live: false },
    cursor: { show: false },
    hooks: { draw: [(plot) => marks(plot, chart)] },
  };
}

function seriesOptions({ label, color: name, line, dashed, size }: Series): uPlot.Series {
  const stroke = color(name);
  return {
    label,
    stroke,
    width: line ? 2 : 0,
    spanGaps: true,
    ...(dashed && { dash: [6, 5] }),
    ...(!line && { paths: () => null }),
    points: { show: size !== undefined, size: size ?? 0, stroke, fill: stroke },
  };
}

/** The recommended size, and the whiskers of what is uncertain. */
function marks(plot: uPlot, chart: Chart): void {
  const { ctx, bbox } = plot;
  const { threads } = report.result.answer;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (threads > 0) {
    const x = plot.valToPos(threads, 'x', true);
    ctx.strokeStyle = color('--accent');
    ctx.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.strokeStyle = color('--accent');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const [size, low, high] of chart.whiskers ?? []) {
    const x = plot.valToPos(size, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, plot.valToPos(low, 'y', true));
    ctx.lineTo(x, plot.valToPos(high, 'y', true));
    ctx.stroke();
  }
  ctx.restore();
}

/** One column of sizes for all series, as uPlot wants them. */
function aligned(series: readonly Series[]): uPlot.AlignedData {
  const x = [...new Set(series.flatMap(({ points }) => points.map(([size]) => size)))].sort((a, b) => a - b);
  const columns = series.map(({ points }) => {
    const known = new Map(points);
    return x.map((size) => known.get(size) ?? null);
  });
  return [x, ...columns];
}

/** Labels that do not run into each other. */
function fitting(sizes: readonly number[], width: number, logarithmic: boolean): number[] {
  if (logarithmic) return sizes.filter((size, at) => at === 0 || size >= 1.4 * (sizes[at - 1] ?? 0));
  const span = (sizes.at(-1) ?? 1) - (sizes[0] ?? 1) || 1;
  const apart = (26 * span) / Math.max(1, width - 100);
  let last = Number.NEGATIVE_INFINITY;
  return sizes.filter((size) => {
    if (size - last < apart) return false;
    last = size;
    return true;
  });
}

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
