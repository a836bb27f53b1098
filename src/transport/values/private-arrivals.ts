/** Instances with `#private` state, as they arrive: what is on their shells, and that state, goes to objects that their class has made. */
import type { Special } from '../packed.js';
import { InsideClasses } from './inside-classes.js';

/**
 * Makes them, into `values`, when the classes are whole and the shells have their prototypes. What it returns gives them all that they
 * have, when that has been put together.
 */
export function makePrivate(specials: readonly Special[], values: unknown[]): () => void {
  const inside = new InsideClasses();
  const finish: (() => void)[] = [];
  try {
    for (const [i, special] of specials.entries()) {
      if (special.kind !== 'private') continue;
      const { shell, state, stays } = special;
      const own = stays ? Reflect.ownKeys(shell) : [];
      const { instance, put } = inside.make(Object.getPrototypeOf(shell) as object, state, stays ? shell : undefined);
      values[i] = instance;
      // What the class's fields have put there.
      if (stays) for (const key of Reflect.ownKeys(shell)) if (!own.includes(key)) Reflect.deleteProperty(shell, key);
      finish.push(() => {
        if (!stays) {
          for (const key of Reflect.ownKeys(instance)) Reflect.deleteProperty(instance, key);
          Object.defineProperties(instance, Object.getOwnPropertyDescriptors(shell));
        }
        put(state.map((each) => each.values));
      });
    }
  } finally {
    inside.leave();
  }
  return () => {
    for (const each of finish) each();
  };
}
