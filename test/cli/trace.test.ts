import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TraceEvent, TraceFile } from 'run-in-executor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';
import { commandLine, root } from '../setup/command-line.js';

const program = join(root, 'test/fixtures/cli/traced.mjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-in-executor-trace-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function events(name: string): TraceEvent[] {
  return (JSON.parse(readFileSync(join(folder, name), 'utf8')) as TraceFile).traceEvents;
}

function runs(name: string): string[] {
  return events(name).flatMap((event) => (event.ph === 'X' && event.cat === 'run' ? [event.name] : []));
}

test('all executors of a program, and of the programs that it starts, are in one picture', async () => {
  const file = join(folder, 'all.json');
  const { exitCode, stderr } = await commandLine(['trace', '--out', file, '--', process.execPath, program]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `${file}: 3 tasks of one and two and child on 3 threads, in 2 processes\nOpen it in https://ui.perfetto.dev, or in the Performance panel of Chrome's DevTools.\n`,
  });
  expect(runs('all.json')).toEqual(['sleepSync', 'sleepSync', 'sleepSync']);
  const named = events('all.json').flatMap(({ name, args }) => (name === 'thread_name' ? [args?.name] : []));
  expect(named.filter((name) => name !== 'calling thread').sort()).toEqual([
    expect.stringMatching(/^child thread \d+$/),
    expect.stringMatching(/^one thread \d+$/),
    expect.stringMatching(/^two thread \d+$/),
  ]);
  // One clock: what the child ran comes after what its parent had run.
  const [parent, child] = [...new Set(events('all.json').map(({ pid }) => pid))].map((pid) =>
    events('all.json').filter((event) => event.pid === pid && event.cat === 'run'),
  );
  const ends = [parent, child].map((bars) => Math.max(...(bars ?? []).map(({ ts }) => ts)));
  expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))).toBeGreaterThan(1_000);
});

test('a service that is told to stop is drawn to its end, what it drains included', async () => {
  const file = join(folder, 'service.json');
  const args = [join(root, 'dist/src/cli/main.js'), 'trace', '--out', file, '--', process.execPath, program, 'service'];
  const child = spawn(process.execPath, args, { env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
  const told = text(child.stderr);
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await told).toContain('2 tasks of service on 1 thread\n');
  expect(runs('service.json')).toEqual(['first', 'taken at the end']);
});

test('a program without a task, without a Node, or without a place for the file is refused, each in its words', async () => {
  const out = ['--out', join(folder, 'none.json')];
  const asked = await Promise.all([
    commandLine(['trace', ...out, '--', process.execPath, '-e', '1']),
    commandLine(['trace', ...out, '--', 'git', '--version']),
    commandLine(['trace', '--out', join(folder, 'no/such/folder.json'), '--', process.execPath, program]),
    commandLine(['trace', ...out, '--', process.execPath, '-e', 'process.exit(5)']),
  ]);
  expect(asked.map(({ exitCode, stderr }) => `${exitCode} ${stderr.replace(/^run-in-executor: /gm, '')}`)).toEqual([
    expect.stringMatching(/^1 no executor was asked to run anything/),
    expect.stringMatching(/^2 no Node was started by that program/),
    expect.stringMatching(/^2 --out takes a file that can be written/),
    expect.stringMatching(/^1 .*exited with 5/),
  ]);
});

test('tasks beyond --tasks are counted, and a program that fails is said to have failed', async () => {
  const file = join(folder, 'few.json');
  const body = `import { runInExecutor as run } from 'run-in-executor'; for (const n of [1, 2, 3]) await run(Math.abs, n); throw new Error('deliberate');`;
  const { exitCode, stderr } = await commandLine([
    'trace',
    '--tasks',
    '1',
    '--out',
    file,
    '--',
    process.execPath,
    '--input-type=module',
    '-e',
    body,
  ]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('2 tasks more came after those that are drawn');
  expect(stderr).toContain('1 task of default on 1 thread\n');
});

test('an earlier trace stays where there is nothing to put in its place, and no file is left where there was none', async () => {
  const [earlier, none] = [join(folder, 'earlier.json'), join(folder, 'never.json')];
  writeFileSync(earlier, '{"traceEvents":[]}');
  for (const out of [earlier, none]) {
    const { exitCode } = await commandLine(['trace', '--out', out, '--', 'no-such-program']);
    expect(exitCode).toBe(2);
  }
  expect([readFileSync(earlier, 'utf8'), existsSync(none)]).toEqual(['{"traceEvents":[]}', false]);
});

test('a program that crashes at its end is drawn, and is said to have failed', async () => {
  const file = join(folder, 'crashed.json');
  const body = `import { runInExecutor as run } from 'run-in-executor'; await run(Math.abs, 1); process.once('exit', () => process.abort());`;
  const { exitCode, stderr } = await commandLine(['trace', '--out', file, '--', process.execPath, '--input-type=module', '-e', body]);
  expect({ exitCode, tasks: runs('crashed.json') }).toEqual({ exitCode: 3, tasks: ['abs'] });
  expect(stderr).toContain('was ended by SIGABRT; this is what was seen until then');
});
