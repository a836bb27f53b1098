/** What was thrown, in words. Never throws: whoever tells of an error has to go on, whatever that is made of. */
export function wordsOf(thrown: unknown): string {
  try {
    return String((thrown as Error | null | undefined)?.message ?? thrown);
  } catch {
    return 'a value that cannot be read';
  }
}
