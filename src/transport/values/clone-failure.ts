/**
 * The reason for a refusal that came from structured clone itself: the fast path checks nothing twice, so it may be wrong about a very odd value.
 */

import { types } from 'node:util';
import { ExecutorError, ValueNotSendableError } from '../../errors.js';
import { structuredClone } from '../own/own-globals.js';
import { Member, pathOf, type Step, valueOfMap } from './trail.js';

/** Finds the offender after the fact, by asking structured clone about the parts. */
export function explainCloneFailure(payload: unknown, rootPath: string, cause?: unknown): Error {
  if (cause instanceof ExecutorError) return cause;
  const trail: Step[] = [];
  const reason =
    offender(isPacked(payload) ? undefined : payload, trail, new Set()) ??
    (cause instanceof Error ? cause.message : 'structured clone refuses it');
  const path = pathOf(rootPath, trail);
  return new ValueNotSendableError(
    `Cannot send ${path} across threads: ${reason.replace(/\.$/, '')}; leave it out, or send plain data instead`,
    { path, cause },
  );
}

/** Its shadow has other paths than the value; packing has refused nearly all that could be refused, and the words of structured clone say what it was. */
function isPacked(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && Object.keys(payload).join() === 'root,specials,places,patches';
}

/** Leaves on the trail the way to a part that is refused though none of its own parts is, and returns the reason. */
function offender(value: unknown, trail: Step[], seen: Set<unknown>): string | undefined {
  if (trail.length === DEEPEST) return undefined;
  seen.add(value);
  let innocent = true;
  for (const [step, part] of partsOf(value)) {
    const refusal = refusalOf(part);
    if (refusal === undefined) continue;
    innocent = false;
    if (seen.has(part)) continue;
    trail.push(step);
    const found = offender(part, trail, seen);
    if (found !== undefined) return found;
    trail.pop();
  }
  return innocent ? refusalOf(value) : undefined;
}

/** The way down is as deep as structured clone goes. */
const DEEPEST = 500;

function refusalOf(value: unknown): string | undefined {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function' && typeof value !== 'symbol') return undefined;
  try {
    structuredClone(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'reading it throws';
  }
}

function* partsOf(value: unknown): Generator<[Step, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  let i = 0;
  if (types.isMap(value)) {
    for (const [key, item] of value) {
      yield [new Member(`.keys()[${i}]`), key];
      yield [valueOfMap(key, i), item];
      i++;
    }
  } else if (types.isSet(value)) for (const item of value) yield [new Member(`.values()[${i++}]`), item];
  for (const key of Object.keys(value)) {
    const { value: part } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    yield [Array.isArray(value) ? Number(key) : key, part];
  }
}
