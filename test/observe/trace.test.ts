import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Executor, sleepSync, type TaskMessage, type TraceEvent, type TraceFile } from 'run-in-executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const inner = (ms: number): number => {
  sleepSync(ms);
  return ms;
};
const later = async () => new Promise((resolve) => setTimeout(resolve, 20));
const one = async () => 1;
const fails = () => {
  throw new Error('deliberate');
};

/** What https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU asks of each kind of event. */
const required: Record<TraceEvent['ph'], readonly (keyof TraceEvent)[]> = {
  X: ['name', 'cat', 'ts', 'dur', 'pid', 'tid'],
  b: ['name', 'cat', 'ts', 'id', 'pid', 'tid'],
  e: ['name', 'cat', 'ts', 'id', 'pid', 'tid'],
  s: ['name', 'cat', 'ts', 'id', 'pid', 'tid'],
  f: ['name', 'cat', 'ts', 'id', 'pid', 'tid', 'bp'],
  C: ['name', 'ts', 'pid', 'args'],
  i: ['name', 'ts', 'pid', 'tid', 's'],
  M: ['name', 'pid', 'tid', 'args'],
};

describe('the trace file', () => {
  let folder: string;
  let file: TraceFile;
  let events: TraceEvent[];
  const of = (ph: TraceEvent['ph'], cat?: string) => events.filter((event) => event.ph === ph && (cat === undefined || event.cat === cat));
  const bars = (tid: number) => of('X').filter((event) => event.tid === tid);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-in-executor-trace-'));
    const executor = new Executor({ maxThreads: 2, name: 'drawn' });
    const other = new Executor({ maxThreads: 1, name: 'other' });
    const trace = executor.trace();
    const abort = new AbortController();
    const started = (message: unknown) => (message as TaskMessage).name === 'aborted' && abort.abort();
    subscribe('run-in-executor:task:start', started);
    const outer = async () => {
      await executor.run(inner, 2);
      // At the same time, as far as one thread can.
      await Promise.all([executor.run(later), executor.run(one)]);
    };
    await Promise.all([
      ...Array.from({ length: 6 }, (_, i) => executor.run(inner, 5 + i)),
      executor.run.with({ name: 'outer' })(outer),
      executor.run(fails).catch(() => undefined),
      executor.run
        .with({ signal: abort.signal, name: 'aborted' })(sleepSync, 60_000)
        .catch(() => undefined),
      other.run(inner, 1),
    ]);
    for await (const _ of executor.stream(function* numbers() {
      yield* [1, 2, 3];
    }));
    await Promise.all([executor.close(), other.close()]);
    unsubscribe('run-in-executor:task:start', started);
    await trace.save(join(folder, 'trace.json'));
    file = JSON.parse(await readFile(join(folder, 'trace.json'), 'utf8')) as TraceFile;
    events = file.traceEvents;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is in the trace event format', () => {
    const broken = events.filter((event) =>
      (required[event.ph] ?? ['unknown']).some((key) => event[key as keyof TraceEvent] === undefined),
    );
    expect(broken).toEqual([]);
    const times = events.flatMap(({ ts, dur }) => [ts, dur ?? 0]);
    expect(times.filter((time) => !(time >= 0 && Number.isFinite(time)))).toEqual([]);
    expect(file).toMatchObject({ displayTimeUnit: 'ms', otherData: { executor: 'drawn', droppedTasks: 0 } });
  });

  test('has a named lane for each thread, and one for the calling thread', () => {
    const named = new Map(events.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args?.name]));
    expect(events.filter(({ ph, tid }) => ph !== 'M' && !named.has(tid))).toEqual([]);
    expect([...named.values()].filter((name) => name !== 'calling thread')).toEqual(
      Array.from({ length: named.size - 1 }, () => expect.stringMatching(/^drawn thread \d+$/)),
    );
    expect(named.size).toBeGreaterThanOrEqual(3);
    expect(events.find(({ name }) => name === 'process_name')?.args?.name).toMatch(/^drawn /);
  });

  test('has one bar for each task, and tells how it ended', () => {
    const runs = of('X', 'run').filter(({ name }) => name !== 'numbers');
    expect(runs.map(({ name }) => name).sort()).toEqual(['aborted', 'fails', ...Array.from({ length: 6 }, () => 'inner'), 'outer']);
    const outcomes = Object.fromEntries(runs.map(({ name, args }) => [name, args?.outcome]));
    expect(outcomes).toEqual({ aborted: 'cancelled', fails: 'failed', inner: 'completed', outer: 'completed' });
    expect(runs.find(({ name }) => name === 'fails')?.args?.error).toBe('Error: deliberate');
  });

  test('has bars that lie in each other or beside each other, and never across', () => {
    for (const tid of new Set(of('X').map((event) => event.tid))) {
      const crossing = bars(tid).flatMap((a) =>
        bars(tid)
          .filter((b) => a.ts < b.ts && b.ts < end(a) && end(b) > end(a))
          .map((b) => [a.name, b.name]),
      );
      expect(crossing).toEqual([]);
    }
  });

  test('has the calls of a task inside of its bar', () => {
    const outer = of('X', 'run').find(({ name }) => name === 'outer') as TraceEvent;
    const nested = of('X', 'nested');
    expect(nested.map(({ name }) => name)).toContain('inner');
    expect(nested.filter(({ ts, tid }) => tid !== outer.tid || ts < outer.ts)).toEqual([]);
    expect(nested.filter((bar) => end(bar) > end(outer))).toEqual([]);
    // Of the two that ran at the same time, one bar at most.
    expect(nested.length + of('b', 'nested').length).toBe(3);
  });

  test('has an arrow from each submit to its start', () => {
    const starts = new Map(of('f', 'flow').map((event) => [event.id, event]));
    expect(of('s', 'flow').length).toBe(starts.size);
    for (const from of of('s', 'flow')) {
      const to = starts.get(from.id) as TraceEvent;
      const submit = of('X', 'submit').find(({ args }) => args?.task === from.id) as TraceEvent;
      const run = of('X', 'run').find(({ args, ts }) => args?.task === from.id && ts === to.ts);
      expect([from.tid, from.ts >= submit.ts, from.ts <= end(submit), to.bp]).toEqual([submit.tid, true, true, 'e']);
      expect([to.tid, to.ts >= from.ts]).toEqual([run?.tid, true]);
    }
  });

  test('tells waits from runs: a wait ends where its run begins', () => {
    const runs = new Map(of('X', 'run').map((event) => [event.args?.task, event]));
    for (const begin of of('b', 'wait')) {
      const waited = of('e', 'wait').find(({ id, name }) => id === begin.id && name === begin.name);
      expect(waited?.ts).toBeGreaterThanOrEqual(begin.ts);
      if (begin.name !== 'numbers waits') expect(waited?.ts).toBe(runs.get(begin.id)?.ts);
    }
  });

  test('counts what waits and what runs, down to nothing', () => {
    const counts = of('C').map(({ args }) => args as { waiting: number; running: number });
    expect(Math.max(...counts.map(({ running }) => running))).toBeLessThanOrEqual(2);
    expect(counts.at(-1)).toEqual({ waiting: 0, running: 0 });
  });
});

test('a trace keeps so many tasks, and counts the others', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  using trace = executor.trace({ maxTasks: 3 });
  for (let i = 0; i < 5; i++) await executor.run(inner, 0);
  const { traceEvents, otherData } = trace.toJSON();
  expect(traceEvents.filter(({ cat, ph }) => ph === 'X' && cat === 'run')).toHaveLength(3);
  expect(otherData.droppedTasks).toBe(2);
});

test('a trace records nothing after its stop', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  const trace = executor.trace();
  trace.stop();
  await executor.run(inner, 0);
  expect(trace.toJSON().traceEvents.filter(({ ph }) => ph === 'X')).toEqual([]);
});

function end({ ts, dur = 0 }: TraceEvent): number {
  // To the nanosecond.
  return Math.round((ts + dur) * 1_000) / 1_000;
}
