/**
 * The model test: random programs, each held against the laws.
 *
 *   node test/model/run.mjs                            as many as go into 30 s
 *   MODEL_RUNS=1000 node test/model/run.mjs            so many, however long it takes
 *   MODEL_SEED=… MODEL_PATH=… node test/model/run.mjs  one again, as a failure says; MODEL_REPEAT=20 for one that needs luck
 */
import './left-over.mjs';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { play } from './program.mjs';
import { programs } from './steps.mjs';

const BATCH = 10;

const { MODEL_RUNS, MODEL_SEED, MODEL_PATH, MODEL_REPEAT = '1', MODEL_SHRINK, MODEL_MS = '30000' } = process.env;
const seed = MODEL_SEED === undefined ? Math.trunc(Math.random() * 0x7fffffff) : Number(MODEL_SEED);
const unexpected = [];
for (const event of ['uncaughtException', 'unhandledRejection', 'warning'])
  process.on(event, (error) => unexpected.push(`${event}: ${inspect(error)}`));

const counts = { programs: 0, tasks: 0, starts: 0, kills: 0, deaths: 0, fulfilled: 0, rejected: {} };

const property = fc.asyncProperty(programs, async (program) => {
  for (let i = 0; i < Number(MODEL_REPEAT); i++) {
    count(await play(program));
    if (unexpected.length > 0) throw new Error(unexpected.splice(0).join('\n'));
  }
});

// A few at a time: fast-check's own time limit would hold a timer, which is what is looked for here.
const deadline = performance.now() + Number(MODEL_MS);
let details;
for (let batch = 0; ; batch++) {
  details = await fc.check(property, {
    seed: seed + batch,
    numRuns: MODEL_PATH !== undefined ? 1 : Math.min(BATCH, runsLeft()),
    // Threads do not repeat themselves: a smaller program that passes proves little.
    endOnFailure: MODEL_SHRINK === undefined,
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
  });
  if (details.failed || MODEL_PATH !== undefined) break;
  if (MODEL_RUNS === undefined ? performance.now() > deadline : runsLeft() <= 0) break;
}

if (details.failed) {
  console.log(inspect(details.counterexample?.[0], { depth: 8, breakLength: 160 }));
  console.log(details.errorInstance?.stack ?? details.error);
  console.log(
    `\nAgain: MODEL_SEED=${details.seed} MODEL_PATH=${details.counterexamplePath} node test/model/run.mjs (MODEL_REPEAT=20, MODEL_SHRINK=1)`,
  );
  process.exit(1);
}
console.log(JSON.stringify({ seed, ...counts }));

function runsLeft() {
  return MODEL_RUNS === undefined ? Number.POSITIVE_INFINITY : Number(MODEL_RUNS) - counts.programs;
}

function count({ tasks, kills, deaths }) {
  counts.programs++;
  counts.kills += kills;
  counts.deaths += deaths;
  counts.tasks += tasks.length;
  for (const task of tasks) {
    counts.starts += task.on.ledger.starts(task.id);
    if ('value' in task.outcome) counts.fulfilled++;
    else {
      const name = task.outcome.error?.name ?? String(task.outcome.error);
      counts.rejected[name] = (counts.rejected[name] ?? 0) + 1;
    }
  }
}
