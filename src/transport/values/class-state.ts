/** What goes along with instances of a class that a thread has by itself: members that its prototype may lack there, private state in WeakMaps. */
import type { AnyFunction } from '../any-function.js';
import { isNatural } from './prototypes.js';
import type { Walk } from './walk.js';

/** Once a class and call. */
export function noteMembers(walk: Walk, prototype: object): void {
  const { describeMembers } = walk.options;
  if (describeMembers === undefined) return;
  for (const type of classesOf(prototype)) {
    for (const members of describeMembers(type, walk.options)) {
      // Settings are those of several classes.
      if (walk.notes.descriptions.includes(members)) continue;
      walk.notes.descriptions.push(...(members.needs ?? []), members);
      walk.notes.special({ kind: 'reference', id: members.id });
    }
  }
}

/** Of each instance. */
export function noteState(walk: Walk, prototype: object, instance: object): void {
  const { privateStores } = walk.options;
  if (privateStores === undefined) return;
  let stores = walk.classStores.get(prototype);
  if (stores === undefined) {
    stores = [...classesOf(prototype)].flatMap((type) => privateStores(type));
    walk.classStores.set(prototype, stores);
  }
  if (stores.length > 0) walk.keepsIn(stores, instance);
}

/** The class that made a prototype, where it says so and that one agrees. (Where several classes share one, each instance may say so: decimal.js.) */
export function constructorOf(holder: object, prototype = holder): AnyFunction | undefined {
  const type: unknown = Object.getOwnPropertyDescriptor(holder, 'constructor')?.value;
  return typeof type === 'function' && type.prototype === prototype ? type : undefined;
}

function* classesOf(prototype: object): Generator<AnyFunction> {
  for (let level: object | null = prototype; level !== null && !isNatural(level); level = Object.getPrototypeOf(level) as object | null) {
    const type = constructorOf(level);
    if (type !== undefined) yield type;
  }
}
