// Runs the forms in one way (or several), and prints a JSON line for each form.
//   node run.mjs --way mjs [--way cjs …] [--node path] [--dist folder] [--direct] [--only text] [--failures] [--keep]
import { parseArgs } from 'node:util';
import { runWay } from './run-way.mjs';
import { ways as nodes } from './ways/index.mjs';
import { runtimes } from './ways/runtimes.mjs';

const ways = [...nodes, ...runtimes];

const { values: options } = parseArgs({
  options: {
    way: { type: 'string', multiple: true },
    node: { type: 'string' },
    dist: { type: 'string' },
    only: { type: 'string' },
    direct: { type: 'boolean' },
    failures: { type: 'boolean' },
    keep: { type: 'boolean' },
  },
});
const unknown = options.way?.filter((name) => !ways.some((way) => way.name === name)) ?? [];
if (unknown.length > 0) throw new Error(`No such way: ${unknown}; there are ${ways.map((way) => way.name).join(', ')}`);
const major = Number.parseInt(/node-(\d+)/.exec(options.node ?? '')?.[1] ?? process.versions.node, 10);

for (const way of ways) {
  if (options.way ? !options.way.includes(way.name) : way.from > major || way.command) continue;
  const { node, dist, only, direct, keep } = options;
  const lines = await runWay(way, { ...(node && { node }), ...(dist && { dist }), ...(only && { only }), direct, keep });
  for (const line of lines) if (!options.failures || line.status === 'fail') console.log(JSON.stringify({ way: way.name, ...line }));
  const count = (status) => lines.filter((line) => line.status === status).length;
  console.log(JSON.stringify({ way: way.name, pass: count('pass'), refused: count('refused'), 'n/a': count('n/a'), fail: count('fail') }));
  if (count('fail') > 0) process.exitCode = 1;
}
