import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { Executor, fromModule, InlineExecutor, sleepSync } from 'run-in-executor';
import { ExecutorInstrumentation } from 'run-in-executor/opentelemetry';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exporter, start } from '../fixtures/observe/telemetry.mjs';

/** As a thread imports it: Vitest's copy of the module has the main thread's SDK in it. */
const telemetry = new URL('../fixtures/observe/telemetry.mjs', import.meta.url);
const { nesting, start: startThere, spansOf, traced } = fromModule<typeof import('../fixtures/observe/telemetry.mjs')>(telemetry);
const tracer = trace.getTracer('test');
const fails = () => {
  throw new RangeError('deliberate');
};

let instrumentation: ExecutorInstrumentation;
let executor: Executor;

beforeAll(() => {
  start();
  instrumentation = new ExecutorInstrumentation();
  executor = new Executor({ maxThreads: 1, name: 'traced', initializer: startThere });
});
afterEach(() => exporter.reset());
afterAll(async () => {
  instrumentation.disable();
  await executor.close();
});

/** Of this thread, by name. */
function span(name: string) {
  const found = exporter.getFinishedSpans().find((each) => each.name === name);
  if (found === undefined) throw new Error(`no span ${name}`);
  return { ...found, id: found.spanContext().spanId, traceId: found.spanContext().traceId, parent: found.parentSpanContext?.spanId };
}

async function within<T>(name: string, run: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (own) => {
    try {
      return await run();
    } finally {
      own.end();
    }
  });
}

test('a task has a span under its caller’s, and under it one for waiting and one for running', async () => {
  await within('caller', () => executor.run(sleepSync, 5));
  const task = span('sleepSync');
  expect(task.parent).toBe(span('caller').id);
  expect([span('sleepSync wait').parent, span('sleepSync run').parent]).toEqual([task.id, task.id]);
  expect(new Set(exporter.getFinishedSpans().map((each) => each.spanContext().traceId)).size).toBe(1);
  expect(task.attributes).toMatchObject({ 'run_in_executor.executor.name': 'traced', 'run_in_executor.task.outcome': 'completed' });
  expect(span('sleepSync run').attributes).toEqual({ 'thread.id': expect.any(Number) });
  expect(span('sleepSync wait').endTime).toEqual(span('sleepSync run').startTime);
  expect(span('sleepSync wait').startTime).toEqual(task.startTime);
});

test('what a task traces in its thread is a child of the task’s span, with the baggage of the caller', async () => {
  const baggage = propagation.createBaggage({ tenant: { value: 'acme' } });
  const tenant = await context.with(propagation.setBaggage(context.active(), baggage), () =>
    within('request', () => executor.run(traced, 'child')),
  );
  expect(tenant).toBe('acme');
  const [child] = (await executor.run(spansOf)).filter(({ name }) => name === 'child');
  expect(child).toMatchObject({ traceId: span('request').traceId, parent: span('traced').id });
  expect(span('traced').parent).toBe(span('request').id);
});

test('a call that a task makes itself continues the trace', async () => {
  await within('caller of both', () => executor.run(nesting));
  const spans = await executor.run(spansOf);
  const parents = ['in the task', 'in a call of the task'].map((name) => spans.find((each) => each.name === name)?.parent);
  expect(parents).toEqual([span('nesting').id, span('nesting').id]);
});

test('the items of a map continue the trace of the map’s caller', async () => {
  await within('mapping', () => executor.map(traced, ['item 1', 'item 2']).toArray());
  const items = (await executor.run(spansOf)).filter(({ name }) => name.startsWith('item'));
  expect(items.map(({ parent }) => parent)).toEqual([span('mapping').id, span('mapping').id]);
});

test('a task without a caller’s span is the root of its trace', async () => {
  await executor.run(traced, 'rooted');
  expect(span('traced').parent).toBeUndefined();
  const [child] = (await executor.run(spansOf)).filter(({ name }) => name === 'rooted');
  expect(child?.parent).toBe(span('traced').id);
});

test('an error is recorded on the span, with its type', async () => {
  await executor.run(fails).catch(() => undefined);
  const failed = span('fails');
  expect(failed.status).toEqual({ code: SpanStatusCode.ERROR, message: 'deliberate' });
  expect(failed.attributes).toMatchObject({ 'error.type': 'RangeError', 'run_in_executor.task.outcome': 'failed' });
  expect(failed.events.map(({ name }) => name)).toEqual(['exception']);
});

test('a task that never ran has waited, and has not run', async () => {
  await executor.run
    .with({ signal: AbortSignal.abort() })(sleepSync, 1)
    .catch(() => undefined);
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['sleepSync wait', 'sleepSync']);
});

test('the trace goes on in an InlineExecutor', async () => {
  await using inline = new InlineExecutor();
  // As the API finds it itself: what is imported here is Vitest's copy, which cannot cross.
  const current = () => {
    const active = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')).context.active();
    return active.getValue(Symbol.for('OpenTelemetry Context Key SPAN'))?.spanContext().spanId;
  };
  const id = await within('inline caller', () => inline.run(current));
  expect(id).toBe(span('current').id);
  expect(span('current').parent).toBe(span('inline caller').id);
});

test('the caller’s own context holds after the call', async () => {
  await within('before and after', async () => {
    await executor.run(sleepSync, 1);
    expect(trace.getActiveSpan()?.spanContext().spanId).not.toBe(span('sleepSync').id);
    await within('later', async () => undefined);
  });
  expect(span('later').parent).toBe(span('before and after').id);
});

test('nothing is traced while it is disabled', async () => {
  instrumentation.disable();
  await executor.run(sleepSync, 1);
  instrumentation.enable();
  expect(exporter.getFinishedSpans()).toEqual([]);
});

describe('metrics', () => {
  test('have the names, units and attributes of the conventions, and few of them under 10,000 task names', async () => {
    const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 60_000_000 });
    const provider = new MeterProvider({ readers: [reader] });
    instrumentation.setMeterProvider(provider);
    await using many = new Executor({ maxThreads: 2, name: 'many' });
    const add = (a: number, b: number) => a + b;
    await Promise.all(Array.from({ length: 10_000 }, (_, i) => many.run.with({ name: `report ${i}` })(add, i, 1)));
    await many.run.with({ name: 'slept' })(sleepSync, 5);
    await many.run
      .with({ signal: AbortSignal.abort(new RangeError('too late')) })(add, 1, 2)
      .catch(() => undefined);
    exporter.reset();
    await provider.forceFlush();
    const found = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    expect(found.map(({ descriptor: { name, unit } }) => `${name} ${unit}`).sort()).toEqual([
      'run_in_executor.caller.time.saved s',
      'run_in_executor.caller.time.spent s',
      'run_in_executor.queue.length {task}',
      'run_in_executor.task.run.duration s',
      'run_in_executor.task.running {task}',
      'run_in_executor.task.wait.duration s',
      'run_in_executor.thread.count {thread}',
      'run_in_executor.thread.max {thread}',
      'run_in_executor.thread.utilization 1',
    ]);
    const points = (name: string) =>
      found
        .find(({ descriptor }) => descriptor.name === `run_in_executor.${name}`)
        ?.dataPoints.filter((point) => point.attributes['run_in_executor.executor.name'] === 'many');
    expect(points('task.run.duration')).toHaveLength(51);
    // Of one that never ran the wait alone is known, and why.
    const [refused] = points('task.wait.duration')?.filter(({ attributes }) => attributes['error.type'] === 'RangeError') ?? [];
    expect(refused?.value).toMatchObject({ count: 1 });
    expect(points('task.run.duration')?.filter(({ attributes }) => 'error.type' in attributes)).toEqual([]);
    const ledger = (name: string) =>
      new Map(points(name)?.map(({ attributes, value }) => [attributes['run_in_executor.task.name'], value]));
    expect(ledger('caller.time.saved').get('other')).toBeGreaterThan(0.004);
    expect([...ledger('caller.time.spent').keys()]).toEqual([...ledger('caller.time.saved').keys()]);
    expect(points('thread.max')).toMatchObject([{ value: 2 }]);
    expect(points('thread.count')?.map(({ attributes }) => attributes['run_in_executor.thread.state'])).toEqual(['busy', 'idle']);
    await provider.shutdown();
  });
});
