/**
 * The functions of this thread: loads what calls need, and remembers what could not be loaded, since it is described only once.
 */
import { OwnPromise } from '../src/transport/own/own-globals.js';
import type { Packed } from '../src/transport/packed.js';
import type { Delivery, WireCall } from '../src/transport/protocol.js';
import { MissingFunction } from '../src/transport/rebuild/missing.js';
import { forget, load } from '../src/transport/rebuild/table.js';

const loading = new Map<number, Promise<void>>();
const natives = new Set<number>();
const failures = new Map<number, unknown>();
/** The calls that functions over chunks are made of, and the like: what they need has to be there too. */
const inner = new Map<number, WireCall>();

/** At once where no module has to be imported. Never throws: what failed is told to the calls that need it. */
export function loadFunctions(deliveries: readonly Delivery[] | undefined): Promise<unknown> | undefined {
  for (const [id, description] of deliveries ?? []) {
    if (description.way === 'name') natives.add(id);
    if (description.way === 'each') inner.set(id, description.call);
    if (description.way === 'members') {
      const { of, payload } = description;
      inner.set(id, { deliveries: [], fn: of, packed: payload !== undefined, payload });
    }
    try {
      const loaded = load(id, description);
      if (loaded !== undefined) {
        loading.set(
          id,
          loaded.then(undefined, (error: unknown) => void failures.set(id, error)).then(() => void loading.delete(id)),
        );
      }
    } catch (error) {
      failures.set(id, error);
    }
  }
  return functionsLoaded();
}

/** One of Node's or the language's own by name: it leaves no microtasks behind that the next task could notice. */
export function isNative(id: number): boolean {
  return natives.has(id);
}

/** A promise while modules are being imported. */
export function functionsLoaded(): Promise<unknown> | undefined {
  return loading.size === 0 ? undefined : OwnPromise.all(loading.values());
}

/** Throws why a function that this call needs could not be loaded; of those that are not here, with the numbers of all. */
export function checkFunctions(fn: number, payload: unknown, packed: boolean): void {
  if (failures.size === 0) return;
  const [first, ...others] = failuresOf(fn, payload, packed);
  if (first === undefined) return;
  if (first.error instanceof MissingFunction) {
    first.error.others = others.flatMap(({ error }) => (error instanceof MissingFunction ? error.id : []));
  }
  throw first.error;
}

function* failuresOf(fn: number, payload: unknown, packed: boolean): Generator<{ readonly error: unknown }> {
  if (failures.has(fn)) yield { error: failures.get(fn) };
  const call = inner.get(fn);
  if (call !== undefined) yield* failuresOf(call.fn, call.payload, call.packed);
  if (!packed) return;
  for (const special of (payload as Packed).specials) {
    if (special.kind !== 'function' && special.kind !== 'reference') continue;
    if (failures.has(special.id)) yield { error: failures.get(special.id) };
    const each = inner.get(special.id);
    if (each !== undefined) yield* failuresOf(each.fn, each.payload, each.packed);
  }
}

export function forgetFunctions(ids: readonly number[]): void {
  for (const id of ids) {
    failures.delete(id);
    natives.delete(id);
    inner.delete(id);
  }
  forget(ids);
}
