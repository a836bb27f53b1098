/**
 * What figures need said beside them, for `docs/performance.md`: of the run as a whole, and of scenarios by name.
 * Written by hand: what a profile showed, and what was tried. To be looked through whenever the page is written anew.
 */

/** Of the run that the page shows. */
export const conditions = `Measured with nothing else running, three rounds each. Two processors are few for it: the calling thread and two busy threads share them, so
scenarios that keep both threads busy (16 in flight, mixed run times, the service) show the scheduler as much as the pools.`;

export const notes: Readonly<Record<string, string>> = {
  start: `Most of it is Node's: a bare worker takes 16 ms until its first line, Piscina's own thread 20 until the first result. The library loads Piscina and
adds to it: 3 ms on the calling thread for what has to be there before a thread can be created, 1.5 for loading the thread's part, and 5 from there to the result,
where Piscina takes 1: the thread says that it is there, is sent its call, imports the module only then, and compares the function that it finds with the one
that was meant. The rest of the library is loaded, and the function looked at, while the thread starts.`,
  serial: `Between threads that sleep, two wake-ups are nearly all of a round trip: 10 µs in \`Atomics.notify\` (the calling side wakes the thread) and 6.5 µs in
the thread's \`postMessage\` (which wakes the calling side's event loop), against less than 2 µs for all JavaScript of the library. So, while calls come in a row,
both sides stay awake for a moment, and give it up where it does not pay, as on a busy machine: there a call takes as long as with Piscina. So do some 100 calls
where the kernel has put both sides onto one processor, until they are parted. A call of numbers lies in shared memory, like its result, and needs no message.
A Buffer of 64 KiB travels in a message, and is copied once each way.`,
  apart: `On this machine, a virtual one, the kernel puts a woken thread onto the processor that wakes it (the other one is halted, which it takes for busy), and
the thread begins when the calling side goes to sleep: all is done in a row, by code that has been out of the processor's caches for 50 ms. The
way to the task takes as long as Piscina's, since the thread sleeps on a word in shared memory and the call lies beside it, needing no message.
The way back is a bell in the same memory (\`Atomics.waitAsync\`), which a sleeping event loop hears 10 to 20 µs sooner than a message; and whoever awaits the
result goes on before anything is counted or put away. A fifth of the time until the thread is woken, 40 µs, keeps the caller's stack for an error; Piscina keeps none.`,
  burst: `The calls run, and end, while the flood lasts, so most of them are garbage before they could be copied by a collection. On two processors the whole
process is the limit: 1 µs a call of the calling thread, 1 of the two threads (an \`AsyncLocalStorage\` scope for each task, and a turn for the
microtasks and ticks that it leaves behind), and what V8's own threads collect. The first floods of a process, which V8 still
interprets, take two to three times as long.`,
  growth: `A million queued calls are 560 MB of objects. All of the difference to a thousand is what V8's collectors mark and copy of them.`,
  map: `Numbers travel as memory, in chunks of up to half a MiB, and V8 makes a tight loop of a function that does arithmetic. Of 11 ms for a million floats, 4 are for the array
itself: 8 MB that V8 has to make, to fill and to look through. By hand, results may stay in typed arrays, which take 0.7.`,
  'in-flight': `Where a pool does 0.65 and 0.9 of the ideal, nothing can do 1.8 and 1.2 times as much. What is left to win is what the pool itself
takes of the processors. In a steady state that is 11 µs of a processor a call of 100 µs, of which the calling thread's are 9.5 (Piscina: 30 and 18.5). Of 33 µs that a call
of 1 ms takes of the calling thread, 12 are the kernel's switches between threads: 5 of these since Node's port wakes the calling side while it still
holds the port's lock, 7 since an event loop that has nothing to do sleeps; 2 to 3 keep callers' stacks (in half a per cent of the thread's time at most), and 2 look after calls that may
turn out long. The threads run what waits for them 45 µs after the call before (raw messages 30): most of it is the calling side, which wakes on their processor.`,
  service: `In a profile of the server, a request takes 230 µs of the calling thread, of which Node's \`http\` takes 130 whatever the pool; 46 are the way from the handler to the
thread (19 of them the caller's stack), 20 the way back, 15 clocks. That is 2 % of the 5 ms that a request takes of a thread, so nobody can be 1.2 times as fast as
Piscina: raw messages come to 1.1. The rates differ by some 5 % from run to run.`,
  blocking: `Threads that wake within the same millisecond share two processors for what follows: 80 µs a call for all of it with jest-worker, 155 here, 200 with Piscina.
Here 65 of them are the thread's, half of these since each task has an \`AsyncLocalStorage\` scope and leaves the event loop a turn.`,
  delay: `On Linux, threads are ranked below the thread that calls them (\`niceIncrement\`, 10 steps). Whatever else runs shows here first. What is left at the 99th percentile is the slice of time that the
kernel lets a thread finish before another may have its processor, and is longer the less threads sleep between calls.`,
  payloads: `What is copied is copied by hand, once, and the copy moved; structured clone copies it into a message and out of it again. A MiB that is copied takes 0.12 ms or 0.45, for whoever comes by: the allocator gives the memory of a collection's dead buffers back to the system where nothing
lies above them, and then each page of the next ones has to be asked for again. What is moved in calls some milliseconds apart shows what a call takes whose code has been out of
the processor's caches, as in the section above on calls 50 ms apart, with a message to be written and read; so do 16 MiB, which take 8 ms to be filled. 100,000 rows go by columns: to make
these takes 14 ms of the calling thread, to post them 3, and the thread makes rows of them in 15; structured clone takes 40, and 70 in the thread, which
reads the name of each field again with each row. Documents go so, too: to know that no object in them is another's as well takes a set of all of them, half of what columns win.`,
};
