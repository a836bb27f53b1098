/**
 * Objects of a class: what they get again on the other side, and which of them a copy would break.
 */
import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import type { Prototype } from '../protocol.js';
import type { Kind } from './kinds.js';
import { crosses, fillProperties } from './own-properties.js';
import type { Packer } from './pack.js';
import { hasPrivateNames } from './private-names.js';
import { builtinTwin, isNativeCode, isNatural, nameOfShared } from './prototypes.js';

/** Notes the prototype that `shell` gets on the other side, where structured clone gives it another; returns `shell`. */
export function dress(packer: Packer, kind: Kind, value: object, shell: object): object | number {
  const prototype = prototypeOf(packer, value);
  if (prototype === Object.prototype || (kind !== 'object' && isNatural(prototype))) return shell;
  if (prototype === null) {
    packer.prototype(shell, null);
    return shell;
  }
  const { dresses } = packer;
  if (!dresses.has(prototype)) {
    const reference = refuseBroken(packer, kind, value, prototype);
    if (reference !== undefined) return reference;
    dresses.set(prototype, dressOf(packer, kind, value, prototype));
  }
  const dressed = dresses.get(prototype);
  if (dressed !== undefined) packer.prototype(shell, dressed);
  if (kind === 'error' && typeof dressed !== 'number' && nameOfShared(prototype) === undefined) packer.orphans.add(value);
  return shell;
}

function prototypeOf(packer: Packer, value: object): object | null {
  try {
    return Object.getPrototypeOf(value) as object | null;
  } catch (error) {
    throw packer.refusal('it is a proxy that throws, or was revoked', 'send the object behind it', value, error);
  }
}

/** What instances of the class get. Undefined: nothing, they arrive as structured clone makes them. */
function dressOf(packer: Packer, kind: Kind, value: object, prototype: object): Prototype | undefined {
  const shared = nameOfShared(prototype);
  if (shared !== undefined) return shared;
  const twin = builtinTwin(prototype);
  if (twin !== undefined) return nameOfShared(twin);
  const lenient = kind === 'error' || packer.options.orphans === 'plain';
  try {
    return packer.function(classOf(packer, value, prototype), value);
  } catch (error) {
    if (!lenient) throw error;
  }
  return kind === 'error' ? dressOf(packer, kind, value, Object.getPrototypeOf(prototype) as object) : undefined;
}

function classOf(packer: Packer, value: object, prototype: object): Function {
  const type = constructorOf(prototype);
  if (type === undefined) {
    throw packer.refusal('no class leads to its prototype', 'make it with a class, or send its own properties, { ...object }', value);
  }
  return type;
}

function constructorOf(prototype: object): Function | undefined {
  const type: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof type === 'function' && type.prototype === prototype ? type : undefined;
}

/** Throws for instances that a copy of their properties would not bring to life; a number: the thread has the object by itself. */
function refuseBroken(packer: Packer, kind: Kind, value: object, prototype: object): number | undefined {
  const reason = whyBroken(packer, kind, value, prototype);
  if (reason === undefined) return undefined;
  const reference = packer.reference(value);
  if (reference !== undefined) return reference;
  throw packer.refusal(reason[0], reason[1], value);
}

function whyBroken(packer: Packer, kind: Kind, value: object, prototype: object): readonly [string, string] | undefined {
  if (kind === 'object' && isNatural(prototype) && types.isProxy(value)) {
    return ['it is a proxy of an object with insides of its own', 'send the object behind it'];
  }
  for (let level: object | null = prototype; level !== null && !isNatural(level); level = Object.getPrototypeOf(level) as object | null) {
    const type = constructorOf(level);
    if (type === undefined || kind === 'error') continue;
    if (hasPrivateNames(type)) {
      return [`${type.name || 'its class'} keeps state in private #names, which cannot be copied`, 'send plain data and make the instance inside the function'];
    }
    if (kind === 'object' && builtinTwin(level) === undefined && (isNativeCode(type) || (value instanceof EventEmitter && type !== EventEmitter && isBuiltin(packer, type)))) {
      return [`${articled(type.name)} holds native state of its own thread`, 'open it inside the function, or in the initializer'];
    }
  }
  return undefined;
}

/** A member of a Node builtin. */
function isBuiltin(packer: Packer, type: Function): boolean {
  try {
    return packer.options.describe(type).description.way === 'name';
  } catch {
    return false;
  }
}

/** A class that hides its state under symbols of its own would find it missing. */
function refuseSymbolState(packer: Packer, value: object, symbols: readonly symbol[]): void {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || isNatural(prototype) || packer.options.orphans === 'plain' || nameOfShared(prototype) !== undefined) return;
  const lost = symbols.find((symbol) => !crosses(symbol) && !EMITTER_STATE.has(symbol));
  if (lost === undefined) return;
  const name = constructorOf(prototype)?.name;
  throw packer.refusal(`${name || 'its class'} keeps state under ${String(lost)}, which exists on its own thread only`, 'make the instance inside the function', value);
}

/** Defaults that every emitter's prototype has too. */
const EMITTER_STATE: ReadonlySet<symbol> = new Set(Object.getOwnPropertySymbols(new EventEmitter()));

/** The content of a plain object or of an instance; the shell is a flat copy. */
export function fillInstance(packer: Packer, value: object, shell: object): void {
  const { trail } = packer;
  const depth = trail.length;
  try {
    // The shell has the properties already: what is primitive stays.
    for (const key in shell) {
      const property = (shell as Record<string, unknown>)[key];
      if ((typeof property === 'object' && property !== null) || typeof property === 'function' || typeof property === 'symbol') {
        if (!Object.hasOwn(shell, key)) continue;
        trail[depth] = key;
        packer.put(shell, key, property);
      }
    }
    trail.length = depth;
    const symbols = Object.getOwnPropertySymbols(value);
    if (symbols.length === 0) return;
    refuseSymbolState(packer, value, symbols);
    fillProperties(packer, 'object', value, shell);
  } catch (error) {
    throw blamed(packer, value, depth, error);
  }
}

/** Of a builtin's instance, the instance is what cannot cross, not something in its insides that the user has never seen. */
function blamed(packer: Packer, value: object, depth: number, error: unknown): unknown {
  if (!(error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError)) return error;
  const prototype = prototypeOf(packer, value);
  const type = prototype === null || isNatural(prototype) ? undefined : constructorOf(prototype);
  if (type === undefined || !isBuiltin(packer, type)) return error;
  packer.trail.length = depth;
  return packer.refusal(`${articled(type.name)} holds native state of its own thread`, 'open it inside the function, or in the initializer', value, error);
}

function articled(name: string): string {
  return name === '' ? 'its class' : `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
}
