/**
 * What a class has here and may lack in a thread, for a class that crosses by reference: members of its prototype that it gets with its
 * first instance (zod's schemas), or from a plugin that the program installed (dayjs.extend), and settings that its package keeps on
 * `globalThis`. Only their names go along, until a thread says that it lacks one.
 */
import { ExecutorError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { DescribeAgain, type Described, Unsendable } from '../described.js';
import { printOfMember } from '../functions/fingerprint.js';
import { lastsWith, nextId } from '../functions/ids.js';
import type { Packed } from '../packed.js';
import type { MembersOfClass } from '../protocol.js';
import { encode } from '../values/encode.js';
import type { PackOptions } from '../values/walk.js';
import { globalsOf, settingsOf } from './class-globals.js';
import { throwIfShared } from './shared.js';

/** None for a class of Node's own, and for one that crosses by value. */
export function describeMembers(type: AnyFunction, options: PackOptions): readonly Described[] {
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(type.prototype as object) as PropertyDescriptorMap;
  const ofPrototype = describeHolder({ type, holder: type.prototype as object, members }, options);
  const ofGlobals = globalsOf(type).map((global) => {
    const holder = Reflect.get(globalThis, global) as object;
    return describeHolder({ type, holder, members: settingsOf(global), global }, options);
  });
  return [ofPrototype, ...ofGlobals].filter((each) => each !== undefined);
}

/** A thread lacks something: members, if the number is that of a description of them. */
export function disproveMembers(id: number): void {
  disproofs++;
  const holder = numbered.get(id)?.deref();
  if (holder === undefined) return;
  numbered.delete(id);
  described.delete(holder);
  incomplete.add(holder);
}

interface Holding {
  readonly type: AnyFunction;
  readonly holder: object;
  readonly members: PropertyDescriptorMap;
  /** The holder's name on `globalThis`. */
  readonly global?: string;
}

function describeHolder(holding: Holding, options: PackOptions): Described | undefined {
  const { holder, members } = holding;
  const names = Object.getOwnPropertyNames(members);
  if (names.length === 0) return undefined;
  const known = described.get(holder);
  if (known !== undefined && known.names.length === names.length && known.disproofs === disproofs) return known.answer;
  const answer = describe(holding, names, options);
  // Another class of the package may lead to its settings.
  if (answer !== undefined || holding.global === undefined) described.set(holder, { names, disproofs, answer });
  return answer;
}

function describe(holding: Holding, names: readonly string[], options: PackOptions): Described | undefined {
  const { type, holder, members, global } = holding;
  const theClass = classFound(type, options);
  if (theClass === undefined) return undefined;
  const id = nextId();
  const prints = names.map((each) => printOfMember(holder, each));
  const description: MembersOfClass = { way: 'members', name: type.name, of: theClass.id, names, prints, global };
  numbered.set(id, new WeakRef(holder));
  lastsWith(holder, id);
  if (!incomplete.has(holder)) return { id, description, needs: [theClass] };
  const { payload, descriptions } = encodeMembers(global === undefined ? members : sendable(members, type, options), type, options);
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

/** As what an object inherits: accessors stay accessors, and hidden ones hidden. */
function encodeMembers(members: PropertyDescriptorMap, { name }: AnyFunction, options: PackOptions): ReturnType<typeof encode> {
  return encode(Object.create(Object.defineProperties({}, members)), { ...options, rootPath: `prototype of ${name}` });
}

/** Nobody asked for settings: what cannot cross of them stays. */
function sendable(members: PropertyDescriptorMap, type: AnyFunction, options: PackOptions): PropertyDescriptorMap {
  const kept = Object.entries(members).filter(([name, member]) => {
    try {
      encodeMembers({ [name]: member }, type, options);
      return true;
    } catch (error) {
      if (error instanceof DescribeAgain || !(error instanceof ExecutorError)) throw error;
      return false;
    }
  });
  return Object.fromEntries(kept);
}

/** What a description of members refers to may be what was not found: all are made anew. */
let disproofs = 0;
const described = new WeakMap<object, Known>();
interface Known {
  readonly names: readonly string[];
  readonly disproofs: number;
  readonly answer: Described | undefined;
}

const numbered = new Map<number, WeakRef<object>>();
const incomplete = new WeakSet<object>();
