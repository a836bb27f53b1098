/**
 * One kind after the other: what stands for an object in the shadow, and how its content gets there.
 */
import { types } from 'node:util';
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import { fillInstance, dress } from './instances.js';
import { fillProperties } from './own-properties.js';
import type { Kind } from './kinds.js';
import { whyNot } from './kinds.js';
import { hasNamedProperties, namedProperties } from './named-properties.js';
import type { Packer } from './pack.js';
import { Member } from './trail.js';
import { isDetached, isMarked, isTransferable, isWhole, moved } from './transfer.js';

/** What stands for `value`, still empty: an object of the shadow, or the number of a special. */
export function shellOf(packer: Packer, kind: Kind, value: object): object | number {
  switch (kind) {
    case 'object':
      return dress(packer, kind, value, ownPropertiesOf(packer, value));
    case 'stand-in':
      return packer.reference(value) ?? dress(packer, 'object', value, ownPropertiesOf(packer, value));
    case 'array':
      return dress(packer, kind, value, []);
    case 'map':
      return dress(packer, kind, value, new Map());
    case 'set':
      return dress(packer, kind, value, new Set());
    case 'date':
      return dress(packer, kind, value, new Date(Date.prototype.getTime.call(value)));
    case 'regexp':
      return dress(packer, kind, value, new RegExp(value as RegExp));
    case 'error':
      return dress(packer, kind, value, bareError());
    case 'boxed':
      return dress(packer, kind, value, value);
    case 'view':
    case 'buffer':
      return dress(packer, kind, value, viewOf(packer, kind, value as NodeJS.ArrayBufferView));
    case 'memory':
      return dress(packer, kind, value, memoryOf(packer, value as ArrayBuffer));
    case 'url':
      return packer.special({ kind: 'url', href: String(value) });
    case 'search':
      return packer.special({ kind: 'search', text: String(value) });
    case 'exception':
      return exceptionOf(packer, value as DOMException);
    case 'platform':
      packer.borrows = true;
      return value;
    case 'movable':
      return movableOf(packer, value);
    case 'namespace':
      return packer.reference(value) ?? refuse(packer, value, 'a module namespace belongs to its own thread', 'import the module inside the function, or send the members that it needs');
    case 'opaque':
      return packer.reference(value) ?? refuse(packer, value, ...(whyNot(value) ?? (['it cannot be copied', 'leave it out'] as const)));
  }
}

/** Walks the content into the shell. */
export function fill(packer: Packer, kind: Kind, value: object, shell: object | number): void {
  if (typeof shell === 'number' && kind !== 'exception') return;
  if (kind === 'object' || kind === 'stand-in') fillInstance(packer, value, shell as object);
  else if (kind === 'array') fillArray(packer, value as unknown[], shell as unknown[]);
  else if (kind === 'map') fillMap(packer, value as Map<unknown, unknown>, shell as Map<unknown, unknown>);
  else if (kind === 'set') fillSet(packer, value as Set<unknown>, shell as Set<unknown>);
  else if (kind === 'error' || kind === 'exception' || kind === 'regexp' || kind === 'date') fillProperties(packer, kind, value, shell);
}

function fillArray(packer: Packer, array: readonly unknown[], shell: unknown[]): void {
  const { trail } = packer;
  const depth = trail.length;
  const { length } = array;
  let holes = 0;
  for (let i = 0; i < length && holes <= 1_000; i++) {
    trail[depth] = i;
    const item = read(packer, array, i);
    if (item === undefined && !(i in array)) holes++;
    else packer.put(shell, i, item);
  }
  shell.length = length;
  const sparse = holes > 1_000;
  if (sparse || holes > 0 || hasNamedProperties(array)) {
    for (const key of sparse ? Object.keys(array) : namedProperties(array)) {
      if (sparse && Object.hasOwn(shell, key)) continue;
      trail[depth] = key;
      packer.put(shell, key, read(packer, array, key));
    }
  }
  trail.length = depth;
}

function fillMap(packer: Packer, map: Map<unknown, unknown>, shell: Map<unknown, unknown>): void {
  const { trail, places } = packer;
  const depth = trail.length;
  const before = places.length;
  const entries: unknown[] = [];
  let i = 0;
  Map.prototype.forEach.call(map, (value: unknown, key: unknown) => {
    trail[depth] = new Member(`.keys()[${i}]`);
    packer.put(entries, 2 * i, key);
    trail[depth] = new Member(typeof key === 'string' || typeof key === 'number' ? `.get(${JSON.stringify(key)})` : `.values()[${i}]`);
    packer.put(entries, 2 * i + 1, value);
    i++;
  });
  trail.length = depth;
  if (places.length > before) packer.patches.push({ kind: 'entries', target: shell, entries });
  else for (let j = 0; j < entries.length; j += 2) shell.set(entries[j], entries[j + 1]);
  fillProperties(packer, 'map', map, shell);
}

function fillSet(packer: Packer, set: Set<unknown>, shell: Set<unknown>): void {
  const { trail, places } = packer;
  const depth = trail.length;
  const before = places.length;
  const entries: unknown[] = [];
  Set.prototype.forEach.call(set, (value: unknown) => {
    trail[depth] = new Member(`.values()[${entries.length}]`);
    packer.put(entries, entries.length, value);
  });
  trail.length = depth;
  if (places.length > before) packer.patches.push({ kind: 'entries', target: shell, entries });
  else for (const value of entries) shell.add(value);
  fillProperties(packer, 'set', set, shell);
}

/** All at once, which V8 does at a tenth of the price of one by one; each getter runs once. */
function ownPropertiesOf(packer: Packer, value: object): object {
  try {
    return { ...value };
  } catch (error) {
    throw culpritOf(packer, value) ?? packer.refusal('it is a proxy that throws, or was revoked', 'send the object behind it', value, error);
  }
}

/** The refusal of the property that throws. */
function culpritOf(packer: Packer, value: object): unknown {
  const depth = packer.trail.length;
  try {
    for (const key of Object.keys(value)) {
      packer.trail[depth] = key;
      read(packer, value, key);
    }
  } catch (error) {
    if (error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError) return error;
  }
  packer.trail.length = depth;
  return undefined;
}

/** A property's value; a getter or a proxy that throws is what is wrong with the value, and says where. */
export function read(packer: Packer, object: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(object, key);
  } catch (error) {
    throw packer.refusal('reading it throws', 'leave the property out, or mend its getter', object, error);
  }
}

/** Without the cost of a stack of its own, which would be thrown away. */
function bareError(): Error {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
    return new Error();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/**
 * A Buffer is cut to its own bytes, for small ones share a pool with strangers. Other views are sent with the memory that
 * they look at, as structured clone does, for two views may share it on purpose.
 */
function viewOf(packer: Packer, kind: Kind, view: NodeJS.ArrayBufferView): object {
  const memory = view.buffer;
  if (types.isSharedArrayBuffer(memory)) return view;
  refuseDetached(packer, memory);
  const cut = !isWhole(view) && (kind === 'buffer' || isMarked(view)) && !isMarked(memory);
  if (cut && ArrayBuffer.isView(view)) return copyOf(view);
  if (isMarked(view) || isMarked(memory)) move(packer, memory);
  packer.borrows = true;
  return view;
}

function copyOf(view: NodeJS.ArrayBufferView): object {
  if (Buffer.isBuffer(view)) return new Uint8Array(view);
  if (types.isDataView(view)) return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  return Reflect.apply(TYPED_SLICE, view, []) as object;
}

const TYPED_SLICE = Object.getPrototypeOf(Uint8Array.prototype).slice as Function;

function memoryOf(packer: Packer, memory: ArrayBuffer): object {
  if (types.isSharedArrayBuffer(memory)) return memory;
  refuseDetached(packer, memory);
  if (isMarked(memory)) move(packer, memory);
  packer.borrows = true;
  return memory;
}

function move(packer: Packer, memory: ArrayBuffer): void {
  if (isTransferable(memory) && !packer.transfer.includes(memory)) packer.transfer.push(memory);
}

function refuseDetached(packer: Packer, memory: ArrayBuffer): void {
  if (isDetached(memory)) throw packer.refusal('its memory was transferred before and is no longer here', 'send a copy the first time, or get it back as a result', memory);
}

function movableOf(packer: Packer, value: object): object {
  if (isMarked(value)) {
    const movable = moved(value);
    packer.transfer.push(movable);
    return movable as object;
  }
  if (value instanceof AbortSignal) return refuse(packer, value, 'an AbortSignal belongs to its own thread', 'pass it as an option, run.with({ signal }), and read currentThread().signal in the task, or wrap it in transfer()');
  return refuse(packer, value, 'it can move to another thread, but not be copied', 'wrap it in transfer(), or open it inside the function');
}

function exceptionOf(packer: Packer, value: DOMException): number {
  return packer.special({ kind: 'exception', name: value.name, message: value.message, own: { names: [], values: [], hidden: 0 } });
}

function refuse(packer: Packer, value: object, what: string, wayOut: string): never {
  throw packer.refusal(what, wayOut, value);
}
