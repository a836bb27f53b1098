/**
 * Time as a process has it itself: one that is stopped, or that a busy machine leaves waiting, has lost none.
 */

/** What counts at most of what went by between two looks, ms. */
const TICK = 100;

/** Calls `then` after so many ms in which this process ran. Returns what calls it off. */
export function afterOwnTime(ms, then) {
  let ticks = 0;
  const ticking = setInterval(() => {
    if (++ticks * TICK < ms) return;
    clearInterval(ticking);
    then();
  }, TICK);
  return () => clearInterval(ticking);
}

/** What `promise` gives; rejects with what `late` makes if it has not settled within so many ms in which this process ran. */
export async function inOwnTime(promise, ms, late) {
  let callOff;
  const lost = new Promise((_, reject) => {
    callOff = afterOwnTime(ms, () => reject(late()));
  });
  try {
    return await Promise.race([promise, lost]);
  } finally {
    callOff();
  }
}
