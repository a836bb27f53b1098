/**
 * The soak: random programs with a fault at every other step, for as long as is asked for, each held against the laws.
 *
 *   npm run soak -- --minutes 10
 *   node test/model/soak.mjs --seconds 5 --seed 1
 */

import { inspect, parseArgs } from 'node:util';
import fc from 'fast-check';
import { deaths } from './left-over.mjs';
import { play } from './program.mjs';
import { soaking } from './steps.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const ms = values.seconds === undefined ? Number(values.minutes) * 60_000 : Number(values.seconds) * 1_000;
const seed = Number(values.seed ?? Math.trunc(Math.random() * 0x7fffffff));

/** What each kind of task does to its thread, or tries to. */
const FAULTS = {
  exiting: 'process.exit',
  throwingAside: 'uncaught error',
  rejectingAside: 'unhandled rejection',
  hungry: 'out of memory',
  overflowing: 'stack overflow',
  closingPort: 'port closed',
  hanging: 'hang, stopped',
  looping: 'endless loop, stopped',
  pending: 'endless promise, stopped',
};

const unexpected = [];
for (const event of ['uncaughtException', 'unhandledRejection', 'warning'])
  process.on(event, (error) => unexpected.push(`${event}: ${inspect(error)}`));

const counts = { programs: 0, tasks: 0, fulfilled: 0, rejected: 0, faults: {}, threadDeaths: 0, violations: 0 };
const start = performance.now();
while (performance.now() - start < ms) await one(seed + counts.programs);

const seconds = (performance.now() - start) / 1_000;
console.log(`${counts.programs} programs in ${seconds.toFixed(0)} s, seed ${seed}, Node ${process.version}`);
console.log(`${counts.tasks} tasks: ${counts.fulfilled} fulfilled, ${counts.rejected} rejected`);
for (const [fault, count] of Object.entries(counts.faults).sort(([, a], [, b]) => b - a)) console.log(`  ${fault}: ${count}`);
console.log(`${counts.threadDeaths} thread deaths, ${deaths.count} with those of terminate()`);
console.log(`${counts.violations} violations`);
process.exit(counts.violations === 0 ? 0 : 1);

async function one(programSeed) {
  const [program] = fc.sample(soaking, { numRuns: 1, seed: programSeed });
  counts.programs++;
  try {
    count(await play(program));
    if (unexpected.length > 0) throw new Error(unexpected.splice(0).join('\n'));
  } catch (violation) {
    counts.violations++;
    console.log(`With --seed ${programSeed}:`, violation.stack ?? violation);
    console.log(inspect(program, { depth: 8, breakLength: 160 }));
  }
}

function count({ tasks, kills, deaths }) {
  counts.threadDeaths += deaths;
  counts.tasks += tasks.length;
  add('thread terminated by its id', kills);
  for (const { id, on, work, outcome } of tasks) {
    counts['value' in outcome ? 'fulfilled' : 'rejected']++;
    const fault = FAULTS[work.kind];
    if (fault !== undefined) add(fault, on.ledger.starts(id));
  }
}

function add(fault, times) {
  if (times > 0) counts.faults[fault] = (counts.faults[fault] ?? 0) + times;
}
