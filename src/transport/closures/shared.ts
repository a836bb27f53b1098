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
import { dataOf } from '../functions/members.js';
import { type Scope, scopesNow } from '../inspect/look.js';
import { type Evaluate, mayBeWatched, stopInside } from '../inspect/pause.js';
import { queueMicrotask } from '../own/own-globals.js';
import { lookAgain, startLooking } from './budget.js';
import { Environment } from './environment.js';
import { areTwoScopes, isOneScope, markOneScope, markTwoScopes } from './same-scope.js';
import { type Site, siteOf } from './site.js';

export interface Cell {
  value: unknown;
}

/** Functions are compared within a call. */
export function startCall(): void {
  passes = 0;
  stops = 0;
  startLooking();
  if (groups.size > 0 || isOutdated) forget();
}

/** The same call is encoded again: it has what is left to spend, and not the whole sum once more for each variable that it shares. */
export function startOver(): void {
  passes++;
  forget();
  lookAgain();
}

/** Whether any of its functions reads what was there before. */
export function isNeeded(cell: Cell): boolean {
  return needed.has(cell);
}

/** What this call has of something crosses otherwise from now on: it is encoded again. */
export function outdate(): void {
  isOutdated = true;
}

export function cellOf(fn: AnyFunction, name: string): Cell | undefined {
  return cells.get(fn)?.get(name);
}

/**
 * Throws DescribeAgain if functions of what was encoded so far share variables and did not know it: at the end, for all of them at once.
 * Throws Unsendable where that cannot be told. (At the end, too, because a stop tells the inspector of all the frames on the stack: deep
 * inside of the encoding it costs ten times as much.)
 */
export function throwIfShared(): void {
  for (const group of groups.values()) compare(group);
  if ((joined.size > 0 || isOutdated) && passes < MOST_PASSES) throw new DescribeAgain('Variables are shared', [...joined]);
}

/** `fn` uses the variable: whether functions before it in this call share it is to be found out. `at`: where it was found. */
export function noteUse(fn: AnyFunction, { place, uses }: Site, { name, to }: Variable, value: unknown, at: At): void {
  if (place === undefined) return;
  const family = `${place.scriptId} ${at.kind} ${at.depth}`;
  const key = `${family} ${name}`;
  const user: User = { fn, assigns: uses.assigned.has(name), reads: !uses.scratch.has(name), value, knows: to === 'cell' };
  // A call is encoded in one turn: what it uses must not be kept until the next one.
  if (groups.size === 0) queueMicrotask(forget);
  noteScope(family, fn, at.variables);
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { name, at, family, users: [user], compared: 1 });
  else group.users.push(user);
}

/** Each with those that came before it. */
function compare(group: Group): void {
  const { users, name, at } = group;
  const from = group.compared;
  group.compared = users.length;
  if (from === users.length || !users.some(({ assigns }) => assigns)) return;
  for (const [index, user] of users.entries()) {
    const others = users.slice(Math.max(from, index + 1)).filter((other) => mayShare(user, other));
    // A module has one of each.
    const unknown = at.kind === 'Module' ? [] : others.filter((other) => isUnknown(user, other, at));
    if (unknown.length > 0) tellApart(user.fn, unknown, group);
    for (const other of others) if (at.kind === 'Module' || isOneScope(user.fn, other.fn, at.depth)) join(user, other, name);
  }
}

function mayShare(one: User, other: User): boolean {
  return one.fn !== other.fn && (one.assigns || other.assigns) && Object.is(one.value, other.value);
}

function isUnknown({ fn }: { readonly fn: AnyFunction }, other: { readonly fn: AnyFunction }, { depth }: At): boolean {
  return !isOneScope(fn, other.fn, depth) && !areTwoScopes(fn, other.fn, depth);
}

/** One stop tells it of all of them, if `fn` can be stopped; and of all others that seem to stand in the same scope, or each variable there would cost a stop. */
function tellApart(fn: AnyFunction, others: readonly User[], { name, at, family }: Group): void {
  if (mayBeWatched()) throw cannotTell(name);
  if (++stops > MOST_STOPS) return;
  const mark = (other: AnyFunction, isOne: boolean): void => (isOne ? markOneScope : markTwoScopes)(fn, other, at.depth);
  const functions = others.map((other) => other.fn);
  const all = [...new Set([...functions, ...alike(fn, families.get(family), at)])];
  const seen = whoSees(name, at.depth, fn, all);
  if (seen !== undefined) for (const other of all) mark(other, seen.has(other));
  else for (const other of functions) mark(other, whoSees(name, at.depth, other, [fn])?.has(fn) === true);
}

/** Where all variables have one value, as far as is known: no proof, but a good reason to look. */
function alike(fn: AnyFunction, family: Family | undefined, at: At): readonly AnyFunction[] {
  const own = family?.get(fn);
  if (family === undefined || own === undefined) return [];
  const names = Object.keys(own);
  return [...family]
    .filter(([other]) => other !== fn && isUnknown({ fn }, { fn: other }, at))
    .filter(([, variables]) => names.every((name) => name in variables && Object.is(dataOf(own, name), dataOf(variables, name))))
    .map(([other]) => other);
}

function noteScope(family: string, fn: AnyFunction, variables: Scope['variables'] | undefined): void {
  if (variables === undefined) return;
  const known = families.get(family) ?? new Map<AnyFunction, Scope['variables']>();
  families.set(family, known.set(fn, variables));
}

function join(one: User, other: User, name: string): void {
  const cell = cellOf(one.fn, name) ?? cellOf(other.fn, name) ?? { value: one.value };
  if (one.reads || other.reads) needed.add(cell);
  for (const { fn, knows } of [one, other]) {
    if (knows && cellOf(fn, name) === cell) continue;
    cells.set(fn, new Map([...(cells.get(fn) ?? []), [name, cell]]));
    joined.add(fn);
  }
}

function forget(): void {
  groups.clear();
  families.clear();
  joined.clear();
  isOutdated = false;
}

function cannotTell(name: string): Unsendable {
  return new Unsendable(
    `one of several functions that may share the variable \`${name}\`, which cannot be told while the inspector listens`,
    'keep what they share in an object',
  );
}

/** A class is never called: one of its methods sees the same variables, unless it has one of that name itself. Undefined where there is none. */
function stoppable(fn: AnyFunction, name: string): AnyFunction | undefined {
  if (!/^class\b/.test(sourceOf(fn))) return fn;
  return methodsOf(fn).find((method) => {
    const text = sourceOf(method);
    return !text.includes(name) || siteOf(text, undefined).uses.free.includes(name);
  });
}

/** Those that its text makes and that stop at their entry. */
function methodsOf(type: AnyFunction): readonly AnyFunction[] {
  const members = [type.prototype as object, type].flatMap((holder) => Object.values(Object.getOwnPropertyDescriptors(holder)));
  return members
    .flatMap(({ value, get, set }) => [value as unknown, get, set])
    .filter((member): member is AnyFunction => typeof member === 'function' && member !== type)
    .filter((method) => sourceOf(type).includes(sourceOf(method)) && !/Generator/.test(tagOf(method)));
}

function tagOf(fn: AnyFunction): string {
  return Object.prototype.toString.call(fn);
}

/** Those among `functions` whose scope at the depth is that of `fn`; undefined where that one cannot be stopped (a generator, a class without methods). */
function whoSees(name: string, depth: number, fn: AnyFunction, functions: readonly AnyFunction[]): ReadonlySet<AnyFunction> | undefined {
  const mark = `mark ${Math.random()}`;
  const seen = new Set<AnyFunction>();
  const stopped = stoppable(fn, name);
  let isMarked = false;
  const look = (evaluate: Evaluate): void => {
    // The old value waits in the marked variable itself.
    if (evaluate(`${name} = { mark: ${JSON.stringify(mark)}, old: ${name} }`) === undefined) return;
    isMarked = true;
    try {
      for (const other of functions) {
        const variables = new Environment(scopesNow(other)).variablesAt(depth);
        const found = variables && (dataOf(variables, name) as { mark?: unknown } | undefined);
        if (typeof found === 'object' && found !== null && found.mark === mark) seen.add(other);
      }
    } finally {
      evaluate(`${name} = ${name}.old`);
    }
  };
  if (stopped !== undefined) stopInside(stopped, look);
  return isMarked ? seen : undefined;
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
  /** All that are in it, as of now. */
  readonly variables?: Scope['variables'] | undefined;
}

type Family = Map<AnyFunction, Scope['variables']>;

interface User {
  readonly fn: AnyFunction;
  readonly assigns: boolean;
  /** Not only what it has written there itself. */
  readonly reads: boolean;
  readonly value: unknown;
  /** It is described as a user of a cell. */
  readonly knows: boolean;
}

/** Those that use a variable of one name, of one kind of scope at one depth. */
interface Group {
  readonly name: string;
  readonly at: At;
  /** Those that use variables of such a scope. */
  readonly family: string;
  readonly users: User[];
  /** How many were compared with those before them. */
  compared: number;
}

const groups = new Map<string, Group>();
const families = new Map<string, Family>();
const joined = new Set<AnyFunction>();
const cells = new WeakMap<AnyFunction, ReadonlyMap<string, Cell>>();
const needed = new WeakSet<Cell>();
let isOutdated = false;
let passes = 0;
let stops = 0;
/** One tells of all that is shared; another may lead to more. Beyond, the rest counts as separate. A guess. */
const MOST_PASSES = 5;
/** Each costs some milliseconds, once two scopes. Beyond, variables count as separate. A guess: one tells of all functions that share a scope. */
const MOST_STOPS = 256;
