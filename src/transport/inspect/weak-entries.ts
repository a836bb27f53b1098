/** What is in a WeakMap or WeakSet: V8 shows it to debuggers. */
import { internalsOf, liveValue } from './handover.js';
import { inspectorAvailable } from './session.js';

const HAND_OVER = 'function (exchange) { exchange.handed = Array.from(this, ({ key, value }) => [key ?? value, value]) }';

/** Pairs; of a WeakSet, its members twice. Nothing where there is no inspector. Cost: 0.2 ms, and 1 µs an entry. */
export function entriesOf(store: object): readonly (readonly [key: unknown, value: unknown])[] {
  if (!inspectorAvailable()) return [];
  const list = internalsOf(store).get('[[Entries]]')?.objectId;
  return list === undefined ? [] : (liveValue(list, HAND_OVER) as [unknown, unknown][]);
}
