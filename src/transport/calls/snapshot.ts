/**
 * What a call has to do with at one moment: its arguments, and all that its function and the functions in its arguments capture.
 */

import type { AnyFunction } from '../any-function.js';
import { startCall } from '../closures/shared.js';
import { describeObject } from '../closures/stand-ins.js';
import { describe } from '../describe/describe.js';
import type { Described, Ways } from '../described.js';
import { sourceOf } from '../functions/fingerprint.js';
import { labelOf } from '../functions/label.js';
import { structuredClone } from '../own/own-globals.js';
import type { Packed } from '../packed.js';
import { decode } from '../values/decode.js';
import { encode } from '../values/encode.js';

/** A copy made by the rules of a crossing, but for functions, which are themselves. */
export interface Snapshot {
  /** New copies each time. A `callback()` among them calls nobody. */
  readonly args: unknown[];
  /** `render → rows`, by name. */
  readonly captured: Readonly<Record<string, unknown>>;
}

/** Returns a function that makes the copies. Throws for what cannot cross, and for what can only move. */
export function takeSnapshot(fn: AnyFunction, args: readonly unknown[], ways: Ways): () => Snapshot {
  const live = new LiveThings(ways);
  const { payload } = encode([fn, args], {
    describe: live.describe,
    describeObject: live.describeObject,
    outbound: true,
    rootPath: 'args',
  });
  const kept: unknown = structuredClone(payload);
  return () => {
    const captured: Record<string, unknown> = {};
    const rebuild = (id: number) => ({
      fn: live.things[id]?.thing as AnyFunction,
      fill: (values: readonly unknown[]) => {
        const { name = '', variables = [] } = live.things[id] ?? {};
        for (const [i, value] of values.entries()) captured[`${name} → ${variables[i]}`] = value;
      },
    });
    const [, copies] = decode(structuredClone(kept) as Packed, { rebuild }) as [unknown, unknown[]];
    return { args: copies, captured };
  };
}

/** Whether its text speaks of `this`. */
export function mentionsThis(fn: AnyFunction): boolean {
  return /\bthis\b/.test(sourceOf(fn));
}

/** Functions, and objects that a thread would find by itself, under numbers of this snapshot. */
class LiveThings {
  readonly things: { readonly thing: object | symbol; readonly name: string; variables: readonly string[] }[] = [];
  readonly #ways: Ways;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  readonly describe = (fn: AnyFunction): Described => {
    const { description, captures } = describe(fn, this.#ways);
    const thing = {
      thing: description.way === 'callback' ? silent : fn,
      name: labelOf(fn) || '(anonymous)',
      variables: [] as readonly string[],
    };
    const id = this.things.push(thing) - 1;
    if (captures === undefined) return { id, description };
    const read = (): ReturnType<typeof captures> => {
      // Each function for itself: which variables they share is of no interest here.
      startCall();
      const found = captures();
      thing.variables = found.map(({ name }) => name);
      return found;
    };
    return { id, description, captures: read };
  };

  readonly describeObject = (value: object | symbol, among?: 'exports' | 'prototypes'): Described | undefined => {
    const described = typeof value === 'symbol' ? symbolItself : describeObject(value, among);
    return described && { id: this.things.push({ thing: value, name: '', variables: [] }) - 1, description: described.description };
  };
}

function silent(): void {}

const symbolItself: Described = { id: 0, description: { way: 'object', name: 'symbol', standIn: { what: 'global', path: [] } } };
