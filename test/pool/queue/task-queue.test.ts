import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskQueue } from '../../../src/pool/queue/task-queue.js';
import type { Task } from '../../../src/pool/task/task.js';

let orders = 0;

/** The queue looks at nothing else of a task. */
function task(priority = 0): Task {
  return { priority, order: orders++, next: undefined, previous: undefined } as unknown as Task;
}

describe('the queue of tasks', () => {
  it('gives first what asked first', () => {
    const queue = new TaskQueue();
    const tasks = [task(), task(), task()];
    for (const each of tasks) queue.push(each);
    expect([...queue.drain()]).toEqual(tasks);
    expect(queue.size).toBe(0);
  });

  it('gives the more urgent first, and in the order of asking among equals', () => {
    const queue = new TaskQueue();
    const [low, none, high, none2, high2] = [task(-1), task(), task(5), task(), task(5)] as [Task, Task, Task, Task, Task];
    for (const each of [low, none, high, none2, high2]) queue.push(each);
    expect([...queue.drain()]).toEqual([high, high2, none, none2, low]);
  });

  it('puts back what had been taken at its old place, not at the end', () => {
    const queue = new TaskQueue();
    const [a, b, c] = [task(), task(), task()] as [Task, Task, Task];
    for (const each of [a, b, c]) queue.push(each);
    queue.shift();
    queue.shift();
    queue.putBack(b);
    queue.putBack(a);
    expect([...queue.drain()]).toEqual([a, b, c]);
  });

  it('has nobody to give when it is empty', () => {
    const queue = new TaskQueue();
    expect(queue.peek()).toBeUndefined();
    expect(queue.shift()).toBeUndefined();
    expect([...queue.drain()]).toEqual([]);
  });

  it('takes fractions, infinities and -0 for priorities', () => {
    const queue = new TaskQueue();
    const tasks = [task(Number.POSITIVE_INFINITY), task(0.5), task(0), task(-0), task(Number.NEGATIVE_INFINITY)];
    for (const each of [...tasks].reverse()) queue.push(each);
    expect([...queue.drain()].map(({ priority }) => priority + 0)).toEqual([Number.POSITIVE_INFINITY, 0.5, 0, 0, Number.NEGATIVE_INFINITY]);
  });

  it('behaves, whatever is done to it, as a list sorted by priority and order of asking', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('push' as const), priority: fc.constantFrom(-1, 0, 0, 0, 1, 2.5) }),
      fc.record({ do: fc.constant('shift' as const) }),
      fc.record({ do: fc.constant('remove' as const), which: fc.nat() }),
      fc.record({ do: fc.constant('putBack' as const), which: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new TaskQueue();
        const model: Task[] = [];
        const taken: Task[] = [];
        for (const each of steps) {
          model.sort((a, b) => b.priority - a.priority || a.order - b.order);
          expect(queue.size).toBe(model.length);
          expect(queue.peek()).toBe(model[0]);
          if (each.do === 'push') {
            const one = task(each.priority);
            queue.push(one);
            model.push(one);
          } else if (each.do === 'shift') {
            const one = model.shift();
            expect(queue.shift()).toBe(one);
            if (one !== undefined) taken.push(one);
          } else if (each.do === 'remove' && model.length > 0) {
            const [one] = model.splice(each.which % model.length, 1) as [Task];
            queue.remove(one);
          } else if (each.do === 'putBack' && taken.length > 0) {
            const [one] = taken.splice(each.which % taken.length, 1) as [Task];
            queue.putBack(one);
            model.push(one);
          }
        }
        model.sort((a, b) => b.priority - a.priority || a.order - b.order);
        expect([...queue.drain()]).toEqual(model);
      }),
      { numRuns: process.env.TIER === 'full' ? 2_000 : 200 },
    );
  });
});
