/**
 * A bar on standard error while it measures: nothing at all where that is no terminal.
 */
import { type Bar, Presets, SingleBar } from 'cli-progress';
import { counted } from '../../benchmark/figures.js';
import type { BenchmarkProgress } from '../../benchmark/index.js';

/** Columns that the words beside the bar take. */
const WORDS = 44;
const NARROWEST = 6;
const WIDEST = 30;

export class Progress {
  #bar: Bar | undefined;

  show(step: BenchmarkProgress): void {
    this.#bar ??= started();
    this.#bar?.update(Math.round(1_000 * step.done), { words: words(step) });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

function started(): Bar | undefined {
  const { stderr } = process;
  if (stderr.isTTY !== true || process.env.TERM === 'dumb') return undefined;
  const barsize = Math.min(WIDEST, Math.max(NARROWEST, (stderr.columns ?? 80) - WORDS));
  const bar = new SingleBar(
    { format: '{bar} {words}', barsize, clearOnComplete: true, hideCursor: true, stream: stderr },
    Presets.shades_classic,
  );
  bar.start(1_000, 0, { words: '' });
  return bar;
}

function words({ phase, size, round, precision }: BenchmarkProgress): string {
  const threads = counted(size, 'thread');
  if (phase === 'direct') return 'the plain call';
  if (phase === 'crossing') return 'what crossing costs';
  if (phase === 'warm-up') return `warming up ${threads}`;
  return `round ${round}, ${threads}${Number.isFinite(precision) ? `, ± ${(100 * precision).toFixed(0)} %` : ''}`;
}
