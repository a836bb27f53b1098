/**
 * `docs/performance.md`, written from the results: nobody copies a figure by hand.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chart } from './chart.js';
import { conditions, notes } from './notes.js';
import type { Reached, Results, ScenarioResult, Table } from './results.js';
import { scenarios } from './scenarios/index.js';
import { reference, rounded } from './table.js';

const PAGE = 'docs/performance.md';
const CHARTS = 'docs/performance';

export async function writePage(results: Results): Promise<void> {
  mkdirSync(CHARTS, { recursive: true });
  const sections: string[] = [];
  for (const { name } of scenarios) {
    const scenario = results.scenarios[name];
    if (scenario === undefined) continue;
    const picture = `${CHARTS}/${name}.svg`;
    const svg = await chart(scenario);
    if (svg !== undefined) writeFileSync(picture, svg);
    sections.push(section(name, scenario, svg === undefined ? undefined : picture.replace('docs/', '')));
  }
  writeFileSync(PAGE, [opening(results), ...sections, aims(results)].join('\n\n').concat('\n'));
}

function opening({ node, cpus, platform, version, peers }: Results): string {
  return `# How fast is it?

If Node has an asynchronous version of what you call, that is faster than any pool: use it.

**All figures are ratios, and higher is better**, for times as for rates: Piscina with its default settings is 1, unless a chart says otherwise; what was measured stands in brackets. All take turns at the same task, in one run,
and a ratio is the median over rounds of what was measured a moment apart. On another machine, or with other programs beside, the numbers differ, the ratios less so.
[What was aimed at, and where it fell short](#aims-and-what-came-of-them), stands at the end.

"Raw messages" is \`postMessage\` to bare threads and no pool at all; "Piscina, tuned" has \`concurrentTasksPerWorker: 32\`, \`atomics: 'disabled'\`, \`recordTiming: false\`.
Measured by \`npm run bench\`, which also wrote this page: run-in-executor ${version} on Node ${node.slice(1)}, ${cpus} processors (${platform}), beside ${peers.join(', ')}.

${conditions}

On your machine, in less than a minute, or all of it:

\`\`\`sh
npm run bench -- --only serial,apart --quick
npm run bench
\`\`\``;
}

function aims(results: Results): string {
  const rows = scenarios
    .flatMap(({ name }) => results.scenarios[name] ?? [])
    .flatMap(({ title, targets }) =>
      targets.map(
        (target) =>
          `| ${title} | ${target.case}${contestantOf(target)}: ${target.figure} | ${aim(target)} | ${measured(target)} | ${verdict(target)} |`,
      ),
    );
  return ['## Aims, and what came of them', '', '| | | aim | measured | |', '|---|---|---|---|---|', ...rows].join('\n');
}

function contestantOf({ contestant }: Reached): string {
  return contestant === undefined ? '' : `, ${contestant}`;
}

function aim(target: Reached): string {
  return `${rounded(target.atLeast)} × ${reference(target)}`;
}

function measured({ measured: value }: Reached): string {
  return value === undefined ? 'not here' : `${rounded(value)} ×`;
}

function verdict({ measured: value, atLeast }: Reached): string {
  if (value === undefined) return '';
  return value >= atLeast ? 'reached' : '**short**';
}

function section(name: string, { title, about, tables, baseline }: ScenarioResult, picture: string | undefined): string {
  const parts = [`## ${title}`, about];
  if (picture !== undefined) parts.push(`![${title}: ratios, ${baseline} = 1](${picture})`);
  parts.push(ratios(tables));
  const note = notes[name];
  if (note !== undefined) parts.push(note);
  parts.push(`\`npm run bench -- --only ${name}\``);
  return parts.join('\n\n');
}

/** One row a contestant, one column a figure. */
function ratios(tables: readonly Table[]): string {
  const contestants = [...new Set(tables.flatMap(({ rows }) => rows.map(({ contestant }) => contestant)))];
  const head = ['', ...tables.map(({ case: name, figure }) => `${name}: ${figure.name} (${figure.unit})`)];
  const rows = contestants.map((contestant) => [contestant, ...tables.map((table) => cell(table, contestant))]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cell({ rows }: Table, contestant: string): string {
  const row = rows.find((each) => each.contestant === contestant);
  if (row === undefined) return '';
  return row.ratio === undefined ? rounded(row.median) : `**${rounded(row.ratio)}** (${rounded(row.median)})`;
}
