// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// A module that imports the program: it must not run the program again in a thread.
import * as circular from './circular.mjs';

same('circular: a function of a module that imports this one', () => [circular.addOne, 4], 5);
form('circular: the program does not run again in the thread', (run) => run(() => circular.addOne(globalThis.formsProgramRan ?? 0)), 1, { direct: false });
