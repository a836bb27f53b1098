/** A function, its arguments and the stores that follow it, in one graph, each under its own path. */

import type { AnyFunction } from '../any-function.js';
import type { Followed } from '../context-store.js';
import type { Described } from '../described.js';
import { labelOf } from '../functions/label.js';
import type { Packed } from '../packed.js';
import type { Packer } from './pack.js';

/** `[fn, args]` or `[fn, args, stores]`. */
export function packCall(
  packer: Packer,
  fn: AnyFunction,
  described: Described,
  args: readonly unknown[],
  stores: readonly Followed[] | undefined,
): Packed {
  const pair: [unknown, unknown[], unknown[]?] = [undefined, []];
  packer.startAt(`closure of ${labelOf(fn) || '(anonymous)'}`);
  packer.enter(fn, described);
  packer.put(pair, 0, fn);
  packer.finish();
  packer.startAt(packer.options.rootPath);
  for (let i = 0; i < args.length; i++) {
    packer.trail[0] = i;
    packer.put(pair[1], i, args[i]);
  }
  packer.trail.length = 0;
  packer.finish();
  if (stores !== undefined) pair[2] = putStores(packer, stores);
  return packer.end([pair]);
}

/** Flat: store, value, and again. */
function putStores(packer: Packer, stores: readonly Followed[]): unknown[] {
  const flat: unknown[] = [];
  packer.startAt('context');
  for (const { index, store, value } of stores) {
    packer.trail[0] = index;
    packer.put(flat, flat.length, store);
    packer.put(flat, flat.length, value);
  }
  packer.trail.length = 0;
  packer.finish();
  return flat;
}
