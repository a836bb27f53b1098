import { writeSync } from 'node:fs';

/** A second of the timelines below, in ms: `SECOND=100 node examples/five-at-once.mjs` plays one ten times as fast. */
export const second = Number(process.env.SECOND ?? 1000);

// Threads get a copy of the environment, and so count from the same moment.
process.env.TIMELINE_START ??= String(Date.now());
const start = Number(process.env.TIMELINE_START);

/**
 * `  3.0 s  who       what`
 *
 * Written at once: what a thread says by `console.log` travels through the main thread, and comes out when both have time for it.
 */
export function say(who, what) {
  const time = ((Date.now() - start) / second).toFixed(1).padStart(5);
  writeSync(1, `${time} s  ${who.padEnd(9)} ${what}\n`);
}

/** Counts how often the event loop comes round, once a tenth of a second at most: a blocked one does not. */
export function countTicks() {
  let ticks = 0;
  const timer = setInterval(() => ticks++, second / 10);
  return () => {
    clearInterval(timer);
    return ticks;
  };
}
