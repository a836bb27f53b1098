/** A name of the language as a part of a pattern: of all that a name may have in it, only `$` means something else there. */
export function namePattern(name: string): string {
  return name.replaceAll('$', '\\$');
}
