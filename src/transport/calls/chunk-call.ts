/**
 * The calling side of `map`: a function becomes one that takes many items at a time, and goes to each thread once.
 */

import { FunctionNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { isDisproved } from '../describe/describe.js';
import { standFor } from '../describe/each.js';
import type { Described, Ways } from '../described.js';
import { lastsWith, nextId } from '../functions/ids.js';
import { labelOf } from '../functions/label.js';
import { type Call, holdCall, payloadOf, prepareCall } from './call.js';

/** Arguments of the function that `eachOf` returns: the items, and how long it may take before it hands back what it has, ms. */
export type ChunkArguments = readonly [items: ArrayLike<unknown>, budget: number];

/**
 * To be sent with `ChunkArguments`; its result is a `ChunkReply`, or it throws a `ChunkFailure`. What `fn` captures is that of
 * this moment, however many chunks follow. Throws FunctionNotSendableError or ValueNotSendableError.
 */
export function eachOf(fn: AnyFunction, ways: Ways): AnyFunction {
  const known = ways === 'any' ? shared.get(fn) : undefined;
  if (known !== undefined) return known;
  let call = preparedOnce(fn, ways);
  let described = describedAs(call);
  const marker: AnyFunction = standFor(labelOf(fn), () => {
    if (call.encoded.descriptions.some(({ id }) => isDisproved(id))) {
      call = preparedOnce(fn, ways);
      described = describedAs(call);
      lastsWith(marker, described.id);
    }
    return described;
  });
  lastsWith(marker, described.id);
  // Nothing captured: the threads may keep it from one map to the next.
  if (call.encoded.fn !== 0 && ways === 'any') shared.set(fn, marker);
  return marker;
}

function preparedOnce(fn: AnyFunction, ways: Ways): Call {
  const call = prepareCall(fn, [], ways);
  if (call.encoded.transfer !== undefined) {
    const path = `closure of ${labelOf(fn) || '(anonymous)'}`;
    throw new FunctionNotSendableError(
      `Cannot send ${path} across threads: map sends it to several, and what it captures can move to one only; leave transfer() out`,
      { path },
    );
  }
  holdCall(call);
  return call;
}

function describedAs(call: Call): Described {
  const { fn, packed, descriptions } = call.encoded;
  const description = { way: 'each', name: labelOf(call.fn), call: { fn, packed, payload: payloadOf(call), deliveries: [] } } as const;
  return { id: nextId(), description, needs: descriptions, passing: true };
}

const shared = new WeakMap<AnyFunction, AnyFunction>();
