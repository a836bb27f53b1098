/**
 * What this package knows of an object, all copies of it in the process know: a program and one of its dependencies may each have brought one,
 * and what one of them marks or makes is handed to the other. (Errors are told apart by `code` for the same reason.)
 *
 * `name` belongs to the shape of what is kept: who changes the shape changes the name.
 */
export function inAllCopies<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`run-in-executor.${name}`);
  const made = (globalThis as { [key: symbol]: T | undefined })[key];
  if (made !== undefined) return made;
  const first = make();
  // Where nothing can be put there, each copy has its own.
  Reflect.defineProperty(globalThis, key, { value: first });
  return first;
}
