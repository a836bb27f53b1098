import { basename } from 'node:path';

/**
 * Which module is built into which file. Whatever a program or a thread reads at its start costs it time, and each thread memory: so a
 * first call loads what it needs, and no more. But each file costs time, too.
 *
 *   core    what both sides always need          index    the calling side: what the package exports
 *   thread  a thread's end of a lane             found    how a thread finds a function
 *   pool    loaded while its first thread starts
 *   …       loaded when something of it is first used, on either side: `LATER`
 */

/** By part, the modules that it is loaded for. What several parts need is in the first of them. */
const LATER = {
  values: ['src/transport/values/encode', 'src/transport/values/large-memory', 'src/transport/calls/outcome'],
  packing: [
    'src/transport/calls/failure',
    'src/transport/calls/error-methods',
    'src/transport/values/decode',
    'src/transport/values/errors',
    'src/transport/values/clone-failure',
    'src/transport/values/hold',
    'src/transport/values/pack',
    'src/transport/values/pack-call',
    'src/transport/values/pack-tables',
    'src/transport/values/tables',
    'src/transport/values/written',
  ],
  describing: [
    'src/transport/calls/call',
    'src/transport/calls/callback-message',
    'src/transport/describe/describe',
    'src/transport/functions/from-module',
    'src/transport/rebuild/live-function',
    'src/transport/functions/loaded-namespace',
    'src/transport/functions/resolve-import',
  ],
  looking: [
    'src/transport/closures/class-members',
    'src/transport/closures/by-value',
    'src/transport/calls/homeward',
    'src/transport/closures/makers',
    'src/transport/syntax/parse',
    'src/transport/closures/private-stores',
    'src/transport/closures/scope-paths',
    'src/transport/closures/stand-ins',
    'src/transport/closures/statics',
    'src/transport/describe/bound',
    'src/transport/functions/by-location',
    'src/transport/functions/named',
    'src/transport/functions/own-number',
    'src/transport/inspect/handover',
    'src/transport/inspect/privates',
    'src/transport/inspect/weak-entries',
    'src/transport/values/private-instances',
  ],
  rebuilding: [
    'src/transport/rebuild/bound',
    'src/transport/rebuild/each',
    'src/transport/rebuild/homecoming',
    'src/transport/rebuild/members',
    'src/transport/rebuild/recipe',
    'src/transport/rebuild/recipe-private',
    'src/transport/rebuild/recipe-supplies',
  ],
  privates: ['src/transport/values/private-arrivals', 'src/transport/inspect/enter-class', 'src/transport/rebuild/recipe-inside'],
  pool: ['src/pool/pool'],
  seldom: ['workers/stream', 'workers/builtins'],
  more: [
    'src/executor/inline/inline-pool',
    'src/executor/map/map',
    'src/executor/named',
    'src/executor/stream',
    'src/executor/verify/verify',
    'src/observe/recording',
    'src/observe/trace-events',
    'src/transport/context/followed',
    'src/transport/describe/explain',
    'src/transport/calls/here',
  ],
};

/** Parts that no thread ever loads before the calling side's. */
const CALLING_ONLY = ['pool', 'more'];

const later = new Set(Object.values(LATER).flatMap((names) => names.map(pathOf)));

/** The part of each module that is in one. `entries`: what the calling side imports, of which `src/index.js` and each other is a part by itself. */
export function partsOf(modules, entries) {
  const renamed = [...later].filter((path) => !modules.has(path));
  if (renamed.length > 0) throw new Error(`Cannot find what build/parts.mjs names: ${renamed.join(', ')}`);
  const part = new Map();
  const put = (name, paths) => {
    for (const path of paths) if (!part.has(path)) part.set(path, name);
  };
  const calling = reached(modules, [...entries, ...LATER.pool.map(pathOf)]);
  const thread = reached(modules, ['workers/lane.js']);
  put(
    'core',
    [...calling].filter((path) => thread.has(path) || /^src\/(?:errors|transport\/)/.test(path)),
  );
  put(
    'thread',
    [...thread].filter((path) => path.startsWith('workers/')),
  );
  put('found', thread);
  put('index', reached(modules, ['src/index.js']));
  for (const entry of entries) put(entry, reached(modules, [entry]));
  for (const [name, names] of Object.entries(LATER)) put(name, reached(modules, names.map(pathOf)));
  return part;
}

/** Where a part is in the package. */
export function partFile(name) {
  return name === 'thread' ? 'workers/thread.cjs' : `src/parts/${basename(name, '.js')}.cjs`;
}

/** Whether `part` is there, and whole, whenever `name` is loaded: what is in it may be read at once. */
export function isLoadedBefore(part, name) {
  if (part === 'core') return true;
  if (name === 'thread') return part === 'found';
  if (name === 'packing' || name === 'describing') return part === 'values';
  return part === 'index' && (!(name in LATER) || CALLING_ONLY.includes(name)) && name !== 'found';
}

/** By imports that lead to nothing that is loaded later. */
function reached(modules, from) {
  const found = new Set(from);
  for (const path of found) for (const next of modules.get(path).imports) if (!later.has(next)) found.add(next);
  return found;
}

function pathOf(name) {
  return `${name}.js`;
}
