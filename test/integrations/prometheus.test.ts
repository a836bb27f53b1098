import { register as ownRegister, Registry } from 'prom-client';
import { Executor, sleepSync } from 'run-in-executor';
import { collectExecutorMetrics } from 'run-in-executor/prometheus';
import { expect, test } from 'vitest';

interface Family {
  help: string;
  type: string;
  readonly samples: { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const add = (a: number, b: number): number => a + b;
const fails = () => {
  throw new Error('deliberate');
};

/** Reads the text format 0.0.4 as strictly as its grammar is; what it does not know throws. */
async function scrape(register: Registry): Promise<Map<string, Family>> {
  const families = new Map<string, Family>();
  for (const line of (await register.metrics()).split('\n').filter((each) => each !== '')) {
    const [, keyword, of = '', text = ''] = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line) ?? [];
    const [, name = '', labels = '', value = ''] =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([-+]?[\d.e+-]+|NaN|[-+]?Inf)$/.exec(line) ?? [];
    const known = families.get(keyword === undefined ? name.replace(/_(bucket|sum|count)$/, '') : of) ?? families.get(name);
    if (keyword === 'HELP') families.set(of, { help: text, type: '', samples: [] });
    else if (keyword === 'TYPE' && known !== undefined) known.type = text;
    else if (known !== undefined && value !== '') known.samples.push({ name, labels: labelsOf(labels), value: Number(value) });
    else throw new Error(`Not in the text format: ${line}`);
  }
  return families;
}

function labelsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g)];
  if (pairs.map(([whole]) => whole).join('') !== text) throw new Error(`Not labels: ${text}`);
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value]));
}

test('Prometheus reads of each executor what waits, runs and has ended, how long it took, and what the threads do', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register });
  await using executor = new Executor({ maxThreads: 2, name: 'measured' });
  await Promise.all([executor.run(add, 1, 2), executor.run(sleepSync, 20), executor.run(fails).catch(() => undefined)]);
  const families = await scrape(register);
  const value = (name: string, labels: Record<string, string>) =>
    families
      .get(`run_in_executor_${name.replace(/_(bucket|sum|count)$/, '')}`)
      ?.samples.find((sample) => sample.name.endsWith(name) && contains(sample.labels, { executor: 'measured', ...labels }))?.value;
  expect(value('tasks_total', { task: 'add', outcome: 'completed' })).toBe(1);
  expect(value('tasks_total', { task: 'fails', outcome: 'failed' })).toBe(1);
  expect([value('queued_tasks', {}), value('running_tasks', {}), value('max_threads', {})]).toEqual([0, 0, 2]);
  expect(value('thread_starts_total', {})).toBeGreaterThanOrEqual(1);
  const slept = { task: 'sleepSync' };
  expect(['0.01', '30', '+Inf'].map((le) => value('task_run_seconds_bucket', { ...slept, le }))).toEqual([0, 1, 1]);
  expect(value('task_run_seconds_sum', slept)).toBeGreaterThanOrEqual(0.019);
  expect([value('task_run_seconds_count', slept), value('task_wait_seconds_count', slept)]).toEqual([1, 1]);
  expect(value('saved_seconds_total', slept)).toBeGreaterThanOrEqual(0.019);
  expect(value('spent_seconds_total', slept)).toBeGreaterThan(0);
});

test('what was refused, what took too long and what was given up are told from what failed', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register });
  await using executor = new Executor({ maxThreads: 1, maxQueue: 1, name: 'busy' });
  const abort = new AbortController();
  const first = executor.run.with({ timeout: 20 })(sleepSync, 60_000);
  const second = executor.run.with({ signal: abort.signal })(add, 1, 2);
  const third = executor.run(add, 3, 4);
  await expect(third).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
  abort.abort();
  await Promise.allSettled([first, second]);
  const ends = (await scrape(register))
    .get('run_in_executor_tasks_total')
    ?.samples.map(({ labels: { task, outcome } }) => `${task} ${outcome}`);
  expect(ends?.sort()).toEqual(['add cancelled', 'add refused', 'sleepSync timed_out']);
});

function contains(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** The rules of `promtool check metrics`. */
test('every metric keeps to the rules of Prometheus for names, units and help', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register });
  await using executor = new Executor({ maxThreads: 1 });
  await executor.run(add, 1, 2);
  const families = await scrape(register);
  expect(families.size).toBe(13);
  for (const [name, { help, type, samples }] of families) {
    expect(name).toMatch(/^run_in_executor_[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(help, name).toMatch(/^[A-Z].*[^.]$/);
    expect(name.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter');
    expect(name, 'a reserved suffix').not.toMatch(/_(count|sum|bucket|info)$/);
    expect(name, 'its own type').not.toMatch(/gauge|counter|histogram|summary/);
    expect(name, 'a unit that is no base unit').not.toMatch(/milliseconds|minutes|hours|_ms(_|$)|percent|kilobytes|megabytes|bits/);
    if (type === 'histogram') expect(samples.map(({ labels }) => labels.le)).toContain('+Inf');
    for (const label of samples.flatMap(({ labels }) => Object.keys(labels))) expect(label).toMatch(/^(executor|task|outcome|reason|le)$/);
  }
});

test('10,000 task names make no more series than 50 do', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register });
  await using executor = new Executor({ maxThreads: 1, name: 'many' });
  await Promise.all(Array.from({ length: 10_000 }, (_, i) => executor.run.with({ name: `report ${i}` })(add, i, 1)));
  const families = await scrape(register);
  const tasks = families.get('run_in_executor_tasks_total')?.samples ?? [];
  expect(tasks).toHaveLength(51);
  expect(tasks.reduce((sum, { value }) => sum + value, 0)).toBe(10_000);
  expect(tasks.find(({ labels }) => labels.task === 'other')?.value).toBe(9_950);
  // 11 buckets, +Inf, sum and count.
  expect(families.get('run_in_executor_task_run_seconds')?.samples).toHaveLength(51 * 14);
});

test('names of tasks can be made fewer by the program', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register, taskName: (name) => name.replace(/\d+/, 'N') });
  await using executor = new Executor({ maxThreads: 1 });
  for (const id of [1, 2, 3]) await executor.run.with({ name: `report ${id}` })(add, 1, 1);
  const tasks = (await scrape(register)).get('run_in_executor_tasks_total')?.samples;
  expect(tasks).toMatchObject([{ labels: { task: 'report N' }, value: 3 }]);
});

test('100 executors are no more series than 20 are', async () => {
  const register = new Registry();
  using _ = collectExecutorMetrics({ register });
  for (let i = 0; i < 100; i++) {
    // Never started: it is refused, and counted all the same.
    await new Executor({ name: `pool ${i}`, maxThreads: 1 }).run(null as never).catch(() => undefined);
  }
  expect((await scrape(register)).get('run_in_executor_tasks_total')?.samples).toHaveLength(21);
});

test('metrics of chosen executors leave the others out, under a prefix of choice', async () => {
  const register = new Registry();
  await using mine = new Executor({ maxThreads: 1, name: 'mine' });
  await using theirs = new Executor({ maxThreads: 1, name: 'theirs' });
  using _ = collectExecutorMetrics({ register, executors: [mine], prefix: 'offloaded_' });
  await Promise.all([mine.run(add, 1, 2), theirs.run(add, 1, 2)]);
  const text = await register.metrics();
  expect(text).toContain('offloaded_tasks_total{executor="mine",task="add",outcome="completed"} 1');
  expect(text).not.toContain('theirs');
});

test('disposing takes the metrics out of the registry, which is that of prom-client by default', async () => {
  const metrics = collectExecutorMetrics();
  expect(await ownRegister.metrics()).toContain('run_in_executor_queued_tasks');
  expect(() => collectExecutorMetrics()).toThrow(/already been registered/);
  metrics[Symbol.dispose]();
  expect(await ownRegister.metrics()).not.toContain('run_in_executor');
});
