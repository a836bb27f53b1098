/** `wrapper`, passing for `fn` in stacks, logs and parameter counts: Python's `functools.wraps`. */
export function wearing<W extends object>(fn: { readonly name: string; readonly length: number }, wrapper: W): W {
  for (const member of ['name', 'length'] as const) {
    try {
      Object.defineProperty(wrapper, member, { value: fn[member], configurable: true });
    } catch {
      // Reading it throws: the wrapper keeps its own.
    }
  }
  return wrapper;
}
