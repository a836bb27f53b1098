/**
 * What tasks print goes to the calling side on the port that their outcomes take: all of it is there before the task's promise settles, in order,
 * and a thread that blocks, exits or is ended afterwards takes nothing along.
 *
 * Node has a port of its own for it, which nothing keeps in step with any other: a program that calls `process.exit()` after its last await
 * would lose what has not come yet. And it lets a stream send one chunk and then wait for the main thread's word before it sends the next; a
 * blocked thread never hears it, and an ended one forgets what it kept. Here a stream waits for nothing, so a task that prints without end fills
 * the main thread's memory instead of its own.
 */
import type { PrintMessage } from '../src/transport/protocol.js';
import { TaskScope } from './task-scope.js';

export function printAtOnce(): void {
  for (const to of ['stdout', 'stderr'] as const) {
    const stream = process[to];
    // Not Node's stream of a thread.
    if (stream._writev === undefined) continue;
    stream._writev = (chunks, done) => {
      print({ type: 'print', to, chunks: chunks.map(({ chunk, encoding }) => ({ chunk, encoding })) });
      done();
    };
  }
}

function print(message: PrintMessage): void {
  if (TaskScope.current !== undefined) TaskScope.current.calledBack = true;
  TaskScope.lane?.post(message, []);
}
