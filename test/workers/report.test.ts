import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Claims } from '../../src/transport/shared-memory/claims.js';
import { Reporter } from '../../workers/report.js';
import type { TaskScope } from '../../workers/task-scope.js';

test.each([
  ['hears the bell', (caller: Claims) => caller.bells.hear(() => undefined)],
  ['looks by itself', (caller: Claims) => (caller.bells.looking = true)],
])('a calling side that %s is told of a parked call by message, in step with the message that wakes it', async (_, wait) => {
  const { port1, port2 } = new MessageChannel();
  const caller = new Claims();
  const reporter = new Reporter(port2, new Claims(caller.buffer), false);
  wait(caller);
  reporter.parked({ sequence: 0 } as TaskScope);
  port2.postMessage('wake');
  const told: unknown[] = [];
  port1.on('message', (message) => told.push(message));
  while (told.at(-1) !== 'wake') await once(port1, 'message');
  expect(told).toEqual([0, 'wake']);
  caller.bells.silence();
  port1.close();
});
