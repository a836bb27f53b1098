/**
 * Functions that a task has made and returns: a curried function, a compiled template, a class of its own. Nobody on the calling side has
 * them, so they go home as functions go to a thread: by name, by reference, or by value, with what they capture as of the end of the task.
 *
 * Closures of the program's own files do not: one is mostly returned by mistake, and would come as a copy that has parted with the state around it.
 */

import type { AnyFunction } from '../any-function.js';
import { captureOnce } from '../closures/captures.js';
import { aroundClasses } from '../closures/outbound.js';
import { startCall, startOver, throwIfShared } from '../closures/shared.js';
import { describeObject, describePrototype, disproveObject } from '../closures/stand-ins.js';
import { describe, disprove, isToBeRepeated } from '../describe/describe.js';
import { type Described, Unsendable } from '../described.js';
import { isInstalled } from '../functions/installed.js';
import type { FunctionDescription } from '../protocol.js';
import { livePrivate } from '../rebuild/live-function.js';
import { encode } from '../values/encode.js';
import type { Encoded } from '../values/encoded.js';
import type { PackOptions } from '../values/walk.js';

interface Homeward extends Pick<PackOptions, 'noteLoss' | 'orphans'> {
  readonly descriptionOf: (fn: AnyFunction) => Described | undefined;
  /** `result`, unless told otherwise. */
  readonly rootPath?: string;
}

/**
 * `descriptionOf` knows what came from there. Undefined where nothing has to go by value; throws ValueNotSendableError or
 * FunctionNotSendableError. Cost: that of describing functions, here on the thread.
 */
export function encodeHomeward(result: unknown, { descriptionOf, ...how }: Homeward): Encoded | undefined {
  startCall();
  const accessors = new Set<AnyFunction>();
  const options: PackOptions = {
    ...aroundClasses,
    outbound: true,
    rootPath: 'result',
    // One that came from there would lead to the instance there.
    describe: (fn) => (accessors.has(fn) ? undefined : descriptionOf(fn)) ?? describeWay(fn),
    noteAccessor: (fn) => accessors.add(fn),
    describeObject: describeThing,
    copiesConstants: true,
    ...how,
  };
  return captureOnce((captureAgain) => {
    for (;;) {
      try {
        const encoded = encode(result, options);
        throwIfShared();
        return encoded.descriptions.some(({ description: { way } }) => way === 'value' || way === 'bound') ? encoded : undefined;
      } catch (error) {
        if (!isToBeRepeated(error)) throw error;
        startOver();
        captureAgain();
      }
    }
  });
}

function describeWay(fn: AnyFunction): Described {
  const described = describe(fn);
  if (described.home !== undefined)
    throw new Unsendable('a function that uses a private name of a class around it', 'return what it computes');
  if (isSeenAtHome(described, fn)) return ofThisThread(described);
  disprove(described.id);
  return ofThisThread(describe(fn));
}

function describeThing(value: object | symbol, among?: 'exports' | 'prototypes'): Described | undefined {
  const described = among === 'prototypes' ? describePrototype(value) : describeObject(value, among);
  if (described === undefined || isSeenAtHome(described, value)) return described && ofThisThread(described);
  disproveObject(described.id);
  return undefined;
}

/** The calling side cannot answer that it does not find what a module keeps to itself. So it is looked for here, as it will be there. */
export function isSeenAtHome({ description }: Described, value: object | symbol): boolean {
  if (description.way !== 'object' || description.standIn.what !== 'private') return true;
  // What was made again of a file's text has other scopes than the file.
  if (!isInstalled(description.standIn.file)) return false;
  if (seen.has(description)) return true;
  const isSeen = livePrivate(description.standIn) === value;
  if (isSeen) seen.add(description);
  return isSeen;
}

/** Under a number that no description of the calling side has. */
function ofThisThread(described: Described): Described {
  return { ...described, id: -described.id, needs: described.needs?.map(ofThisThread) };
}

const seen = new WeakSet<FunctionDescription>();
