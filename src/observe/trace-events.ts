/**
 * Tasks and threads in the trace event format of Chrome.
 *
 *   calling thread   ▌submit                          what the calling thread spends on the call
 *        waiting      └──────────┐                    one track a function, beside the lanes
 *   thread 1          ·······▶   ▌run────────────▌    the arrow is the flow from submit to start
 *                                   ▌nested──▌
 */
import type { NestedRun, TaskMessage } from '../pool/task/task-channels.js';
import type { ThreadMessage } from '../pool/threads/thread-channels.js';

/** One event of the trace event format. */
export interface TraceEvent {
  /** `X` is a bar, `b` and `e` the ends of a wait, `s` and `f` those of an arrow, `C` a counter, `i` an instant, `M` a name. */
  ph: 'X' | 'b' | 'e' | 's' | 'f' | 'C' | 'i' | 'M';
  /** What is written on it. */
  name: string;
  /** The process. */
  pid: number;
  /** The lane: a number of its own, made of Node's `threadId`. */
  tid: number;
  /** µs since the trace began. */
  ts: number;
  /** 'submit', 'wait', 'run', 'nested', 'flow' or 'thread'. */
  cat?: string;
  /** µs. */
  dur?: number;
  /** What belongs together: a task's number. */
  id?: number;
  /** An arrow ends at the bar that begins there. */
  bp?: 'e';
  /** An instant is its thread's. */
  s?: 't';
  /** A colour that the DevTools know. */
  cname?: string;
  /** What a click on it shows. */
  args?: Record<string, unknown>;
}

/** What to draw. */
export interface TraceRecord {
  /** Epoch ms. */
  readonly startedAt: number;
  readonly tasks: Iterable<TaskMessage>;
  readonly threads: Iterable<ThreadMessage>;
}

/** How to draw it. */
export interface TraceView {
  /** What the process is called. */
  readonly process: string;
  /** Where what has not ended is cut off, epoch ms. */
  readonly now: number;
  /** Where times begin, epoch ms; several processes of one picture have one. Default: with the recording, or with the first of its threads. */
  readonly origin?: number;
}

export function traceEvents(record: TraceRecord, { process: name, now, origin }: TraceView): TraceEvent[] {
  const tasks = [...record.tasks];
  // The DevTools put lanes in the order of their first events.
  const threads = [...record.threads].sort((a, b) => (a.thread ?? 0) - (b.thread ?? 0));
  const begins = threads.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [startedAt]));
  const drawing = new Drawing(origin ?? Math.min(record.startedAt, ...begins), now);
  drawing.names(name, [...tasks, ...threads]);
  for (const thread of threads) drawing.thread(thread);
  for (const task of tasks) drawing.task(task);
  for (const executor of new Set(tasks.map((task) => task.executor)))
    drawing.counts(
      executor,
      tasks.filter((task) => task.executor === executor),
    );
  return drawing.events;
}

class Drawing {
  readonly events: TraceEvent[] = [];
  readonly #origin: number;
  readonly #now: number;
  #beside = 0;

  constructor(origin: number, now: number) {
    this.#origin = origin;
    this.#now = now;
  }

  names(name: string, messages: readonly (TaskMessage | ThreadMessage)[]): void {
    this.#name('process_name', CALLER, { name: `${name} (node ${process.pid})` });
    this.#name('thread_name', CALLER, { name: 'calling thread' });
    this.#name('thread_sort_index', CALLER, { sort_index: -1 });
    const lanes = new Map(messages.flatMap(({ thread, executor }) => (thread === undefined ? [] : [[thread, executor]])));
    for (const [thread, executor] of [...lanes].sort(([a], [b]) => a - b)) {
      this.#name('thread_name', laneOf(thread), { name: `${executor} thread ${thread}` });
      this.#name('thread_sort_index', laneOf(thread), { sort_index: thread });
    }
  }

  thread({ thread, startedAt, readyAt, exitedAt, cause }: ThreadMessage): void {
    if (thread === undefined) return;
    const tid = laneOf(thread);
    if (startedAt !== undefined && readyAt !== undefined) this.#bar('thread start', 'thread', tid, startedAt, readyAt);
    if (exitedAt === undefined) return;
    const args = cause === undefined ? {} : { args: { cause: String(cause) } };
    this.#add({ ph: 'i', name: 'thread exit', cat: 'thread', tid, s: 't', ...args }, exitedAt);
  }

  task(task: TaskMessage): void {
    const { id, name, submittedAt, sentAt, startedAt, thread } = task;
    this.#bar(`submit ${name}`, 'submit', CALLER, submittedAt, sentAt ?? submittedAt, { task: id });
    const wait = { name: `${name} waits`, cat: 'wait', id, tid: CALLER };
    this.#add({ ph: 'b', ...wait, args: { task: id } }, submittedAt);
    // Clocks of two threads: a start is never drawn before what caused it.
    const start = Math.max(submittedAt, startedAt ?? task.endedAt ?? this.#now);
    this.#add({ ph: 'e', ...wait }, start);
    if (startedAt === undefined || thread === undefined) return;
    this.#run(task, laneOf(thread), start);
    // Behind the bars that it goes between: who reads the file in order has to have seen them.
    const flow = { name: 'submit to start', cat: 'flow', id };
    this.#add({ ph: 's', ...flow, tid: CALLER }, submittedAt);
    this.#add({ ph: 'f', ...flow, tid: laneOf(thread), bp: 'e' }, start);
  }

  /** How many wait and how many run, wherever that changes. */
  counts(executor: string, tasks: readonly TaskMessage[]): void {
    const steps = tasks.flatMap(({ submittedAt, startedAt, endedAt, freedAt }): Step[] => [
      { at: submittedAt, waiting: 1, running: 0 },
      ...(startedAt === undefined ? [] : [{ at: startedAt, waiting: -1, running: 1 }]),
      ...(startedAt === undefined && endedAt !== undefined ? [{ at: endedAt, waiting: -1, running: 0 }] : []),
      ...(startedAt !== undefined && freedAt !== undefined ? [{ at: freedAt, waiting: 0, running: -1 }] : []),
    ]);
    let waiting = 0;
    let running = 0;
    for (const step of steps.sort((a, b) => a.at - b.at)) {
      waiting += step.waiting;
      running += step.running;
      this.#add({ ph: 'C', name: `${executor} tasks`, tid: CALLER, args: { waiting, running } }, step.at);
    }
  }

  #run(task: TaskMessage, tid: number, start: number): void {
    const { id, name, submittedAt, endedAt, freedAt, outcome, error, stretches, nested } = task;
    const args = {
      task: id,
      outcome: outcome ?? 'unfinished',
      waited_ms: round(start - submittedAt),
      ...(error === undefined ? {} : { error: String(error) }),
    };
    const cname = COLOURS[outcome ?? 'completed'];
    for (const stretch of stretches) this.#bar(name, 'run', tid, Math.max(start, stretch.startedAt), stretch.endedAt, args, cname);
    if (stretches.length === 0) this.#bar(name, 'run', tid, start, this.#now, args, cname);
    if (endedAt !== undefined && freedAt !== undefined && freedAt > endedAt)
      this.#add({ ph: 'i', name: `${name}: ${outcome}`, cat: 'run', tid, s: 't' }, endedAt);
    this.#nested(nested, tid, freedAt ?? this.#now);
  }

  /** Bars lie in each other or beside each other; a call that was made while another waited gets a track of its own. */
  #nested(nested: readonly NestedRun[], tid: number, end: number): void {
    const open: number[] = [];
    for (const { name, startedAt, endedAt } of [...nested].sort((a, b) => a.startedAt - b.startedAt || b.endedAt - a.endedAt)) {
      while ((open.at(-1) ?? end) <= startedAt && open.length > 0) open.pop();
      if (endedAt <= (open.at(-1) ?? end)) {
        open.push(endedAt);
        this.#bar(name, 'nested', tid, startedAt, endedAt);
      } else {
        const beside = { name: `${name} (beside others)`, cat: 'nested', id: ++this.#beside, tid };
        this.#add({ ph: 'b', ...beside }, startedAt);
        this.#add({ ph: 'e', ...beside }, endedAt);
      }
    }
  }

  #bar(name: string, cat: string, tid: number, start: number, end: number, args?: TraceEvent['args'], cname?: string): void {
    const ts = this.#at(start);
    const dur = Math.max(0, Math.round((this.#at(end) - ts) * 1_000) / 1_000);
    this.events.push({ ph: 'X', name, cat, pid: process.pid, tid, ts, dur, ...(args && { args }), ...(cname && { cname }) });
  }

  #add(event: Omit<TraceEvent, 'pid' | 'ts'>, at: number): void {
    this.events.push({ ...event, pid: process.pid, ts: this.#at(at) });
  }

  #name(name: string, tid: number, args: TraceEvent['args']): void {
    this.events.push({ ph: 'M', name, pid: process.pid, tid, ts: 0, ...(args && { args }) });
  }

  /** µs, to the nanosecond. */
  #at(time: number): number {
    return Math.round((time - this.#origin) * 1e6) / 1_000;
  }
}

interface Step {
  readonly at: number;
  readonly waiting: number;
  readonly running: number;
}

/** As Linux numbers them: the first thread has the number of its process, and 0 is nobody's. */
const CALLER = process.pid;

function laneOf(thread: number): number {
  return process.pid + thread;
}

function round(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

const COLOURS: Record<NonNullable<TaskMessage['outcome']>, string | undefined> = {
  completed: undefined,
  failed: 'terrible',
  cancelled: 'bad',
};
