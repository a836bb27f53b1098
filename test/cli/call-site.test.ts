import { expect, test } from 'vitest';
import { changedCall, onThread } from '../../src/cli/find/call-site.js';

test.each([
  ['const a = work(1, [2]);', 'const a = await runInExecutor(work, 1, [2]);'],
  ['return work();', 'return await runInExecutor(work);'],
  ['const a = await work(b);', 'const a = await runInExecutor(work, b);'],
  ['send(work(rows).length);', 'send((await runInExecutor(work, rows)).length);'],
  ["log(report.pages.work(')'));", "log(await runInExecutor(report.pages.work.bind(report.pages), ')'));"],
  ['return this.work(x);', 'return await runInExecutor(this.work.bind(this), x);'],
])('the call in %j becomes %j', (before, after) => {
  expect(changedCall(before, 1, 'work', onThread)).toEqual({ line: 1, before, after });
});

test.each(['function work(rows) { return rows; }', 'class A { work(rows) { return 1; } }', 'homework(1);', '// work(1)', 'new work(1);'])(
  '%j holds no call of it',
  (source) => {
    expect(changedCall(source, 1, 'work', onThread)).toBeUndefined();
  },
);

test('what stands before the caller is not looked at', () => {
  expect(changedCall('work(1);\nfunction caller() {\n  work(2);\n}', 2, 'work', onThread)?.line).toBe(3);
});
