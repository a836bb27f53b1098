/** What a function is called in messages and statistics; '' where its name is none, or reading it throws. */
export function labelOf(fn: unknown): string {
  try {
    const name: unknown = (fn as { name?: unknown } | null | undefined)?.name;
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}
