/**
 * What a package that is bundled into the program keeps on `globalThis` about a class (class-validator). A thread's copy of the package, which
 * goes there by value, keeps its own there, and knows nothing of the class.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';

/** `classValidatorMetadataStorage.validationMetadatas`: where the class is known, if anywhere. Cost: a look at what the program has put there. */
export function registerOf(type: AnyFunction): string | undefined {
  for (const [name, register] of valuesOf(globalThis)) {
    if (has(register, type)) return name;
    const inner = [...valuesOf(register)].find(([, value]) => has(value, type));
    if (inner !== undefined) return `${name}.${inner[0]}`;
  }
  return undefined;
}

function has(value: object, type: AnyFunction): boolean {
  if (types.isMap(value)) return Map.prototype.has.call(value, type);
  if (types.isSet(value)) return Set.prototype.has.call(value, type);
  return types.isWeakMap(value) && WeakMap.prototype.has.call(value, type);
}

/** No getter is asked, and no proxy. */
function* valuesOf(holder: object): Generator<[string, object]> {
  for (const name of Object.keys(holder)) {
    const value: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value;
    if (typeof value === 'object' && value !== null && value !== globalThis && !types.isProxy(value)) yield [name, value];
  }
}
