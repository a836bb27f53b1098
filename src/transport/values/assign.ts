/** Sets a property as structured clone does: one called `__proto__` is a property like any other. */
export function assign(container: object, key: PropertyKey, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else (container as Record<PropertyKey, unknown>)[key] = value;
}
