/**
 * All of the report that is words and numbers: it can be read without the script, which only draws.
 */
import { count, counted, ms, share } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { escaped } from '../escaped.js';
import { COLUMNS } from './columns.js';
import { typed } from './typed.js';

export function reportBody(result: PoolSizeResult): string {
  return `<header>
<h1>${escaped(result.function)}</h1>
<p class="quiet">Which pool size? Measured ${escaped(result.date.slice(0, 16).replace('T', ' '))} UTC, ${counted(result.rounds, 'round')} in ${ms(result.took)}</p>
</header>
<main>
${answer(result)}
${warnings(result)}
<div class="charts">
${FIGURES.map(([id, title, words]) => figure(id, title, words)).join('\n')}
</div>
<noscript><p class="card">The charts need a script, which this page holds itself; all numbers stand below.</p></noscript>
<section class="card"><h2>Each size</h2>${table(result)}</section>
<section class="card"><h2>What was measured</h2>${facts(result)}</section>
</main>`;
}

function answer({ answer: { threads, verdict, confidence, reason }, rounds }: PoolSizeResult): string {
  const size = threads === 0 ? 'Call it plainly' : counted(threads, 'thread');
  return `<section class="card${threads === 0 ? ' plainly' : ''}"><p class="size">${size}</p>${threads === 0 ? '' : `\n<p><code>new Executor({ maxThreads: ${threads} })</code></p>`}
<p>${escaped(reason)}</p>
<p class="quiet">${verdict}, ${confidence.level} confidence${rounds > 1 && threads > 0 ? ` (${share(confidence.share)} of resamples agree)` : ''}</p></section>`;
}

function warnings({ warnings: all }: PoolSizeResult): string {
  if (all.length === 0) return '';
  const items = all.map(({ message, next }) => `<li>${escaped(message)}; try ${typed(next, flag, escaped)}</li>`);
  return `<section class="card warnings"><h2>Less sure than it looks</h2><ul>${items.join('')}</ul></section>`;
}

/** In one piece. */
function flag(code: string): string {
  return `<code class="flag">${escaped(code)}</code>`;
}

function figure(id: string, title: string, words: string): string {
  return `<figure id="${id}"><figcaption><h2>${title}</h2><p>${words}</p></figcaption><div class="chart"></div></figure>`;
}

function table(result: PoolSizeResult): string {
  const head = COLUMNS.map((column) => `<th scope="col">${column.head}</th>`).join('');
  const rows = result.sizes.map((size) => {
    const chosen = size.threads === result.answer.threads ? ' class="chosen"' : '';
    return `<tr${chosen}>${COLUMNS.map(({ of }) => `<td>${of(size, result)}</td>`).join('')}</tr>`;
  });
  return `<div class="scrolls"><table class="sizes"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function facts(result: PoolSizeResult): string {
  const { direct, crossing, machine, load, fit } = result;
  const json = Buffer.from(JSON.stringify(result, undefined, 2)).toString('base64');
  const rows = [
    [
      'Plain call',
      `${ms(direct.latency.p50)}, p99 ${ms(direct.latency.p99)}${direct.computing === null ? '' : `; computes ${share(direct.computing)} of it`}`,
    ],
    [
      'Break-even',
      `${ms(crossing.breakEven)}: ${ms(crossing.empty)} for any call, ${ms(crossing.arguments)} to copy the arguments, ${ms(crossing.result)} for the result`,
    ],
    [
      'Load',
      load.kind === 'closed' ? `${load.concurrency} calls always under way` : `${count(load.rate)} calls a second, arriving at random`,
    ],
    [
      'Machine',
      `${machine.cores} × ${escaped(machine.processor)}, this process may use ${Number(machine.limit.toFixed(2))}; ${machine.platform}, Node ${machine.node}`,
    ],
    ...(fit === null ? [] : [['Fit', fitted(fit, result.sizes.at(-1)?.threads ?? 1)]]),
    ['Raw samples', `<a download="pool-size.json" href="data:application/json;base64,${json}">pool-size.json</a>, for --compare`],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

function fitted({ lambda, sigma, kappa, peak, rSquared }: NonNullable<PoolSizeResult['fit']>, largest: number): string {
  // So far beyond what was measured a peak is a guess.
  const top = peak === null || peak > FAR * largest ? 'rises beyond all sizes that were measured' : `peaks at ${peak.toFixed(1)} threads`;
  return `λ = ${count(lambda)}, σ = ${sigma.toPrecision(2)}, κ = ${kappa.toPrecision(2)}, R² = ${rSquared.toFixed(3)}: ${top}. Universal Scalability Law, N. J. Gunther, <a href="https://arxiv.org/abs/0808.1431">arXiv:0808.1431</a>`;
}

/** Times the largest size. */
const FAR = 2;

const FIGURES = [
  ['throughput', 'Throughput', 'Calls a second, by threads. Whiskers: 95 % confidence. Dashed: the recommended size.'],
  ['latency', 'Latency', 'From the call to its result.'],
  ['efficiency', 'Efficiency', 'How much of the plain call’s throughput each thread adds.'],
  ['spent', 'Where a call’s time goes', 'On the thread, added up.'],
  ['samples', 'Raw samples', 'Single calls, from call to result.'],
] as const;
