/**
 * The matrix: faults × ways to call × states.
 *
 *   npm run test:matrix -- --seconds 600 --seed 1    as many as go, in an order of their own; without the first, all
 *   npm run test:matrix -- --only exit,map,burst     those with all of these words
 *   npm run test:matrix -- --each 2                  so many of each fault, always the same
 */
import { parseArgs } from 'node:util';
import { cells } from './cells.mjs';
import { play } from './play.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, each: { type: 'string' } },
});
const words = values.only?.split(',') ?? [];
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
const wanted = cells().filter((cell) => words.every((word) => cell.includes(word)));
const chosen = values.each === undefined ? shuffled(wanted, seed) : someOfEach(wanted, Number(values.each));
const until = performance.now() + Number(values.seconds ?? Number.POSITIVE_INFINITY) * 1_000;
let played = 0;
let failed = 0;
for (const cell of chosen) {
  if (performance.now() > until) break;
  played++;
  try {
    await play(...cell);
  } catch (error) {
    failed++;
    console.log(`FAILED ${cell.join(' × ')}: ${error?.stack ?? error}`);
  }
}
console.log(`${played} of ${wanted.length} played, ${failed} failed${values.each === undefined ? `, seed ${seed}` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
// It ends by itself, or something was left behind.
setTimeout(() => {
  console.log(`The process does not end: ${process.getActiveResourcesInfo()}`);
  process.exit(1);
}, 10_000).unref();

/** Each fault in other ways and states than the one before it: together they meet them all. */
function someOfEach(list, count) {
  const names = [...new Set(list.map(([fault]) => fault))];
  return names.flatMap((name, i) => {
    const ofFault = list.filter(([fault]) => fault === name);
    const at = (n) => (i * 37 + Math.round((n * ofFault.length) / count)) % ofFault.length;
    return Array.from({ length: Math.min(count, ofFault.length) }, (_, n) => ofFault[at(n)]);
  });
}

/** In the same order for the same seed. */
function shuffled(list, state) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}
