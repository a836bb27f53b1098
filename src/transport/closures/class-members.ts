/**
 * What the prototype of a class has here and may lack in a thread, for a class that crosses by reference: members that it gets with its
 * first instance (zod's schemas), or from a plugin that the program installed (dayjs.extend). Only their names go along, until a thread
 * says that it lacks one.
 */
import type { AnyFunction } from '../any-function.js';
import { type Described, Unsendable } from '../described.js';
import { printOfMember } from '../functions/fingerprint.js';
import { lastsWith, nextId } from '../functions/ids.js';
import type { MembersOfClass, Packed } from '../protocol.js';
import { encode } from '../values/encode.js';
import type { PackOptions } from '../values/walk.js';
import { throwIfShared } from './shared.js';

/** Undefined for a class of Node's own, and for one that crosses by value. */
export function describeMembers(type: AnyFunction, options: PackOptions): Described | undefined {
  const names = Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor');
  if (names.length === 0) return undefined;
  const known = described.get(type);
  if (known !== undefined && known.names.length === names.length && known.disproofs === disproofs) return known.answer;
  const answer = describe(type, names, options);
  described.set(type, { names, disproofs, answer });
  return answer;
}

/** A thread lacks something: members, if the number is that of a description of them. */
export function disproveMembers(id: number): void {
  disproofs++;
  const type = numbered.get(id)?.deref();
  if (type === undefined) return;
  numbered.delete(id);
  described.delete(type);
  incomplete.add(type);
}

function describe(type: AnyFunction, names: readonly string[], options: PackOptions): Described | undefined {
  const theClass = classFound(type, options);
  if (theClass === undefined) return undefined;
  const id = nextId();
  const description: MembersOfClass = {
    way: 'members',
    name: type.name,
    of: theClass.id,
    names,
    prints: names.map((each) => printOfMember(type.prototype as object, each)),
  };
  numbered.set(id, new WeakRef(type));
  lastsWith(type, id);
  if (!incomplete.has(type)) return { id, description, needs: [theClass] };
  // As what an object inherits: accessors stay accessors, and hidden ones hidden.
  const carrier: unknown = Object.create(Object.defineProperties({}, membersOf(type)));
  const { payload, descriptions } = encode(carrier, { ...options, rootPath: `prototype of ${type.name}` });
  throwIfShared();
  return { id, description: { ...description, payload: payload as Packed }, needs: [theClass, ...descriptions] };
}

function classFound(type: AnyFunction, options: PackOptions): Described | undefined {
  try {
    const found = options.describe(type);
    return found.description.way === 'reference' || found.description.way === 'object' ? found : undefined;
  } catch (error) {
    if (error instanceof Unsendable) return undefined;
    throw error;
  }
}

function membersOf(type: AnyFunction): PropertyDescriptorMap {
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(type.prototype as object) as PropertyDescriptorMap;
  return members;
}

/** What a description of members refers to may be what was not found: all are made anew. */
let disproofs = 0;
const described = new WeakMap<AnyFunction, Known>();
interface Known {
  readonly names: readonly string[];
  readonly disproofs: number;
  readonly answer: Described | undefined;
}

const numbered = new Map<number, WeakRef<AnyFunction>>();
const incomplete = new WeakSet<AnyFunction>();
