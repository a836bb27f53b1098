/** Named arguments, matched to a function's parameters. */
export function matchNamed(fn: Function, named: Readonly<Record<string, unknown>>): unknown[] {
  throw new Error(`pending ${fn.name} ${Object.keys(named).join()}`);
}
