/**
 * Runs one call: finds its function, decodes its arguments, and waits if there is something to wait for.
 */

import type { AnyFunction } from '../src/transport/any-function.js';
import { within } from '../src/transport/context/within.js';
import type { Packed } from '../src/transport/packed.js';
import { MissingFunction } from '../src/transport/rebuild/missing.js';
import { rebuild } from '../src/transport/rebuild/table.js';
import { isThenable } from '../src/transport/thenable.js';
import { decode } from '../src/transport/values/decode.js';
import { isWritten } from '../src/transport/values/is-written.js';
import { readArguments } from '../src/transport/values/written.js';
import { throwIfBroken } from './builtins.js';
import { checkFunctions, functionsLoaded } from './functions.js';
import type { TaskScope } from './task-scope.js';

export interface Call {
  readonly fn: number;
  readonly packed: boolean;
  readonly payload: unknown;
}

export interface Outcome {
  readonly ok: boolean;
  readonly value: unknown;
  /** This thread does not have the functions of these numbers: nothing ran. */
  readonly missing?: readonly number[];
}

/**
 * A promise only where there is something to wait for: a module, or what the function returned. Throws, or rejects, only where this thread cannot
 * go on: nothing of the call has run.
 */
export function run(call: Call, scope: TaskScope): Outcome | Promise<Outcome> {
  const loading = functionsLoaded();
  return loading === undefined ? start(call, scope) : loading.then(() => start(call, scope));
}

function start(call: Call, scope: TaskScope): Outcome | Promise<Outcome> {
  let found: ReturnType<typeof unpack>;
  try {
    checkFunctions(call.fn, call.payload, call.packed);
    found = unpack(call);
  } catch (error) {
    if (error instanceof MissingFunction) return { ok: false, value: error, missing: [error.id, ...error.others] };
    throwIfBroken();
    return { ok: false, value: error };
  }
  try {
    const [fn, args] = found;
    const value = scope.run(fn, args);
    return isThenable(value) ? settled(value) : { ok: true, value };
  } catch (error) {
    return { ok: false, value: error };
  }
}

function unpack({ fn, packed, payload }: Call): readonly [AnyFunction, readonly unknown[]] {
  const rebuilt = fn === 0 ? undefined : rebuild(fn);
  const value = packed
    ? decode(payload as Packed, { rebuild: rebuilt?.rebuild ?? rebuild })
    : isWritten(payload)
      ? readArguments(payload)
      : payload;
  if (rebuilt !== undefined) return [rebuilt.fn, value as unknown[]];
  const [root, args, stores] = value as [AnyFunction, unknown[], unknown[]?];
  return [within(stores, root), args];
}

async function settled(value: PromiseLike<unknown>): Promise<Outcome> {
  try {
    return { ok: true, value: await value };
  } catch (error) {
    return { ok: false, value: error };
  }
}
