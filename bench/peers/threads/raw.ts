import { parentPort, workerData } from 'node:worker_threads';

const tasks = (await import(workerData as string)) as Record<string, (argument: unknown) => unknown>;

parentPort?.on('message', ([id, name, argument]: [number, string, unknown]) => {
  parentPort?.postMessage([id, tasks[name]?.(argument)]);
});
