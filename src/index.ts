/**
 * run-in-executor: any function on a thread, and back as a promise.
 *
 * @module
 */

// ── Run a function ──

export { getDefaultExecutor, runInExecutor, setDefaultExecutor } from './executor/default.js';
export { explain } from './executor/explain.js';
export { fromModule } from './executor/from-module.js';
export { partial } from './executor/partial.js';

// ── Threads of your own ──

export { Executor } from './executor/executor.js';
export type { ExecutorLike } from './executor/executor-like.js';
export { InlineExecutor } from './executor/inline/inline-executor.js';

// ── How many at once ──

export { ConcurrencyLimit } from './limits/concurrency-limit.js';
export { KeyedConcurrencyLimit } from './limits/keyed-concurrency-limit.js';

// ── What crosses ──

export { callback } from './transport/functions/callback.js';
export { transfer } from './transport/values/transfer.js';

// ── Inside a task ──

export { type CurrentThread, currentThread } from './executor/current-thread.js';
export { sleepSync } from './executor/sleep.js';

// ── What can go wrong ──

export {
  type Difference,
  ExecutorClosedError,
  ExecutorError,
  FunctionNotSendableError,
  InitializerError,
  MismatchError,
  NamedArgumentError,
  QueueFullError,
  TaskTimeoutError,
  ThreadExitedError,
  ThreadOutOfMemoryError,
  ValueNotSendableError,
} from './errors.js';

// ── See what it does ──

export { Trace, type TraceFile, type TraceOptions, type TraceSummary } from './observe/trace.js';
export type { TraceEvent } from './observe/trace-events.js';

// ── Types, for those who write them down ──

export type { MapOptions, MapResult } from './executor/map/map.js';
export type { NamedArguments } from './executor/named.js';
export type { ExecutorOptions, ResourceLimits } from './executor/options.js';
export type { Run } from './executor/run.js';
export type { Fn } from './executor/submit.js';
export type { TaskOptions } from './executor/task-options.js';
export type { Verify } from './executor/verify/tell.js';
export type { ExecutorStats, FunctionLedger, Summary } from './pool/stats/stats.js';
export type { ContextMessage, NestedRun, Stretch, TaskMessage } from './pool/task/task-channels.js';
export type { ThreadMessage } from './pool/threads/thread-channels.js';
export type { ExplainedCapture, Explanation } from './transport/describe/explain.js';
