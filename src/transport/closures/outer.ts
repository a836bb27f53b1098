/** What an arrow, or a method, takes from the function or object around it, and scopes do not show. */
import { Unsendable } from '../described.js';
import type { Environment } from './environment.js';

export function outerThis(fn: Function, environment: Environment): unknown {
  throw new Unsendable('pending', 'pending');
}

export function outerNewTarget(fn: Function, environment: Environment): unknown {
  throw new Unsendable('pending', 'pending');
}

export function outerArguments(_: Function, environment: Environment): unknown {
  const found = environment.find('arguments');
  if (typeof found !== 'object') throw new Unsendable('`arguments` of a function that is not around any more', 'name the parameters, or take them as (...rest)');
  return Array.from(found.value as ArrayLike<unknown>);
}

/** What `super` in a method starts from: the prototype of whatever object around here owns the method. */
export function outerHome(fn: Function, environment: Environment): unknown {
  for (const value of environment.values()) {
    for (const home of [value, typeof value === 'function' ? (value.prototype as unknown) : undefined]) {
      if (owns(home, fn)) return Object.getPrototypeOf(home) as unknown;
    }
  }
  throw new Unsendable('a method that uses `super` away from its class', 'send the object or its class and call the method there, or export it from a module');
}

function owns(home: unknown, fn: Function): home is object {
  if ((typeof home !== 'object' && typeof home !== 'function') || home === null) return false;
  const { value, get, set } = Object.getOwnPropertyDescriptor(home, fn.name.replace(/^[gs]et /, '')) ?? {};
  return value === fn || get === fn || set === fn;
}
