/** What an arrow, or a method, takes from the function or object around it, and scopes do not show. */
import type { AnyFunction } from '../any-function.js';
import { type Stops, Unsendable } from '../described.js';
import { askInside, mayBeWatched } from '../inspect/pause.js';
import { isObject } from '../is-object.js';
import type { Environment } from './environment.js';

export function outerThis(fn: AnyFunction): unknown {
  return inside(fn, 'this');
}

export function outerNewTarget(fn: AnyFunction): unknown {
  return inside(fn, 'new.target');
}

/** The name of a function expression around `fn`. */
export function outerName(name: string): (fn: AnyFunction) => unknown {
  return (fn) => inside(fn, name);
}

/** What `inside` would stop the function for. */
export function stopsFor(fn: AnyFunction, expressions: readonly string[]): Stops | undefined {
  if (expressions.length === 0) return undefined;
  const isKnown = (): boolean => expressions.every((each) => asked.get(fn)?.has(each) === true);
  return {
    isKnown,
    ask: () => {
      if (!isKnown()) note(fn, askInside(fn, expressions));
    },
  };
}

/** None of these can change during a function's life: asked once. */
function inside(fn: AnyFunction, expression: string): unknown {
  if (asked.get(fn)?.has(expression) !== true) note(fn, askInside(fn, [expression]));
  const answers = asked.get(fn);
  if (answers?.has(expression) !== true) throw refusal(expression);
  return answers.get(expression);
}

function note(fn: AnyFunction, answers: ReadonlyMap<string, unknown>): void {
  asked.set(fn, new Map([...(asked.get(fn) ?? []), ...answers]));
}

function refusal(expression: string): Unsendable {
  const wayOut =
    expression === 'this' ? 'put the object into a variable and use that, or bind a method of it' : 'put it into a variable and use that';
  const why = mayBeWatched() ? 'cannot be read while the inspector listens' : 'could not be read';
  return new Unsendable(`a function that uses \`${expression}\` of the function around it, which ${why}`, wayOut);
}

export function outerArguments(_: AnyFunction, environment: Environment): unknown {
  const found = environment.find('arguments');
  if (typeof found !== 'object')
    throw new Unsendable('`arguments` of a function that is not around any more', 'name the parameters, or take them as (...rest)');
  return Array.from(found.value as ArrayLike<unknown>);
}

/** Where a method might be at home: an object that it was bound to, or found in. */
export function mayBeAtHomeIn(method: AnyFunction, object: unknown): void {
  if (homes.has(method) || !/\bsuper\b/.test(Function.prototype.toString.call(method))) return;
  for (let home = object; isObject(home); home = Object.getPrototypeOf(home) as unknown) {
    if (owns(home, method)) return void homes.set(method, home);
  }
}

/** An object may have the arrow, but is not where it was written: that of a field of a class, say. */
export function refuseSuper(): never {
  throw new Unsendable(
    'an arrow that uses `super` of the method around it',
    'read or call it in a method of the same class, and call that method in the arrow',
  );
}

/**
 * What `super` in a method starts from: a class whose prototype it is, or an object. Nothing tells where a method is at home but
 * the object that it is found in, or a class in sight that has it.
 */
export function outerHome(method: AnyFunction, environment: Environment): readonly [from: unknown, itsPrototype: boolean] {
  if (!homes.has(method)) for (const value of environment.values()) lookForHome(method, value);
  const home = homes.get(method);
  if (home === undefined) {
    throw new Unsendable(
      'a method that uses `super` away from its object or class',
      'bind it to its object, send the object and call the method there, or export the class from a module',
    );
  }
  const from: unknown = Object.getPrototypeOf(home);
  const owner: unknown = isObject(from) ? from.constructor : undefined;
  return typeof owner === 'function' && owner.prototype === from ? [owner, true] : [from, false];
}

function lookForHome(method: AnyFunction, value: unknown): void {
  if (!isObject(value)) return;
  if (owns(value, method)) homes.set(method, value);
  else if (typeof value === 'function') mayBeAtHomeIn(method, value.prototype);
}

function owns(home: object, method: AnyFunction): boolean {
  for (const key of Reflect.ownKeys(home)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(home, key) ?? {};
    if (value === method || get === method || set === method) return true;
  }
  return false;
}

const homes = new WeakMap<AnyFunction, object>();
const asked = new WeakMap<AnyFunction, ReadonlyMap<string, unknown>>();
