/**
 * Bugs to be planted, one at a time, into the built files: each text stands there exactly once, or the planting fails.
 * `faults`: words of the faults that must catch what random programs rarely meet; without them, the model must.
 */
export const bugs = [
  // The queue
  {
    bug: 'wrong order: what is put back goes behind those that came later',
    edits: [['src/pool/queue/task-queue.js', 'while (before !== undefined && before.order < task.order)', 'while (before !== undefined)']],
    faults: ['known to be short is long this time'],
  },
  {
    bug: 'wrong order: last in, first out',
    edits: [['src/pool/queue/task-queue.js', 'this.#insertAfter(line, line.tail, task);', 'this.#insertAfter(line, undefined, task);']],
    faults: ['equal priorities, at a limit of 1'],
  },
  {
    bug: 'lost task: one taken out of the middle takes those behind it along',
    edits: [['src/pool/queue/task-queue.js', 'task.previous.next = task.next;', 'task.previous.next = undefined;']],
    faults: ['with others before and behind it'],
  },
  {
    bug: 'priorities: what was sent ahead is not taken back for a more urgent task',
    edits: [['src/pool/dispatch/dispatch.js', 'if (task.priority > this.#lowest)', 'if (task.priority > 1e9)']],
    faults: ['a more urgent task, with 100 sent ahead'],
  },
  {
    bug: 'snapshot: a call that waits is not independent of the caller’s objects',
    edits: [
      [
        'src/pool/dispatch/dispatch.js',
        '        holdWaiting(task.call);\n        this.queue.push(task);',
        '        this.queue.push(task);',
      ],
    ],
    faults: ['is given an object that the caller changes'],
  },
  // Lanes
  {
    bug: 'lost result: every eighth outcome that comes by message',
    edits: [['src/pool/lane/lane.js', 'if (this.calls.head === sequence)', 'if (this.calls.head === sequence && sequence % 8 !== 7)']],
    faults: ['exits, with 200 calls'],
  },
  {
    bug: 'died: a task whose thread died under it is said never to have started',
    edits: [['src/pool/threads/lane-ends.js', 'if (started)', 'if (started && task === undefined)']],
    faults: ['exits the first time'],
  },
  {
    bug: 'double start: what is taken back is not withdrawn from its thread',
    edits: [
      [
        'src/transport/shared-memory/claims.js',
        'return this.#move(sequence, Word.SENT, Word.WITHDRAWN);',
        'return this.word(sequence) === Word.SENT;',
      ],
    ],
    faults: ['aborted when it has been sent ahead'],
  },
  {
    bug: 'loading: a call that was withdrawn while its module was imported is started all the same',
    edits: [
      [
        'src/transport/shared-memory/claims.js',
        'return this.#move(sequence, Word.LOADING, Word.STARTED) || this.#pass(sequence);',
        'return true;',
      ],
    ],
    faults: ['while its module is imported, which then ends'],
  },
  {
    bug: 'limit + 1',
    edits: [['src/pool/pool.js', 'new Lanes(options, {', 'new Lanes({ ...options, maxThreads: options.maxThreads + 1 }, {']],
  },
  {
    bug: 'limit: threads beyond it are fed on after a resize downwards',
    edits: [['src/pool/dispatch/dispatch.js', 'this.busy <= this.maxThreads && ', '']],
    faults: ['`resize(1)`, five times'],
  },
  {
    bug: 'started twice too often: a retry costs none of the retries',
    edits: [['src/pool/pool.js', 'task.retriesLeft--;', '']],
    faults: ['exits, with `retries: 2`'],
  },
  {
    bug: 'blocked: nobody looks after what waits behind a long call',
    edits: [['src/pool/dispatch/stall-watch.js', 'lane.stuck = true;\n            this.#listener.stuck(lane);', '']],
    faults: ['is long this time'],
  },
  // Streams whose consumer is busy, and maps
  {
    bug: 'parked: it is never given its thread again',
    edits: [['src/pool/lane/parked-tasks.js', 'this.#awake.push(task);', ';']],
    faults: ['calls in the loop over a stream, at a limit of 1'],
  },
  {
    bug: 'parked: nobody is told when its thread dies',
    edits: [['src/pool/threads/lane-ends.js', 'for (const task of lane.parked.drain())', 'for (const task of [])']],
    faults: ['exits while a stream waits'],
  },
  {
    bug: 'parked: its thread is not told that it was aborted',
    edits: [['src/pool/threads/lane-ends.js', 'lane.cancel(task, reason);', ';']],
    faults: ['a stream is aborted while it waits'],
  },
  {
    bug: 'parked: its place is not given back',
    edits: [['src/pool/pool.js', "if (task.state !== 'settled')\n                    this.#room.giveBack();", ';']],
    faults: ['calls while a stream waits'],
  },
  {
    bug: 'close() refuses the rest of a map that has begun',
    edits: [['src/pool/closing.js', "(this.state === 'closing' && begun)", 'false']],
    faults: ['in the loop over a map'],
  },
  {
    bug: 'close() does not wait for a map between its chunks',
    edits: [['src/pool/closing.js', '!this.#undertakings.none || ', '']],
    faults: ['waits for its next item, and nothing runs'],
  },
  // Aborts, time-outs
  {
    bug: 'leaked listener',
    edits: [['src/pool/pool.js', 'task.unwatch?.();', '']],
    faults: ['10,000 tasks share one signal that does not'],
  },
  { bug: 'aborted, and started all the same', edits: [['src/pool/lanes.js', 'this.#dispatch.queue.remove(task);', '']] },
  {
    bug: 'leaked timer: the clock of a settled task runs on',
    edits: [['src/pool/task/task.js', 'clearTimeout(this.timer);', '']],
  },
  // Shutdown
  {
    bug: 'close() does not wait for the last task',
    edits: [['src/pool/pool.js', 'hasUnsettled: () => this.#unsettled > 0', 'hasUnsettled: () => this.#unsettled > 1']],
  },
  {
    bug: 'terminate() forgets those who wait',
    edits: [['src/pool/pool.js', 'for (const task of this.#lanes.unsettled())', 'for (const task of [])']],
    faults: ['`terminate()` with some'],
  },
  {
    bug: 'terminate() leaves threads behind',
    edits: [
      ['src/pool/lanes.js', 'this.#threads.kill(lane, undefined);', 'lane.port.close();'],
      ['src/pool/threads/threads.js', 'await this.#piscina.pool.destroy();', ';'],
    ],
  },
];
