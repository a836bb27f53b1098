/**
 * Where a call arrives: its function runs inside the stores that followed it.
 */
import type { AnyFunction } from '../any-function.js';

/** `stores`: a store (or a function that returns it) and its value, and again. Returns `fn` itself where there are none. */
export function within(stores: readonly unknown[] | undefined, fn: AnyFunction): AnyFunction {
  if (stores === undefined) return fn;
  return (...args: unknown[]) => enter(stores, 0, () => Reflect.apply(fn, undefined, args));
}

function enter(stores: readonly unknown[], at: number, run: () => unknown): unknown {
  if (at >= stores.length) return run();
  const given = stores[at];
  const store = (typeof given === 'function' ? given() : given) as { run?: unknown } | undefined;
  if (typeof store?.run !== 'function') {
    throw new TypeError(
      `Cannot enter store ${at / 2} of the executor's context: what the thread finds there is no AsyncLocalStorage; name it by a function, context: [() => store]`,
    );
  }
  return store.run(stores[at + 1], () => enter(stores, at + 2, run));
}
