/**
 * All that a thread needs of an ES module of its own, loaded where a function that crossed by value asks for `import.meta`.
 */
export function resolve(specifier: string, from: string): string {
  return import.meta.resolve(specifier, from);
}
