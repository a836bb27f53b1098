/**
 * Variables that several functions of one call share, and one of them assigns to: an increment and a read of one counter. In the thread
 * they must share it again. Such a variable crosses as a cell, one object for all that use it.
 *
 * Equal values do not tell (two counters at the same count are two), and V8's scopes have no identity. So one function is stopped
 * at its entry, a mark is put into the variable, and it is looked for in the other's scope. What that says of two scopes is kept.
 */

import type { AnyFunction } from '../any-function.js';
import { DescribeAgain, Unsendable } from '../described.js';
import { sourceOf } from '../functions/fingerprint.js';
import { scopesOf } from '../inspect/look.js';
import { mayBeWatched, stopInside } from '../inspect/pause.js';
import { queueMicrotask } from '../own-globals.js';
import { lookAgain, startLooking, watchTime } from './budget.js';
import { Environment } from './environment.js';
import { areTwoScopes, isOneScope, toldOneScope, toldTwoScopes } from './same-scope.js';
import type { Site } from './site.js';

export interface Cell {
  value: unknown;
}

/** Functions are compared within a call. */
export function startCall(): void {
  comparisons = 0;
  passes = 0;
  startLooking();
  if (users.size > 0 || isOutdated) forget();
}

/** The same call is encoded again: what it may spend goes on, lest each variable that it shares should cost the whole sum. */
export function startOver(): void {
  passes++;
  forget();
  lookAgain();
}

/** What this call has of something crosses otherwise from now on: it is encoded again. */
export function outdate(): void {
  isOutdated = true;
}

export function cellOf(fn: AnyFunction, name: string): Cell | undefined {
  return cells.get(fn)?.get(name);
}

/** Throws DescribeAgain if functions of what was encoded so far share variables and did not know it: at the end, for all of them at once. */
export function throwIfShared(): void {
  if ((joined.size > 0 || isOutdated) && passes < MOST_PASSES) throw new DescribeAgain('Variables are shared', [...joined]);
}

/** Finds out whether a function before `fn` in this call shares the variable. `at`: where it was found. */
export function compareVariable(fn: AnyFunction, { place, uses }: Site, { name, to }: Variable, value: unknown, at: At): void {
  if (place === undefined) return;
  const key = `${place.scriptId} ${name} ${at.kind} ${at.depth}`;
  const user: User = { fn, assigns: uses.assigned.has(name), value, knows: to === 'cell' };
  const others = users.get(key);
  for (const other of others ?? []) if (isSharedBy(other, user, name, at)) join(other, user, name);
  // A call is encoded in one turn: what it uses must not be kept until the next one.
  if (users.size === 0) queueMicrotask(forget);
  if (others === undefined) users.set(key, [user]);
  else others.push(user);
}

function isSharedBy(one: User, other: User, name: string, { kind, depth }: At): boolean {
  if (one.fn === other.fn || !(one.assigns || other.assigns) || !Object.is(one.value, other.value)) return false;
  // A module has one of each.
  if (kind === 'Module' || isOneScope(one.fn, other.fn, depth)) return true;
  if (areTwoScopes(one.fn, other.fn, depth) || ++comparisons > MOST_COMPARISONS) return false;
  if (mayBeWatched()) throw cannotTell(name);
  watchTime();
  const isOne = isOneVariable(one.fn, other.fn, name);
  (isOne ? toldOneScope : toldTwoScopes)(one.fn, other.fn, depth);
  return isOne;
}

function join(one: User, other: User, name: string): void {
  const cell = cellOf(one.fn, name) ?? cellOf(other.fn, name) ?? { value: one.value };
  for (const { fn, knows } of [one, other]) {
    if (knows && cellOf(fn, name) === cell) continue;
    cells.set(fn, new Map([...(cells.get(fn) ?? []), [name, cell]]));
    joined.add(fn);
  }
}

function forget(): void {
  users.clear();
  joined.clear();
  isOutdated = false;
}

function cannotTell(name: string): Unsendable {
  return new Unsendable(
    `one of several functions that may share the variable \`${name}\`, which cannot be told while the inspector listens`,
    'keep what they share in an object',
  );
}

/** A class is never called: one of its methods sees the same variables. Undefined where it has none. */
function stoppable(fn: AnyFunction): AnyFunction | undefined {
  if (!/^class\b/.test(sourceOf(fn))) return fn;
  for (const holder of [fn.prototype as object, fn]) {
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(holder))) {
      if (typeof value === 'function' && value !== fn && sourceOf(fn).includes(sourceOf(value)) && !/Generator/.test(kindOf(value)))
        return value;
    }
  }
  return undefined;
}

function kindOf(fn: AnyFunction): string {
  return Object.prototype.toString.call(fn);
}

function isOneVariable(one: AnyFunction, other: AnyFunction, name: string): boolean {
  const inside = [stoppable(one), stoppable(other)];
  const [stopped, seen] = inside[0] === undefined ? [inside[1], one] : [inside[0], other];
  if (stopped === undefined) return false;
  const mark = `mark ${Math.random()}`;
  let isOne = false;
  stopInside(stopped, (evaluate) => {
    // The old value waits in the marked variable itself.
    if (evaluate(`${name} = { mark: ${JSON.stringify(mark)}, old: ${name} }`) === undefined) return;
    try {
      const found = new Environment(scopesOf(seen)).valueOf(name) as { mark?: unknown } | undefined;
      isOne = typeof found === 'object' && found !== null && found.mark === mark;
    } finally {
      evaluate(`${name} = ${name}.old`);
    }
  });
  return isOne;
}

/** A slot for it. */
interface Variable {
  readonly name: string;
  readonly to: 'variable' | 'cell';
}

/** Of which kind the scope is that has the variable, and how many are around it. */
export interface At {
  readonly kind: string;
  readonly depth: number;
}

interface User {
  readonly fn: AnyFunction;
  readonly assigns: boolean;
  readonly value: unknown;
  /** It is described as a user of a cell. */
  readonly knows: boolean;
}

const users = new Map<string, User[]>();
const joined = new Set<AnyFunction>();
const cells = new WeakMap<AnyFunction, ReadonlyMap<string, Cell>>();
let isOutdated = false;
let comparisons = 0;
let passes = 0;
/** One tells of all that is shared; another may lead to more. Beyond, the rest counts as separate. A guess. */
const MOST_PASSES = 5;
/** Each costs milliseconds, once two scopes. Beyond, variables count as separate. A guess: calls carry few functions that assign to what they capture. */
const MOST_COMPARISONS = 32;
