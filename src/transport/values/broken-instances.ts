/**
 * Instances that a copy would break: their class would find its state missing, or another thread's in its place.
 */

import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { isNative } from '../functions/fingerprint.js';
import { constructorOf } from './class-state.js';
import { EMITTER_STATE } from './emitter-state.js';
import type { Kind } from './kinds.js';
import { nativeState } from './native-state.js';
import { crosses } from './own-properties.js';
import { stateLevels } from './private-instances.js';
import { hasPrivateNames } from './private-names.js';
import { builtinTwin, isNatural, nameOfShared } from './prototypes.js';
import { prototypeOf } from './read.js';
import type { Walk } from './walk.js';

/** Throws for instances that a copy of their properties would not bring to life; a number: the thread has the object by itself. */
export function refuseBroken(walk: Walk, kind: Kind, value: object, prototype: object): number | undefined {
  const reason = whyBroken(walk, kind, value, prototype);
  if (reason === undefined) return undefined;
  const reference = walk.reference(value);
  if (reference !== undefined) return reference;
  throw walk.refusal(reason[0], reason[1]);
}

/** A class that hides its state under symbols of its own would find it missing. */
export function refuseSymbolState(walk: Walk, value: object, symbols: readonly symbol[]): void {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || isNatural(prototype) || walk.options.orphans === 'plain' || nameOfShared(prototype) !== undefined) return;
  const lost = symbols.find((symbol) => !crosses(symbol) && !EMITTER_STATE.has(symbol));
  if (lost === undefined || (walk.options.outbound === true && !isOfBuiltin(walk, prototype))) return;
  const name = constructorOf(prototype)?.name;
  throw walk.refusal(
    `${name || 'its class'} keeps state under ${String(lost)}, which exists on its own thread only`,
    'make the instance inside the function',
  );
}

/** Of a builtin's instance, the instance is what cannot cross, not something in its insides that the user has never seen. */
export function blamed(walk: Walk, value: object, depth: number, error: unknown): unknown {
  if (!(error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError)) return error;
  const prototype = prototypeOf(walk, value);
  const type = prototype === null || isNatural(prototype) ? undefined : constructorOf(prototype);
  if (type === undefined || !isBuiltin(walk, type)) return error;
  walk.trail.length = depth;
  const [what, wayOut] = nativeState(type);
  return walk.refusal(what, wayOut, error);
}

function whyBroken(walk: Walk, kind: Kind, value: object, prototype: object): readonly [string, string] | undefined {
  if (kind === 'object' && isNatural(prototype) && types.isProxy(value)) {
    return ['it is a proxy of an object with insides of its own', 'send the object behind it'];
  }
  if (kind === 'object' && Object.hasOwn(value, WASM_POINTER)) return nativeState(constructorOf(prototype) ?? Object, 'WebAssembly memory');
  for (let level: object | null = prototype; level !== null && !isNatural(level); level = Object.getPrototypeOf(level) as object | null) {
    const type = constructorOf(level);
    if (type === undefined || kind === 'error') continue;
    if (hasPrivateNames(type)) {
      if (stateLevels(walk, prototype) !== undefined) continue;
      return [
        `${type.name || 'its class'} keeps state in private #names, which cannot be copied`,
        'send plain data and make the instance inside the function',
      ];
    }
    if (
      kind === 'object' &&
      builtinTwin(level) === undefined &&
      nameOfShared(level) === undefined &&
      (isNative(type) || (value instanceof EventEmitter && type !== EventEmitter && isBuiltin(walk, type)))
    ) {
      return nativeState(type);
    }
  }
  return undefined;
}

/** Node's own symbols are nowhere to be found. */
function isOfBuiltin(walk: Walk, prototype: object): boolean {
  for (let level: object | null = prototype; level !== null && !isNatural(level); level = Object.getPrototypeOf(level) as object | null) {
    const type = constructorOf(level);
    if (type !== undefined && type !== EventEmitter && isBuiltin(walk, type)) return true;
  }
  return false;
}

/** A member of a Node builtin. */
function isBuiltin(walk: Walk, type: AnyFunction): boolean {
  try {
    return walk.options.describe(type).description.way === 'name';
  } catch {
    return false;
  }
}

/** What wasm-bindgen's classes are: a number, which means something in the memory of one thread's module only. */
const WASM_POINTER = '__wbg_ptr';
