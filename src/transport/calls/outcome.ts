/**
 * The way back: what a task returned or threw, packed in its thread and unpacked on the calling side.
 */

import { types } from 'node:util';
import type { Transferable } from 'node:worker_threads';
import type { AnyFunction } from '../any-function.js';
import { aroundClasses } from '../closures/outbound.js';
import { describeObject, describePrototype, OBJECT } from '../closures/stand-ins.js';
import { isConstant } from '../closures/statics.js';
import { describe } from '../describe/describe.js';
import type { Described, Ways } from '../described.js';
import { functionOf } from '../functions/ids.js';
import type { Packed } from '../packed.js';
import type { Delivery, FromThread, FunctionDescription } from '../protocol.js';
import { homecoming, inheritedHere } from '../rebuild/homecoming.js';
import { liveFunction, liveObject } from '../rebuild/live-function.js';
import { descriptionOf } from '../rebuild/table.js';
import { decode } from '../values/decode.js';
import { encode } from '../values/encode.js';
import type { Encoded } from '../values/encoded.js';
import { bareError, encodeError } from '../values/errors.js';
import { readyToPost } from '../values/large-memory.js';
import { toThisRealm } from '../values/realm.js';
import { encodeFailure } from './failure.js';
import { isSeenAtHome } from './homeward.js';
import { encodeResult, refuseLocal } from './result.js';
import { waysHome } from './ways-home.js';

type OutcomeMessage = Extract<FromThread, { type: 'outcome' }>;

export interface PackedOutcome {
  readonly message: OutcomeMessage;
  readonly transfer: readonly Transferable[];
}

// ── In the thread ──

/** Never throws: a result that cannot cross becomes the error that says so. */
export function packOutcome(sequence: number, ok: boolean, value: unknown): PackedOutcome {
  if (ok) {
    try {
      return outcome(sequence, true, waysHome() === 'any' ? encodeResult(value, inspected) : encode(value, uninspected));
    } catch (error) {
      return packOutcome(sequence, false, error);
    }
  }
  return outcome(sequence, false, waysHome() === 'any' ? encodeFailure(value, inspected) : encodeError(value, { describe: describeHome }));
}

/** Where posting an error failed: its words alone. */
export function bareOutcome(sequence: number, error: unknown): PackedOutcome {
  return outcome(sequence, false, bareError(error));
}

function outcome(sequence: number, ok: boolean, encoded: Encoded): PackedOutcome {
  const { packed, descriptions } = encoded;
  const { payload, transfer } = readyToPost(encoded);
  return {
    message: { type: 'outcome', sequence, ok, packed, payload, deliveries: deliveriesHome(descriptions) },
    transfer: transfer ?? [],
  };
}

export function deliveriesHome(descriptions: readonly Described[]): Delivery[] | undefined {
  const deliveries: Delivery[] = descriptions.filter(({ id }) => id < 0).map(({ id, description }) => [id, description]);
  return deliveries.length > 0 ? deliveries : undefined;
}

/** Functions go home under the number that the calling side gave them, others under a negative number of this thread's, with their place. */
export function describeHome(fn: AnyFunction): Described {
  const known = descriptionOf(fn);
  if (known !== undefined) return known;
  const described = describe(fn, waysHome());
  const { id, description } = described;
  if (description.way !== 'name' && description.way !== 'reference' && description.way !== 'object') {
    refuseLocal(fn, described);
  }
  return { id: -id, description };
}

/**
 * The WeakMaps in which a package keeps the state of its instances: an instance gets its state again in those of the calling side; and
 * the symbols under which it does. Prototypes that name no class, of constructors that a module has: `Url.prototype = { … }`.
 */
function describeObjectHome(value: object | symbol, among?: 'exports' | 'prototypes'): Described | undefined {
  if (typeof value === 'object' && isConstant(value)) return constantHome(value);
  const name = typeof value === 'symbol' ? SYMBOL : among === 'prototypes' ? PROTOTYPE : undefined;
  if (name === undefined && !types.isWeakMap(value) && !types.isWeakSet(value)) return undefined;
  const found = name === PROTOTYPE ? describePrototype(value) : describeObject(value);
  if (found?.description.way !== 'object' || (name === SYMBOL && found.description.standIn.what !== 'private')) return undefined;
  // Else it goes by value.
  if (name === PROTOTYPE && !isSeenAtHome(found, value)) return undefined;
  return { id: -found.id, description: { ...found.description, name: name ?? STORE } };
}

function constantHome(value: object): Described | undefined {
  const found = describeObject(value);
  if (found?.description.way !== 'object' || found.description.standIn.what !== 'constant') return undefined;
  return { id: -found.id, description: { ...found.description, name: CONSTANT } };
}

const uninspected = { describe: describeHome, rootPath: 'result', orphans: 'plain' } as const;
const inspected = {
  ...uninspected,
  ...aroundClasses,
  descriptionOf: (fn: AnyFunction) => descriptionOf(fn),
  describeObject: describeObjectHome,
  copiesConstants: true,
};

/** The names of descriptions that are a prototype's, a symbol's, a constant's, or a WeakMap's. */
const [PROTOTYPE, SYMBOL, CONSTANT, STORE] = ['a prototype', 'a symbol', 'a constant', 'a store'];

// ── On the calling side ──

export interface ArrivedPayload {
  readonly packed: boolean;
  readonly payload: unknown;
  readonly deliveries?: readonly Delivery[] | undefined;
}

export function unpackOutcome({ packed, payload, deliveries }: ArrivedPayload, ways: Ways): unknown {
  if (!packed) return toThisRealm(payload);
  if (deliveries?.some(([, description]) => isWholeWay(description)) === true)
    return toThisRealm(cameHome(payload as Packed, deliveries, ways));
  return toThisRealm(decode(payload as Packed, { rebuild: (id) => ({ fn: homeOf(id, deliveries, ways), fill: () => undefined }) }));
}

/** Throws ValueNotSendableError; an error arrives without the methods that cannot be made here. */
function cameHome(packed: Packed, deliveries: readonly Delivery[], ways: Ways): unknown {
  const rebuild = homecoming(deliveries, functionOf);
  try {
    return decode(packed, { rebuild });
  } catch (reason) {
    if (!types.isNativeError(packed.root[0])) throw reason;
    return decode(packed, { rebuild: (id) => attempted(() => rebuild(id)) ?? { fn: partOf(id, deliveries, ways), fill: () => undefined } });
  }
}

function attempted<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Of an error: its class, by its name at least, and no method. */
function partOf(id: number, deliveries: readonly Delivery[], ways: Ways): AnyFunction {
  const description = deliveries.find(([each]) => each === id)?.[1];
  return (description !== undefined && isWholeWay(description) ? undefined : homeOf(id, deliveries, ways)) as AnyFunction;
}

/** Of a result that was described as functions are for a thread. It need not bring one by value: all of those may be this side's own. */
function isWholeWay(description: FunctionDescription): boolean {
  const { way } = description;
  return way === 'value' || way === 'bound' || (way === 'object' && description.name === OBJECT);
}

function homeOf(id: number, deliveries: readonly Delivery[] | undefined, ways: Ways): AnyFunction {
  const description = deliveries?.find(([each]) => each === id)?.[1];
  if (description?.way === 'object') {
    if (description.name === PROTOTYPE) return (inheritedHere(description) ?? Object.prototype) as AnyFunction;
    const found = ways === 'any' ? liveObject(description) : undefined;
    // A copy came, too.
    if (description.name === CONSTANT) return found as unknown as AnyFunction;
    // A store that is not here: its entries are nobody's.
    if (found === undefined && description.name === SYMBOL) return Symbol() as unknown as AnyFunction;
    return (found ?? (description.name === STORE ? new WeakMap() : namesake(description))) as AnyFunction;
  }
  const fn = description === undefined ? functionOf(id) : liveFunction(description, ways === 'any');
  return fn ?? namesake(description);
}

/** For a class or a function whose module is not loaded on this side: it has the name, and is nobody's `instanceof`. */
function namesake(description: FunctionDescription | undefined): AnyFunction {
  const name =
    (description?.way === 'reference' ? description.path.at(-1) : description?.way === 'object' && description.name) || 'Unknown';
  const base = /Error$|Exception$/.test(name) ? Error : Object;
  const absent = {
    [name]: class extends base {
      constructor() {
        super();
        throw new TypeError(`${name} lives in a thread: its module was not imported on this side`);
      }
    },
  };
  return Object.defineProperty(absent[name] as AnyFunction, 'name', { value: name });
}
