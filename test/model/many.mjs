/**
 * Maps and streams in random programs: each is one task to whoever waits for it, and to the ledger as many as it has items.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import * as tasks from '../fixtures/tasks.mjs';

/** Resolves with all results. `run` has the task's options. */
export async function mapped(run, { ledger, id, work }) {
  const { items, ms, asynchronous, how } = work;
  const all = Array.from({ length: items }, (_, i) => [ledger, id + i, ms]);
  const results = [];
  for await (const result of run.map(tasks.item, asynchronous ? later(all) : all, how)) results.push(result);
  return how.ordered === false ? results.sort((a, b) => a - b) : results;
}

/** Resolves with what was taken. `call`: a call of another function on the same executor, which settles either way. */
export async function streamed(run, { ledger, id, work }, call) {
  const taken = [];
  for await (const item of run.stream(tasks.counting, ledger, id, work.to, work.ms)) {
    taken.push(item);
    if (work.body === 'leaves' && taken.length === LEAVING) break;
    if (taken.length % 5 > 0) continue;
    if (work.body === 'waits') await sleep(1);
    if (work.body === 'calls') await call();
  }
  return taken;
}

export function expectedOf({ id, work }) {
  if (work.kind === 'map') return Array.from({ length: work.items }, (_, i) => id + i + 0.5);
  return Array.from({ length: work.body === 'leaves' ? Math.min(work.to, LEAVING) : work.to }, (_, i) => i);
}

const LEAVING = 30;

async function* later(items) {
  for (const item of items) {
    if (item[1] % 7 === 0) await sleep(0);
    yield item;
  }
}
