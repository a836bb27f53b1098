/**
 * What an executor in verify mode does in place of sending a call, or the chunks of a map.
 */
import type { AnyFunction } from '../../transport/any-function.js';
import type { Call } from '../../transport/calls/call.js';
import { labelOf } from '../../transport/functions/label.js';
import type { ChunkFailure, ChunkReply } from '../../transport/rebuild/each.js';
import { stackOf } from '../../transport/values/errors.js';
import type { Host } from '../in-context.js';
import type { TaskOptions } from '../task-options.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { type Tell, teller, type Verify } from './tell.js';
import { verification } from './verify.js';

export interface Verifying {
  readonly verify: Verify;
  readonly executor: string;
  readonly ways: Host['ways'];
  readonly label: string;
  readonly signal: AbortSignal | undefined;
  /** Of the call. */
  readonly stack: string | undefined;
}

/** For a call that is made now. */
export function verifying(
  executor: { readonly name: string; readonly ways: Host['ways'] },
  verify: Verify,
  fn: AnyFunction,
  { name, signal }: TaskOptions,
): Verifying {
  const caller: { stack?: string } = {};
  Error.captureStackTrace(caller);
  const label = name ?? (labelOf(fn) || 'the function');
  return { verify, executor: executor.name, ways: executor.ways, label, signal, stack: stackOf(caller) };
}

/** Settles as the call on the thread does, once it has run here too. */
export async function verified(
  how: Verifying,
  { fn, args, self }: { readonly fn: AnyFunction; readonly args: readonly unknown[]; readonly self: unknown },
  send: () => Promise<unknown>,
): Promise<unknown> {
  const check = verification({ ...how, fn, args, self, tell: tellerOf(how) });
  const there = await outcomeOf(send);
  if (!isAbort(there, how.signal)) await check(there);
  if (there.ok) return there.value;
  throw there.error;
}

/** The executor as `map` sees it: each item of a chunk is checked when the chunk has come back. */
export function verifyingHost(host: Host, fn: AnyFunction, how: Verifying): Host {
  const tell = tellerOf(how);
  const checks = new WeakMap<Call, Check[]>();
  return {
    get maxThreads() {
      return host.maxThreads;
    },
    ways: host.ways,
    prepare: (each, args) => {
      const items = Array.from(args[0] as ArrayLike<unknown>, (item) => verification({ ...how, fn, args: [item], self: undefined, tell }));
      const call = host.prepare(each, args);
      checks.set(call, items);
      return call;
    },
    submitCall: async (call, options) => {
      const there = await outcomeOf(() => host.submitCall(call, options));
      const thrown = there.error as ChunkFailure | undefined;
      const failure = thrown?.['run-in-executor:chunk'] === true ? thrown : undefined;
      await checkItems(checks.get(call) ?? [], failure ?? (there.value as ChunkReply | undefined), failure);
      if (there.ok) return there.value;
      throw there.error;
    },
    begin: (one) => host.begin(one),
    ready: () => host.ready(),
  };
}

/** Its caller does not want it any more, and that is no difference between here and there. */
function isAbort({ ok, error }: Outcome, signal: AbortSignal | undefined): boolean {
  return !ok && signal?.aborted === true && error === signal.reason;
}

type Check = (there: Outcome) => Promise<void>;

async function checkItems(
  checks: readonly Check[],
  reply: Pick<ChunkReply, 'results'> | undefined,
  failure: ChunkFailure | undefined,
): Promise<void> {
  if (reply === undefined) return;
  const { results } = reply;
  for (let i = 0; i < results.length; i++) await checks[i]?.({ ok: true, value: results[i] });
  if (failure !== undefined) await checks[results.length]?.({ ok: false, error: failure.error });
}

function tellerOf({ verify, label, stack }: Verifying): Tell {
  return teller(verify, label, stack);
}
