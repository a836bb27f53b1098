/**
 * Instances that a class keeps as its own constants, `Timezone.utcTimezone`, `Color.RED`, or its module in an object that it exports,
 * `tokTypes.name` of acorn. Code compares with them, so a thread that has the class has them, too, and uses its own.
 */
import type { AnyFunction } from '../any-function.js';
import { sourceOf, statePrint } from '../functions/fingerprint.js';
import { dataOf } from '../functions/members.js';
import { scopesOf } from '../inspect/look.js';
import { privateFieldsOf } from '../inspect/privates.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { FunctionDescription, StandIn } from '../protocol.js';
import { constantsBeside } from './package-constants.js';
import { standsFor } from './stand-ins.js';

/** Once a class. */
export function noteConstants(type: AnyFunction, description: FunctionDescription): void {
  if (noted.has(type)) return;
  noted.add(type);
  if (description.way === 'reference') {
    for (const [name, value] of staticsOf(type)) {
      if (isOwnInstance(value, type)) note(value, { what: 'constant', of: description, name, print: statePrint(value) });
    }
  }
  for (const { value, of, within, name } of constantsBeside(description, type.prototype as object)) {
    if (!constants.has(value) && isFlat(value)) note(value, { what: 'constant', of, within, name, print: statePrint(value) });
  }
}

/** What the program has changed since is none. */
export function isConstant(value: object): boolean {
  const print = constants.get(value);
  return print !== undefined && print === statePrint(value);
}

function note(value: object, standIn: Extract<StandIn, { what: 'constant' }>): void {
  constants.set(value, standIn.print);
  standsFor(value, standIn);
}

/** All of its state is in its print. What leads on to other objects may be a register that the program fills. */
function isFlat(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).every((each) => typeof each.value !== 'object' || each.value === null);
}

/** Behind getters, too, where they are named after what they show: they are not run for it. */
function* staticsOf(type: AnyFunction): Generator<[name: string, value: unknown]> {
  const getters: string[] = [];
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
    if (get === undefined) yield [name, value];
    else getters.push(name);
  }
  if (getters.length === 0 || !inspectorAvailable()) return;
  if (sourceOf(type).includes('static #')) {
    for (const [name, value] of privateFieldsOf(type)) if (getters.includes(name.slice(1))) yield [name.slice(1), value];
    return;
  }
  // As Babel compiles these.
  for (const { variables } of scopesOf(type)) {
    for (const name of getters) {
      const kept = dataOf(variables, `_${name}`);
      if (typeof kept === 'object' && kept !== null) yield [name, dataOf(kept, '_')];
    }
  }
}

function isOwnInstance(value: unknown, type: AnyFunction): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === type.prototype;
}

const noted = new WeakSet<AnyFunction>();
/** With their prints. */
const constants = new WeakMap<object, number>();
