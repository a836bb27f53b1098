// Runs every way on every Node given, and prints a line for each; with --write, docs/functions-that-travel.md too.
//   node matrix.mjs [--node 22=path/to/node …] [--way name …] [--dist folder] [--jobs n] [--json file] [--write]
// The long tier of the tests does the same: forms.long.test.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runWay } from './run-way.mjs';
import { counts, table } from './table.mjs';
import { ways } from './ways/index.mjs';

const { values: options } = parseArgs({
  options: {
    node: { type: 'string', multiple: true },
    way: { type: 'string', multiple: true },
    dist: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    json: { type: 'string' },
    merge: { type: 'string' },
    write: { type: 'boolean' },
  },
});

const nodes = new Map(
  (options.node ?? [`${Number.parseInt(process.versions.node, 10)}=${process.execPath}`]).map((pair) => pair.split('=')),
);
const chosen = ways.filter((way) => options.way?.includes(way.name) ?? true);
const jobs = [...nodes].flatMap(([node, path]) =>
  chosen.filter((way) => !(way.from > Number.parseInt(node, 10))).map((way) => ({ way, node, path })),
);
const results = options.merge ? JSON.parse(readFileSync(options.merge, 'utf8')) : [];
await Promise.all(
  Array.from({ length: Number(options.jobs) }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await runJob(job);
  }),
);
results.sort((a, b) => order(a) - order(b));
if (options.json) writeFileSync(options.json, JSON.stringify(results));
if (options.write)
  writeFileSync(new URL('../../docs/functions-that-travel.md', import.meta.url), table(results, chosen, [...nodes.keys()]));

async function runJob({ way, node, path }) {
  const lines = await runWay(way, { node: path, ...(options.dist && { dist: options.dist }) });
  const { pass, refused, fail } = counts(lines);
  console.log(`${way.name} on Node ${node}: ${pass} pass${refused ? `, ${refused} refused` : ''}${fail ? `, ${fail} FAIL` : ''}`);
  for (const line of lines) if (line.status === 'fail') console.log(`    ${line.form}: ${line.why}`.slice(0, 300));
  if (fail > 0) process.exitCode = 1;
  const at = results.findIndex((result) => result.way === way.name && result.node === node);
  results.splice(at < 0 ? results.length : at, at < 0 ? 0 : 1, { way: way.name, node, lines });
}

function order({ way, node }) {
  return [...nodes.keys()].indexOf(node) * 1000 + ways.findIndex((other) => other.name === way);
}
