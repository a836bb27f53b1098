/** Unique symbols that CommonJS modules of packages export, `const { GLOBSTAR } = require('minimatch')`: code compares with them, and no value leads to their module. */
import { isInstalled } from '../functions/installed.js';
import { lookAt } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { ownRequire } from '../own/own-require.js';
import { remindOf } from './kept-private.js';
import { anchorsIn, dataIn } from './scope-paths.js';

/** Keeps in mind where one comes from, if it is such a symbol. Cost: a look at some exports of its module, once; of all modules their names, as they are loaded. */
export function noticeExported(symbol: symbol): void {
  if (!inspectorAvailable()) return;
  const file = exportedFrom(symbol);
  if (file === undefined || noticed.has(symbol)) return;
  noticed.add(symbol);
  let looks = 0;
  for (const anchor of anchorsIn(cache[file]?.exports)) {
    const { place, scopes } = lookAt(anchor);
    if (place !== undefined && scopes().some(({ variables }) => holds(variables, symbol))) {
      remindOf(symbol, place.scriptId, scopes());
      return;
    }
    if (++looks === MOST_LOOKS) return;
  }
}

function exportedFrom(symbol: symbol): string | undefined {
  const files = Object.keys(cache);
  for (; indexed < files.length; indexed++) {
    const file = files[indexed] as string;
    if (cache[file]?.loaded !== true || !isInstalled(file)) continue;
    for (const value of symbolsIn(cache[file]?.exports)) if (!index.has(value)) index.set(value, file);
  }
  return index.get(symbol);
}

function* symbolsIn(exports: unknown): Generator<symbol> {
  for (const [, value] of dataIn(exports)) if (typeof value === 'symbol' && Symbol.keyFor(value) === undefined) yield value;
}

/** In a variable, or in one that is the exports. */
function holds(variables: Readonly<Record<string, unknown>>, symbol: symbol): boolean {
  return [...dataIn(variables)].some(
    ([, value]) => value === symbol || (typeof value === 'object' && [...symbolsIn(value)].includes(symbol)),
  );
}

const { cache } = ownRequire;
let indexed = 0;
const index = new Map<symbol, string>();
const noticed = new Set<symbol>();
/** Each costs 0.1 ms. A guess. */
const MOST_LOOKS = 32;
