/**
 * `arguments` and `caller` of a function that is not strict: to read them, even in a descriptor, V8 walks the stack. Nobody else can define
 * them there. In strict functions and classes they are what somebody has put there, as any other property is.
 */
export function walksStack(holder: object, key: PropertyKey): boolean {
  if ((key !== 'arguments' && key !== 'caller') || typeof holder !== 'function') return false;
  if (!Object.hasOwn(holder, 'arguments') || !Object.hasOwn(holder, 'caller')) return false;
  // Of a class it cannot be written.
  return Object.getOwnPropertyDescriptor(holder, 'prototype')?.writable === true;
}
