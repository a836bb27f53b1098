/**
 * Errors that surface outside of any call: a timer that throws, a promise that nobody watched.
 *
 * Each is traced to the task that caused it. If that task still runs, it fails by it. If it has ended, the error comes too late for anybody:
 * it becomes a warning of the process, and never the failure of whatever task runs next.
 */

import { inspect } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { setTimeout } from '../src/transport/own/own-globals.js';
import type { StrayMessage } from '../src/transport/protocol.js';
import { wordsOf } from '../src/transport/words-of.js';
import { TaskScope } from './task-scope.js';

export function watchStrays(): void {
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  rememberMicrotasks();
}

/** A loop that goes on failing would fill the program's log, and take it longer than the loop itself: what is too much is counted, and told of later. */
export function reportStray(what: string, error: unknown): void {
  if (told++ === 0) setTimeout(tellRest, PERIOD).unref();
  if (told > MOST) return;
  post(`${what}: ${shown(error)}`);
}

function tellRest(): void {
  const rest = told - MOST;
  told = 0;
  if (rest > 0) post(`What tasks left behind in a thread failed ${rest} more times within ${PERIOD / 1000} s, which is told of no further`);
}

function post(text: string): void {
  const message: StrayMessage = { type: 'run-in-executor:stray', text };
  parentPort?.postMessage(message);
}

/** Within PERIOD ms so many of a thread are told of one by one. */
const MOST = 10;
const PERIOD = 5_000;
/** In this period. */
let told = 0;

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
