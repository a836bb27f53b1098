/**
 * What Node and the language gave when this module was loaded. Test runners replace timers and clocks on the calling side, and calls must settle
 * all the same; in a thread, a task may replace whatever it likes, and the thread's own code must be able to say so.
 */
import { performance as nodePerformance } from 'node:perf_hooks';
import {
  clearImmediate as nodeClearImmediate,
  clearTimeout as nodeClearTimeout,
  setImmediate as nodeSetImmediate,
  setTimeout as nodeSetTimeout,
} from 'node:timers';
import { types } from 'node:util';
import { nodesGlobal } from './nodes-realm.js';

// Copied: an import follows what `syncBuiltinESMExports` says later.
// With its method: fake clocks put another into the object itself.
export const performance = { now: nodePerformance.now.bind(nodePerformance), timeOrigin: nodePerformance.timeOrigin };
export const clearImmediate = nodeClearImmediate;
export const clearTimeout = nodeClearTimeout;
export const setImmediate = nodeSetImmediate;
export const setTimeout = nodeSetTimeout;
export const { Promise: OwnPromise, queueMicrotask } = globalThis;
// The context that Jest makes for jsdom has none.
export const structuredClone: typeof globalThis.structuredClone = globalThis.structuredClone ?? nodesGlobal().structuredClone;
export const { apply } = Reflect;
export const isPromise = types.isPromise as (value: unknown) => value is Promise<unknown>;
export const nextTick = process.nextTick.bind(process);
export const { versions } = process;
