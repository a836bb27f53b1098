/**
 * Runs in the watched program before anything of its own, in each of its threads. It must not be noticed: it prints nothing, keeps nothing
 * alive, and where it fails, the program runs on unwatched.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { Recorder } from './recorder.js';
import { ASSIGNMENT, type Assignment } from './recording.js';
import { finishThreads, whenAskedToFinish } from './threads-end.js';

const assignment = process.env[ASSIGNMENT];
if (assignment !== undefined && !isLauncher()) watch(JSON.parse(assignment) as Assignment);

/** Programs that only start the one that is meant: npm and its like are programs of Node, too. */
function isLauncher(): boolean {
  return /^(npm|npx|yarn|pnpm|corepack)(-cli)?(\.[cm]?js)?$/.test(basename(process.argv[1] ?? ''));
}

function watch(assignment: Assignment): void {
  let recorder: Recorder;
  try {
    writeFileSync(join(assignment.folder, `${process.pid}-${threadId}.started`), '');
    recorder = new Recorder(assignment);
  } catch {
    return;
  }
  const finish = (): void => {
    try {
      if (isMainThread) finishThreads(assignment.folder);
      recorder.finish();
    } catch {
      // What was not written is not reported.
    }
  };
  process.once('exit', finish);
  if (isMainThread) whenTheProgramEnds(finish, assignment.seconds);
  else whenAskedToFinish(finish);
}

function whenTheProgramEnds(finish: () => void, seconds: number | undefined): void {
  if (seconds !== undefined) setTimeout(finish, seconds * 1_000).unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, function finishAt() {
      finish();
      // Nobody else handles it: the program would have died of it, and does now.
      process.off(signal, finishAt);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
}
