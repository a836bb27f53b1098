/**
 * The flags of a thread. A thread inherits the process's by itself, save where one of them would end it at once.
 */

/** Flags that say how the program's own text came in; a thread that inherits `--input-type` refuses its file. */
const OF_THE_PROGRAM_ONLY = /^--input-type(=|$)/;

/** What a thread accepts in an explicit list and needs to run the same code: loaders, preloads, conditions, source maps, types, warnings. */
const KEPT =
  /^(--import|--require|-r|--loader|--experimental-loader|--conditions|-C|--enable-source-maps|--experimental-|--no-experimental-|--no-warnings|--disable-warning|--trace-|--preserve-symlinks)/;
const TAKES_NEXT = /^(--import|--require|-r|--loader|--experimental-loader|--conditions|-C|--disable-warning)$/;

/** Undefined: inherit. The user's own list is passed on as it is. */
export function threadFlags(own: string[] | undefined, inherited: readonly string[] = process.execArgv): string[] | undefined {
  if (own !== undefined) return own;
  if (!inherited.some((flag) => OF_THE_PROGRAM_ONLY.test(flag))) return undefined;
  const flags: string[] = [];
  for (let at = 0; at < inherited.length; at++) {
    const flag = inherited[at] as string;
    if (!KEPT.test(flag)) continue;
    flags.push(flag);
    if (TAKES_NEXT.test(flag) && at + 1 < inherited.length) flags.push(inherited[++at] as string);
  }
  return flags;
}
