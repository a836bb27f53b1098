/**
 * What figures need said beside them, for `docs/performance.md`: of the run as a whole, and of scenarios by name.
 * Written by hand: what a profile showed, and what was tried. To be looked through whenever the page is written anew.
 */

/** Of the run that the page shows. */
export const conditions = `**What is shown here was measured beside other programs**, scenario by scenario, in one to three rounds each, with a load average of 5 to 20 on two
processors: rounds scatter widely, and whatever wakes a sleeping thread or wants both processors at once fares worse than on a machine of its
own. It shows orders of magnitude, and is to be measured anew on a quiet machine.`;

export const notes: Readonly<Record<string, string>> = {
  serial: `Two wake-ups are nearly all of a round trip: profiles of both threads show 10 µs in \`Atomics.notify\` (the calling side wakes the thread) and 6.5 µs in
the thread's \`postMessage\` (which wakes the calling side's event loop), against less than 2 µs for all JavaScript of the library. Piscina's default
wakes the same two. Less is only to be had by not sleeping, which both sides do for a moment while calls come in a row, and give up where it does
not pay, as on a busy machine: there the two are on a par.

Tried for the thread's side, in prototypes, with p50 in µs beside Piscina's 14: the event loop 16; spinning for 50 µs 12, but 61 at p90 when another
program holds the other processor; sleeping in \`Atomics.wait\` for 0.2 ms 20, 1 ms 18, 2 ms 14, 10 ms 11 (a timer nearer than the kernel's next
tick has to be programmed, which takes longer than the wait saves).`,
  apart: `After 50 ms nothing of the code is in the processor's caches any more, and there is more code here than in a bare pool: 40 µs more before the call
is sent, 95 µs more until the result is there. The thread has gone back to its event loop by then, where a Piscina thread is blocked.`,
  burst: `With a processor to spare for it, the calling thread's time is the limit, else that of the whole process: 3.7 µs a call, 1.3 of them on the calling
thread. The rest keeps tasks apart on their threads: an \`AsyncLocalStorage\` scope each, and a turn for the microtasks and ticks that a task leaves behind.`,
  'in-flight': `Calls of 1 ms are the awkward ones: one is sent ahead, and taken back when the call before it turns out as long as was expected.`,
  payloads: `100,000 rows: looking at every object once, to see whether structured clone would lose something of it, takes 13 ms of the calling thread beside the 24
of the clone. A third of that is asking for symbol keys, which a clone would lose without a word.`,
};
