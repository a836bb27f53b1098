/** Instances with `#private` state, as they arrive: what is on their shells, and that state, goes to objects that their class has made. */
import type { Packed, PrivateState } from '../packed.js';
import { InsideClasses } from './inside-classes.js';

/**
 * Makes them, into `values`, when the classes are whole and the shells have their prototypes. What it returns gives them all that they
 * have, when that has been put together.
 */
export function makePrivate({ specials, patches }: Packed, values: unknown[]): () => void {
  const inside = new InsideClasses();
  const finish: (() => void)[] = [];
  try {
    for (const [i, special] of specials.entries()) {
      if (special.kind !== 'private') continue;
      const { shell, state } = special;
      const { instance, put } = inside.make(Object.getPrototypeOf(shell) as object, state);
      values[i] = instance;
      finish.push(() => {
        for (const key of Reflect.ownKeys(instance)) Reflect.deleteProperty(instance, key);
        Object.defineProperties(instance, Object.getOwnPropertyDescriptors(shell));
        put(valuesOf(state));
      });
    }
    for (const patch of patches) {
      if (patch.kind !== 'private') continue;
      const { target, state } = patch;
      const own = Object.getOwnPropertyDescriptors(target);
      const { put } = inside.make(Object.getPrototypeOf(target) as object, state, target);
      for (const key of Reflect.ownKeys(target)) if (!Object.hasOwn(own, key)) Reflect.deleteProperty(target, key);
      finish.push(() => put(valuesOf(state)));
    }
  } finally {
    inside.leave();
  }
  return () => {
    for (const each of finish) each();
  };
}

function valuesOf(state: PrivateState): readonly (readonly unknown[])[] {
  return state.map(({ values }) => values);
}
