/**
 * One scenario in a process of its own, so that none meets the heap and the threads that another has left behind.
 */
import { scenarios } from './scenarios/index.js';

/** A peer whose threads are all asleep would let the process end with a call unanswered. */
const awake = setInterval(() => {}, 1_000);

const [name, rounds, effort] = process.argv.slice(2);
const asked = scenarios.find((each) => each.name === name);
if (asked === undefined) throw new Error(`There is no scenario ${name}`);
process.send?.(await asked.measure(Number(rounds), Number(effort)));
// Not every peer lets a process end.
clearInterval(awake);
process.disconnect?.();
setTimeout(() => process.exit(), 100);
