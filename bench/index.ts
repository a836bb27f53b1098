/**
 * `npm run bench`: this library beside its peers.
 *
 *   npm run bench -- --only serial,apart --quick
 */

import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePage } from './page.js';
import { type Results, summarize } from './results.js';
import type { Rounds } from './rounds.js';
import { scenarios } from './scenarios/index.js';
import { printed } from './table.js';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: '.cache/bench.json' },
    /** Write docs/performance.md, from this run or from the file of an earlier one. */
    page: { type: 'boolean', default: false },
    from: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (flags.help) {
  console.log(
    `npm run bench -- [--only ${scenarios.map(({ name }) => name).join(',')}] [--rounds 5] [--quick] [--json file] [--page [--from file]]`,
  );
  process.exit();
}

if (flags.from !== undefined) {
  await writePage(JSON.parse(readFileSync(flags.from, 'utf8')) as Results);
  process.exit();
}

const only = flags.only?.split(',');
const unknown = only?.find((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown !== undefined) throw new RangeError(`--only takes ${scenarios.map(({ name }) => name).join(', ')}: received ${unknown}`);

const rounds = flags.quick ? Math.min(3, Number(flags.rounds)) : Number(flags.rounds);
/** A look takes a tenth of the calls. */
const effort = flags.quick ? 0.1 : 1;

const results: Results = {
  node: process.version,
  cpus: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  version: (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
  effort,
  peers: versions(),
  scenarios: only === undefined ? {} : earlier(),
};
for (const scenario of scenarios) {
  if (only !== undefined && !only.includes(scenario.name)) continue;
  const measured = await inProcess(scenario.name, Math.min(rounds, scenario.rounds ?? rounds));
  results.scenarios[scenario.name] = summarize(scenario, measured);
  console.log(printed(scenario, results.scenarios[scenario.name] as Results['scenarios'][string]));
}
mkdirSync(dirname(flags.json), { recursive: true });
writeFileSync(flags.json, `${JSON.stringify(results, undefined, 1)}\n`);
console.log(`Written: ${flags.json}`);
if (flags.page) await writePage(results);

/** What the file holds of other scenarios, of runs with the same effort, stays there. */
function earlier(): Results['scenarios'] {
  if (!existsSync(flags.json)) return {};
  const before = JSON.parse(readFileSync(flags.json, 'utf8')) as Results;
  return before.effort === effort ? before.scenarios : {};
}

/** Of what `bench/peers` has. */
function versions(): string[] {
  const { packages } = JSON.parse(readFileSync('bench/peers/package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  return ['piscina', 'tinypool', 'workerpool', 'poolifier', 'jest-worker'].map(
    (name) => `${name} ${packages[`node_modules/${name}`]?.version}`,
  );
}

/**
 * The runner's own process has nothing to do meanwhile. V8 throws away the compiled code of a function that several collections have not seen
 * running, and each turn begins with one: those who wait for theirs would compile anew each time, which no program that calls now and then does.
 */
function inProcess(name: string, rounds: number): Promise<Rounds> {
  const file = fileURLToPath(new URL('./child.js', import.meta.url));
  const child = fork(file, [name, String(rounds), String(effort)], {
    execArgv: ['--expose-gc', '--no-flush-bytecode', ...process.execArgv],
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => resolve(message as Rounds));
    child.on('exit', (code) => reject(new Error(`${name} ended with code ${code} before it had a result`)));
  });
}
