/** `wrapper`, passing for `fn` in stacks, logs and parameter counts: Python's `functools.wraps`. */
export function wearing<W extends object>(fn: { readonly name: string; readonly length: number }, wrapper: W): W {
  return Object.defineProperties(wrapper, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
}
