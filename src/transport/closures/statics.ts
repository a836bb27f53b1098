/**
 * Instances that a class keeps as its own constants: `Timezone.utcTimezone`, `Color.RED`. Code compares with them, so a thread that has the
 * class has them, too, and uses its own.
 */
import type { AnyFunction } from '../any-function.js';
import { sourceOf, statePrint } from '../functions/fingerprint.js';
import { privateFieldsOf } from '../inspect/privates.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { FunctionDescription } from '../protocol.js';
import { standsFor } from './stand-ins.js';

/** Once a class. */
export function noteConstants(type: AnyFunction, description: FunctionDescription): void {
  if (noted.has(type) || description.way !== 'reference') return;
  noted.add(type);
  for (const [name, value] of staticsOf(type)) {
    if (!isOwnInstance(value, type)) continue;
    constants.add(value);
    standsFor(value, { what: 'constant', of: description, name, print: statePrint(value) });
  }
}

export function isConstant(value: object): boolean {
  return constants.has(value);
}

/** Behind getters, too, where they are named after what they show: they are not run for it. */
function* staticsOf(type: AnyFunction): Generator<[name: string, value: unknown]> {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type))) yield [name, value];
  if (!inspectorAvailable() || !sourceOf(type).includes('static #')) return;
  for (const [name, value] of privateFieldsOf(type)) {
    const shown = name.slice(1);
    if (Object.getOwnPropertyDescriptor(type, shown)?.get !== undefined) yield [shown, value];
  }
}

function isOwnInstance(value: unknown, type: AnyFunction): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === type.prototype;
}

const noted = new WeakSet<AnyFunction>();
const constants = new WeakSet<object>();
