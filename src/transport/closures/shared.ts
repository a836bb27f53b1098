/**
 * Variables that several functions of one call share, and one of them assigns to: an increment and a read of one counter. In the thread
 * they must share it again. Such a variable crosses as a cell, one object for all that use it.
 *
 * Equal values do not tell (two counters at the same count are two), and V8's scopes have no identity. So one function is stopped
 * at its entry, a mark is put into the variable, and it is looked for in the other's scope.
 */
import type { AnyFunction } from '../any-function.js';
import { DescribeAgain, Unsendable } from '../described.js';
import { scopesOf } from '../inspect/look.js';
import { mayBeWatched, stopInside } from '../inspect/pause.js';
import { startLooking } from './budget.js';
import { Environment } from './environment.js';
import type { Site } from './site.js';

export interface Cell {
  value: unknown;
}

/** Functions are compared within a call. */
export function startCall(): void {
  if (users.size > 0) users.clear();
  comparisons = 0;
  startLooking();
}

export function cellOf(fn: AnyFunction, name: string): Cell | undefined {
  return cells.get(fn)?.get(name);
}

/** Throws DescribeAgain if a function before `fn` in this call shares the variable. `isOfModule`: it stands at the top level of an ES module. */
export function compareVariable(fn: AnyFunction, { place, uses }: Site, name: string, value: unknown, isOfModule: boolean): void {
  if (place === undefined) return;
  const key = `${place.scriptId} ${name}`;
  const assigns = uses.assigned.has(name);
  const others = users.get(key) ?? [];
  for (const other of others) {
    if (other.fn === fn || !(assigns || other.assigns) || !Object.is(other.value, value) || isOfModule !== other.isOfModule) continue;
    // A module has one of each.
    if (!isOfModule) {
      if (++comparisons > MOST_COMPARISONS) continue;
      if (mayBeWatched()) throw cannotTell(name);
      if (!isOneVariable(other.fn, fn, name)) continue;
    }
    const cell = cellOf(other.fn, name) ?? { value };
    for (const user of [other.fn, fn]) cells.set(user, new Map([...(cells.get(user) ?? []), [name, cell]]));
    throw new DescribeAgain('A variable is shared', [other.fn, fn]);
  }
  // A call is encoded in one turn: what it uses must not be kept until the next one.
  if (users.size === 0) queueMicrotask(() => users.clear());
  users.set(key, [...others, { fn, assigns, value, isOfModule }]);
}

function cannotTell(name: string): Unsendable {
  return new Unsendable(
    `one of several functions that may share the variable \`${name}\`, which cannot be told while the inspector listens`,
    'keep what they share in an object',
  );
}

function isOneVariable(one: AnyFunction, other: AnyFunction, name: string): boolean {
  const mark = `mark ${Math.random()}`;
  let isOne = false;
  stopInside(one, (evaluate) => {
    // The old value waits in the marked variable itself.
    if (evaluate(`${name} = { mark: ${JSON.stringify(mark)}, old: ${name} }`) === undefined) return;
    try {
      const found = new Environment(scopesOf(other)).valueOf(name) as { mark?: unknown } | undefined;
      isOne = typeof found === 'object' && found !== null && found.mark === mark;
    } finally {
      evaluate(`${name} = ${name}.old`);
    }
  });
  return isOne;
}

interface User {
  readonly fn: AnyFunction;
  readonly assigns: boolean;
  readonly value: unknown;
  readonly isOfModule: boolean;
}

const users = new Map<string, readonly User[]>();
const cells = new WeakMap<AnyFunction, ReadonlyMap<string, Cell>>();
let comparisons = 0;
/** Each costs milliseconds. Beyond, variables count as separate. A guess: calls carry few functions that assign to what they capture. */
const MOST_COMPARISONS = 32;
