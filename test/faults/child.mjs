/**
 * The process in which faults are played: not the test runner's own, which would load the tasks' modules by a way of its own.
 *
 *   node test/faults/child.mjs                 all of them, or those whose title contains an argument
 *   as a child of the tests                    each as it is asked for
 */

import { faults } from './list.mjs';
import { play } from './play.mjs';

if (process.send !== undefined) {
  process.on('message', async (title) => {
    const fault = faults.find((one) => one.fault === title);
    process.send(await problemOf(fault));
  });
} else {
  const [, , ...words] = process.argv;
  let failed = 0;
  const chosen = faults.filter((fault) => words.every((word) => `${fault.group}: ${fault.fault}`.includes(word)));
  for (const fault of chosen) {
    const start = performance.now();
    const { problem } = await problemOf(fault);
    if (problem !== undefined) failed++;
    console.log(
      `${problem === undefined ? 'ok    ' : 'FAILED'} ${fault.group}: ${fault.fault} (${Math.round(performance.now() - start)} ms)`,
    );
    if (problem !== undefined) console.log(problem.replace(/^/gm, '         '));
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function problemOf(fault) {
  try {
    await play(fault);
    return {};
  } catch (error) {
    return { problem: error?.stack ?? String(error) };
  }
}
