/**
 * Errors that surface outside of any call: a timer that throws, a promise that nobody watched.
 *
 * Each is traced to the task that caused it. If that task still runs, it fails by it. If it has ended, the error comes too late for anybody:
 * it becomes a warning of the process, and never the failure of whatever task runs next.
 */

import { inspect } from 'node:util';
import { parentPort } from 'node:worker_threads';
import type { StrayMessage } from '../src/transport/protocol.js';
import { wordsOf } from '../src/transport/words-of.js';
import { TaskScope } from './task-scope.js';

export function watchStrays(): void {
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  rememberMicrotasks();
}

export function reportStray(what: string, error: unknown): void {
  const message: StrayMessage = { type: 'run-in-executor:stray', text: `${what}: ${shown(error)}` };
  parentPort?.postMessage(message);
}

/** Never throws: what is thrown where an error is dealt with ends the thread, under whoever runs there. */
function shown(error: unknown): string {
  try {
    return inspect(error);
  } catch {
    return wordsOf(error);
  }
}

/** Whose microtask it was that throws now: by the time that anybody is asked, Node 20 and 22 have forgotten. */
let throwing: TaskScope | undefined;

function rememberMicrotasks(): void {
  const queue = globalThis.queueMicrotask;
  globalThis.queueMicrotask = function queueMicrotask(callback: () => void): void {
    const scope = TaskScope.ofCaller();
    const remembering = (): void => {
      try {
        callback();
      } catch (error) {
        throwing = scope;
        throw error;
      }
    };
    queue(typeof callback === 'function' ? remembering : callback);
  };
}

function stray(error: unknown): void {
  const scope = TaskScope.ofCaller() ?? throwing;
  throwing = undefined;
  if (scope?.running === true && TaskScope.lane !== undefined) TaskScope.lane.fail(scope, error);
  else if (scope?.failParked(error) !== true)
    reportStray('A task left something behind in its thread that failed after it had ended', error);
}
