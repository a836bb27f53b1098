/**
 * Objects of a class: what they get again on the other side, and which of them a copy would break.
 */

import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import type { Prototype } from '../protocol.js';
import { lockedNames } from './attributes.js';
import { constructorOf, noteMembers, noteState } from './class-state.js';
import { EMITTER_STATE } from './emitter-state.js';
import type { Kind } from './kinds.js';
import { nativeState } from './native-state.js';
import { crosses, fillProperties } from './own-properties.js';
import { hasPrivateNames } from './private-names.js';
import { builtinTwin, isNativeCode, isNatural, nameOfNatural, nameOfShared } from './prototypes.js';
import type { Walk } from './walk.js';
import { noteField } from './weak.js';

/** Notes the prototype that `shell` gets on the other side, where structured clone gives it another; returns `shell`. */
export function dress(walk: Walk, kind: Kind, value: object, shell: object): object | number {
  const prototype = prototypeOf(walk, value);
  if (prototype === Object.prototype || (kind !== 'object' && isNatural(prototype)) || (kind === 'date' && isOfFakeTimers(prototype)))
    return shell;
  if (prototype === null) {
    walk.notes.prototype(shell, null);
    return shell;
  }
  const { dresses } = walk;
  if (!dresses.has(prototype)) {
    const reference = refuseBroken(walk, kind, value, prototype);
    if (reference !== undefined) return reference;
    dresses.set(prototype, dressOf(walk, kind, value, prototype));
  }
  const dressed = dresses.get(prototype);
  if (typeof dressed === 'number') {
    const constant = walk.options.isConstant?.(value) === true ? walk.reference(value) : undefined;
    if (constant !== undefined) return constant;
    noteState(walk, prototype, value);
  }
  if (dressed !== undefined) walk.notes.prototype(shell, dressed);
  if (kind === 'error' && typeof dressed !== 'number' && nameOfShared(prototype) === undefined) walk.orphans.add(value);
  return shell;
}

/** A test runner's `Date`, while its fake timers are in place of Node's. */
function isOfFakeTimers(prototype: object | null): boolean {
  const type = prototype === null ? undefined : constructorOf(prototype);
  return type !== undefined && Object.getOwnPropertyDescriptor(type, 'isFake')?.value === true;
}

function prototypeOf(walk: Walk, value: object): object | null {
  try {
    return Object.getPrototypeOf(value) as object | null;
  } catch (error) {
    throw walk.refusal('it is a proxy that throws, or was revoked', 'send the object behind it', error);
  }
}

/** What instances of the class get. Undefined: nothing, they arrive as structured clone makes them. */
function dressOf(walk: Walk, kind: Kind, value: object, prototype: object): Prototype | undefined {
  const shared = nameOfShared(prototype);
  if (shared !== undefined || isNatural(prototype)) return shared ?? (kind === 'object' ? nameOfNatural(prototype) : undefined);
  const twin = builtinTwin(prototype);
  if (twin !== undefined) return nameOfShared(twin);
  // An object that no class leads to: the thread has it too, or gets a copy.
  const namesItself = walk.options.outbound !== true && constructorOf(value, prototype) !== undefined;
  if (constructorOf(prototype) === undefined && kind !== 'error' && !namesItself) {
    let found = walk.reference(prototype, 'prototypes');
    // Methods do not go home with a result: it goes without them.
    if (found === undefined && walk.options.orphans !== 'plain') found = copyOf(walk, prototype);
    else if (found === undefined) {
      const sent = walk.attempt(() => {
        found = copyOf(walk, prototype);
      });
      if (!sent) found = undefined;
    }
    if (found !== undefined) return found;
  }
  if (kind !== 'error' && walk.options.orphans !== 'plain') return classNumber(walk, value, prototype);
  let type: number | undefined;
  const sent = walk.attempt(() => {
    type = classNumber(walk, value, prototype);
  });
  if (sent) return type;
  if (kind !== 'error') return undefined;
  return dressOf(walk, kind, value, Object.getPrototypeOf(prototype) as object);
}

/** Of accessors only where these cross: read, they would have the prototype's values as of now. */
function copyOf(walk: Walk, prototype: object): number | undefined {
  const properties = Object.values(Object.getOwnPropertyDescriptors(prototype));
  if (walk.options.outbound === true) walk.prototypes.add(prototype);
  else if (!properties.every((property) => 'value' in property)) return undefined;
  walk.trail.push('__proto__');
  const number = walk.numbered(prototype);
  walk.trail.pop();
  return number;
}

function classNumber(walk: Walk, value: object, prototype: object): number {
  const type = classOf(walk, value, prototype);
  const number = walk.function(type, value);
  walk.options.noteConstants?.(type, walk.options.describe(type).description);
  noteMembers(walk, prototype);
  return number;
}

function classOf(walk: Walk, value: object, prototype: object): AnyFunction {
  const type = constructorOf(prototype) ?? constructorOf(value, prototype);
  if (type === undefined) {
    throw walk.refusal('no class leads to its prototype', 'make it with a class, or send its own properties, { ...object }');
  }
  return type;
}

/** Throws for instances that a copy of their properties would not bring to life; a number: the thread has the object by itself. */
function refuseBroken(walk: Walk, kind: Kind, value: object, prototype: object): number | undefined {
  const reason = whyBroken(walk, kind, value, prototype);
  if (reason === undefined) return undefined;
  const reference = walk.reference(value);
  if (reference !== undefined) return reference;
  throw walk.refusal(reason[0], reason[1]);
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
      return [
        `${type.name || 'its class'} keeps state in private #names, which cannot be copied`,
        'send plain data and make the instance inside the function',
      ];
    }
    if (
      kind === 'object' &&
      builtinTwin(level) === undefined &&
      nameOfShared(level) === undefined &&
      (isNativeCode(type) || (value instanceof EventEmitter && type !== EventEmitter && isBuiltin(walk, type)))
    ) {
      return nativeState(type);
    }
  }
  return undefined;
}

/** A member of a Node builtin. */
function isBuiltin(walk: Walk, type: AnyFunction): boolean {
  try {
    return walk.options.describe(type).description.way === 'name';
  } catch {
    return false;
  }
}

/** A class that hides its state under symbols of its own would find it missing. */
function refuseSymbolState(walk: Walk, value: object, symbols: readonly symbol[]): void {
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

/** Node's own symbols are nowhere to be found. */
function isOfBuiltin(walk: Walk, prototype: object): boolean {
  for (let level: object | null = prototype; level !== null && !isNatural(level); level = Object.getPrototypeOf(level) as object | null) {
    const type = constructorOf(level);
    if (type !== undefined && type !== EventEmitter && isBuiltin(walk, type)) return true;
  }
  return false;
}

/** The content of a plain object or of an instance; the shell is a flat copy. */
export function fillInstance(walk: Walk, value: object, shell: object): void {
  const { trail } = walk;
  const depth = trail.length;
  try {
    // The shell has the properties already: what is primitive stays.
    for (const key in shell) {
      const property = (shell as Record<string, unknown>)[key];
      if ((typeof property === 'object' && property !== null) || typeof property === 'function' || typeof property === 'symbol') {
        if (!Object.hasOwn(shell, key)) continue;
        trail[depth] = key;
        if (typeof property === 'object') noteField(walk, property, value);
        walk.put(shell, key, property);
      }
    }
    trail.length = depth;
    const symbols = Object.getOwnPropertySymbols(value);
    const locked = lockedNames(walk, value);
    if (locked.length > 0) walk.locked.set(value, locked);
    else if (symbols.length === 0 && Object.getOwnPropertyNames(value).length === Object.keys(value).length && !walk.live.has(value))
      return;
    if (symbols.length > 0) noticeSymbols(walk, value, symbols);
    refuseSymbolState(walk, value, symbols);
    fillProperties(walk, 'object', value, shell);
  } catch (error) {
    throw blamed(walk, value, depth, error);
  }
}

function noticeSymbols(walk: Walk, value: object, symbols: readonly symbol[]): void {
  const prototype = prototypeOf(walk, value);
  const type = prototype === null ? undefined : constructorOf(prototype);
  if (type !== undefined && !isNatural(prototype)) walk.options.noticeSymbols?.(type, symbols);
  else if (walk.captured) {
    const methods = someMethodsOf(value);
    for (const method of methods) walk.options.noticeSymbols?.(method, symbols);
    if (methods.length === 0) walk.options.noticeSymbols?.(undefined, symbols);
  }
}

/** A plain object's own: they use the symbols, mostly. */
function someMethodsOf(value: object): readonly AnyFunction[] {
  const values = Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value as unknown);
  return values.filter((each) => typeof each === 'function').slice(0, ENOUGH_METHODS) as AnyFunction[];
}

/** Of a builtin's instance, the instance is what cannot cross, not something in its insides that the user has never seen. */
function blamed(walk: Walk, value: object, depth: number, error: unknown): unknown {
  if (!(error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError)) return error;
  const prototype = prototypeOf(walk, value);
  const type = prototype === null || isNatural(prototype) ? undefined : constructorOf(prototype);
  if (type === undefined || !isBuiltin(walk, type)) return error;
  walk.trail.length = depth;
  const [what, wayOut] = nativeState(type);
  return walk.refusal(what, wayOut, error);
}

/** What wasm-bindgen's classes are: a number, which means something in the memory of one thread's module only. */
const WASM_POINTER = '__wbg_ptr';
/** A guess. */
const ENOUGH_METHODS = 3;
