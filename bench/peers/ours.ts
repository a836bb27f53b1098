import { Executor, type ExecutorOptions, transfer } from 'run-in-executor';
import * as tasks from '../tasks.js';
import type { Peer, RunOptions, TaskName } from './peer.js';

export const ours: Peer = {
  name: 'run-in-executor',
  can: ['abort', 'transfer', 'share'],
  open: async (threads) => open({ maxThreads: threads }),
};

function open(options: ExecutorOptions) {
  const executor = new Executor(options);
  const run = (name: TaskName, argument: unknown, { signal, transfer: list }: RunOptions = NONE): Promise<unknown> => {
    const task = byName[name] as (argument: unknown) => unknown;
    if (signal !== undefined) return executor.run.with({ signal })(task, argument);
    return executor.run(task, list === undefined ? argument : transfer(argument, list));
  };
  return { executor, run, close: () => executor.close() };
}

const byName: Readonly<Record<TaskName, (argument: never) => unknown>> = tasks;

const NONE: RunOptions = {};
