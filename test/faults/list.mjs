/**
 * All faults, by the state in which they strike. Each is a test, and a row of docs/guarantees.md.
 */
import { aborts } from './list/aborts.mjs';
import { errors } from './list/errors.mjs';
import { isolation } from './list/isolation.mjs';
import { programs } from './list/programs.mjs';
import { queues } from './list/queues.mjs';
import { results } from './list/results.mjs';
import { shutdown } from './list/shutdown.mjs';
import { starts } from './list/starts.mjs';
import { threads } from './list/threads.mjs';
import { timeouts } from './list/timeouts.mjs';

export const groups = [
  { group: 'A task fails', faults: errors },
  { group: 'A result cannot cross', faults: results },
  { group: 'A thread ends or hangs under its task', faults: threads },
  { group: 'A thread cannot start, or be let go', faults: starts },
  { group: 'A task is aborted', faults: aborts },
  { group: 'A task takes too long', faults: timeouts },
  { group: 'Too much at once', faults: queues },
  { group: 'The executor is closed', faults: shutdown },
  { group: 'A task meddles with its thread', faults: isolation },
  { group: 'The program', faults: programs },
];

export const faults = groups.flatMap(({ group, faults }) => faults.map((fault) => ({ ...fault, group })));
