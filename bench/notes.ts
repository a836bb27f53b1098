/**
 * What figures need said beside them, for `docs/performance.md`: of the run as a whole, and of scenarios by name.
 * Written by hand: what a profile showed, and what was tried. To be looked through whenever the page is written anew.
 */

/** Of the run that the page shows. */
export const conditions = `Measured with nothing else running, three rounds each. Two processors are few for it: the calling thread and two busy threads share them, so
scenarios that keep both threads busy (16 in flight, mixed run times, the service) show the scheduler as much as the pools.`;

export const notes: Readonly<Record<string, string>> = {
  start: `Most of it is Node's: starting a bare worker takes more than half of what Piscina takes. The library reads what the first call needs,
starts the thread, and looks at the function meanwhile; what is left beside Piscina's own start is its own code on both sides, and the look at the function where that takes longer than the thread's start.`,
  serial: `Two wake-ups are nearly all of a round trip between threads that sleep: 10 µs in \`Atomics.notify\` (the calling side wakes the thread) and 6.5 µs in
the thread's \`postMessage\` (which wakes the calling side's event loop), against less than 2 µs for all JavaScript of the library. Less is only to
be had by not sleeping, which both sides do for a moment while calls come in a row, and give up where it does not pay, as on a busy machine:
there they are on a par with Piscina. A call of numbers lies in shared memory, like its result, and needs no message either way. A Buffer of 64 KiB
travels in a message both ways, and is copied twice.

Tried for the thread's side, in prototypes, with p50 in µs beside Piscina's 14: the event loop 16; spinning for 50 µs 12, but 61 at p90 when another
program holds the other processor; sleeping in \`Atomics.wait\` for 0.2 ms 20, 1 ms 18, 2 ms 14, 10 ms 11 (a timer nearer than the kernel's next
tick has to be programmed, which takes longer than the wait saves).`,
  apart: `On this machine, a virtual one, the kernel puts a woken thread onto the processor that wakes it (the other one is halted, which it takes for busy), and
the thread begins when the calling side goes to sleep: all is done in a row, by code that has been out of the processor's caches for 50 ms. The
way to the task takes as long as Piscina's, since the thread sleeps on a word in shared memory and the call lies beside it, needing no message.
The way back takes 20 to 30 µs more. Some 40 to 50 µs of the whole keep the caller's stack for an error; Piscina keeps none.`,
  burst: `The calls run, and end, while the flood lasts, so most of them are garbage before they could be copied by a collection. On two processors the whole
process is the limit: 1 µs a call of the calling thread, 1 of the two threads (an \`AsyncLocalStorage\` scope for each task, and a turn for the
microtasks and ticks that it leaves behind), and what V8's own threads collect. The first floods of a process, which V8 still
interprets, take two to three times as long.`,
  'in-flight': `Where a pool does 0.6 and 0.9 of the ideal, nothing can do 1.8 and 1.2 times as much: with both processors busy, what is left to win is what the pool itself
takes of them: in a steady state 12 µs of a processor a call of 100 µs, of which the calling thread's are 9.5 (Piscina: 28 and 18), and 30 a call of 1 ms,
for code that is seldom run is cold. Calls of 1 ms are the awkward ones: one is sent ahead, and taken back when the call before it turns out as long as was expected.`,
  delay: `On Linux, threads are ranked below the thread that calls them (\`niceIncrement\`, 10 steps). What is left at the 99th percentile is the slice of time that the
kernel lets a thread finish before another may have its processor, and is longer the less threads sleep between calls.`,
  payloads: `What is moved or shared, and the single MiB, are calls 5 ms apart, and their figures those of the section above on calls 50 ms apart, with a message to be
written and read. 100,000 rows: looking at every object once, to see whether structured clone would lose something of it, takes 13 ms of the calling thread beside the 24
of the clone. A third of that is asking for symbol keys, which a clone would lose without a word.`,
};
