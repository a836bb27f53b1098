/**
 * Runs in the traced program before anything of its own. It must not be noticed: it prints nothing, keeps nothing alive, and where it fails,
 * the program runs on untraced.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { Recording } from '../../observe/recording.js';
import { traceEvents } from '../../observe/trace-events.js';
import { ASSIGNMENT, type Assignment, type Part } from './assignment.js';

const assignment = process.env[ASSIGNMENT];
// What runs in an executor's own threads is told of here.
if (assignment !== undefined && isMainThread) record(JSON.parse(assignment) as Assignment);

function record({ folder, origin, seconds, mostTasks }: Assignment): void {
  const recording = new Recording(undefined, mostTasks);
  const write = (): void => {
    try {
      if (recording.tasks.length + recording.threads.size > 0) writeFileSync(join(folder, `${process.pid}.json`), drawn(recording, origin));
    } catch {
      // What was not written is not drawn.
    }
  };
  try {
    writeFileSync(join(folder, `${process.pid}.started`), '');
  } catch {
    recording.stop();
    return;
  }
  if (seconds !== undefined) setTimeout(write, seconds * 1_000).unref();
  // Later than all that the program does about its own end: a service that is told to stop drains first.
  process.once('exit', write);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) endBy(signal, write);
}

/** A signal that nobody else handles ends a program without its `exit`. */
function endBy(signal: NodeJS.Signals, write: () => void): void {
  process.on(signal, function endAt() {
    if (process.listenerCount(signal) > 1) return;
    write();
    process.off(signal, endAt);
    process.kill(process.pid, signal);
  });
}

function drawn(recording: Recording, origin: number): string {
  const { tasks, threads, dropped } = recording;
  const executors = new Set([...tasks, ...threads].map(({ executor }) => executor));
  const part: Part = { tasks: tasks.length, threads: threads.size, executors: [...executors], dropped };
  const program = basename(process.argv[1] ?? process.argv0);
  const now = performance.timeOrigin + performance.now();
  return [part, ...traceEvents(recording, { process: program, now, origin })].map((line) => JSON.stringify(line)).join('\n');
}
