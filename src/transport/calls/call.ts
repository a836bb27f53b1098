/**
 * The front door of the calling side: a function and its arguments become a call that can be posted to a thread.
 */

import { FunctionNotSendableError, notAFunction, nounOf } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { refusalOf, rememberRefusal } from '../closures/budget.js';
import { captureOnce } from '../closures/captures.js';
import { outbound } from '../closures/outbound.js';
import { startCall, startOver, throwIfShared } from '../closures/shared.js';
import type { Followed } from '../context-store.js';
import { describe, disprove, isToBeRepeated } from '../describe/describe.js';
import { type Described, Unsendable, type Ways } from '../described.js';
import { labelOf } from '../functions/label.js';
import { ownNumberOf } from '../functions/own-number.js';
import type { Delivery, WireCall } from '../protocol.js';
import { explainCloneFailure } from '../values/clone-failure.js';
import { type EncodedCall, encodeCall } from '../values/encode.js';
import { hold, holdToSend } from '../values/hold.js';
import { isWritten } from '../values/is-written.js';
import type { PackOptions } from '../values/walk.js';
import { readArguments } from '../values/written.js';
import { noticeLargeCaptures } from './large-captures.js';

/** A call as of now; while `encoded.objects`, it still refers to objects of the caller and has to be posted in the same turn, or held. */
export interface Call {
  encoded: EncodedCall;
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  readonly ways: Ways;
  /** What run times are remembered by: the function's description, whatever it captures. */
  site: number;
  /** Stores that follow it, as of the call. */
  readonly stores: readonly Followed[] | undefined;
}

/** Throws FunctionNotSendableError or ValueNotSendableError. Cost: under 1 µs for a known function and primitive arguments. */
export function prepareCall(fn: AnyFunction, args: readonly unknown[], ways: Ways, stores?: readonly Followed[]): Call {
  const described = describeRoot(fn, ways);
  const encoded = encodeAs(described, fn, args, ways, stores);
  if (described.captures !== undefined) noticeLargeCaptures(fn, described, encoded);
  return { encoded, fn, args, ways, site: described.id, stores };
}

/** A thread has not found functions of this call where their descriptions said: describes them another way. Throws like `prepareCall`. */
export function prepareAgain(call: Call, missing: readonly number[]): void {
  for (const id of missing) disprove(id);
  const described = describeRoot(call.fn, call.ways);
  // The arguments as of the call, where they were not mixed with functions: those have to be described again, as they are now.
  const payload = payloadOf(call);
  const args = call.encoded.packed ? call.args : isWritten(payload) ? readArguments(payload) : (payload as readonly unknown[]);
  call.encoded = encodeAs(described, call.fn, args, call.ways, call.stores);
  call.site = described.id;
  holdCall(call);
}

/** Makes the call independent of the caller's objects, and detaches what it transfers. Throws ValueNotSendableError. */
export function holdCall(call: Call): void {
  if (call.encoded.objects || call.encoded.transfer !== undefined) call.encoded = hold(call.encoded);
}

/** The same, for a call that waits to be sent: what it holds cannot be looked at any more. */
export function holdWaiting(call: Call): void {
  if (call.encoded.objects || call.encoded.transfer !== undefined) call.encoded = holdToSend(call.encoded);
}

/** `postMessage` has refused the call: the error for its caller. */
export function explainRefusal(call: Call, error: unknown): Error {
  return explainCloneFailure(payloadOf(call), 'args', error);
}

/** For a function that threads load before its first call. Throws FunctionNotSendableError. */
export function loadable(fn: AnyFunction, ways: Ways): Call {
  if (typeof fn !== 'function') throw notToBeSent(fn, 'warm up', 'pass the functions themselves, warmUp(fn)');
  return prepareCall(fn, [], ways);
}

/** Everything about a call in one message, for initializers and finalizers. */
export function wireCall(call: Call): WireCall {
  holdCall(call);
  const { fn, packed } = call.encoded;
  return { deliveries: deliveriesOf(call), fn, packed, payload: payloadOf(call) };
}

/** What is posted: packed arguments and function, or arguments as they are, or written. */
export function payloadOf({ encoded, args }: Call): unknown {
  return encoded.payload ?? args;
}

export function deliveriesOf(call: Call): Delivery[] {
  return call.encoded.descriptions.map(({ id, description }) => [id, description]);
}

function encodeAs(
  described: Described,
  fn: AnyFunction,
  args: readonly unknown[],
  ways: Ways,
  stores: readonly Followed[] | undefined,
): EncodedCall {
  const known = refusalOf(described.id);
  if (known instanceof FunctionNotSendableError)
    throw new FunctionNotSendableError(known.message, { path: known.path, cause: known.cause });
  startCall();
  return captureOnce((captureAgain) => {
    for (let root = described; ; root = describeChecked(fn, ways)) {
      try {
        const encoded = encodeCall(fn, root, args, ways === 'any' ? anyFunctions : byReference, stores);
        throwIfShared();
        return encoded;
      } catch (error) {
        if (!isToBeRepeated(error)) {
          const refusal = error instanceof Unsendable ? refused(fn, error) : error;
          rememberRefusal(described.id, refusal);
          throw refusal;
        }
        startOver();
        captureAgain();
      }
    }
  });
}

function describeByReference(fn: AnyFunction): Described {
  return describe(fn, 'reference');
}

function describeRoot(fn: AnyFunction, ways: Ways): Described {
  if (typeof fn !== 'function')
    throw notToBeSent(fn, 'run', 'pass the function and its arguments, run(fn, ...args), and not what it returns');
  startCall();
  return describeChecked(fn, ways);
}

function notToBeSent(received: unknown, verb: string, wayOut: string): FunctionNotSendableError {
  return new FunctionNotSendableError(`${notAFunction(verb, received).message}; ${wayOut}`, { path: nounOf(received) });
}

function describeChecked(fn: AnyFunction, ways: Ways): Described {
  try {
    return describe(fn, ways);
  } catch (error) {
    throw error instanceof Unsendable ? refused(fn, error) : error;
  }
}

function refused(fn: AnyFunction, cause: Unsendable): FunctionNotSendableError {
  const name = labelOf(fn);
  return new FunctionNotSendableError(`Cannot send ${name || 'an anonymous function'} to a thread: it is ${cause.what}; ${cause.wayOut}`, {
    path: name || 'anonymous',
    cause,
  });
}

const anyFunctions: PackOptions = {
  ...outbound,
  describe,
  numberOf: (fn, { description: { way } }) => (way === 'value' || way === 'bound' ? ownNumberOf(fn) : undefined),
  rootPath: 'args',
};
const byReference: PackOptions = { describe: describeByReference, describeObject: outbound.describeObject, rootPath: 'args' };
