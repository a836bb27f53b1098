/**
 * What has to be loaded before an inner file of a package. Packages whose files require each other in circles work in the order in which
 * their main file loads them, and in no other; that one may also do things to what inner files define.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { debugging, listedModules } from '../inspect/scripts.js';
import { ownRequire } from '../own/own-require.js';
import { homeOf, mainOf } from './package-modules.js';

/** The path of the package's file that brought this one in here; undefined if it came by itself, or is no package's. */
export function loadedThrough(file: string): string | undefined {
  const home = homeOf(pathToFileURL(file).href);
  if (home === undefined) return undefined;
  const folder = fileURLToPath(home);
  let root = cache[file];
  if (root === undefined) {
    // Scripts that were met on the stack are known without having been listed.
    if (!listedModules().has(pathToFileURL(file).href)) debugging(() => undefined);
    const main = mainOf(home);
    return main === undefined || fileURLToPath(main) === file ? undefined : fileURLToPath(main);
  }
  // The REPL's module has no file name, whatever the types say.
  for (let parent = parentOf(root); parent?.filename?.startsWith(folder) === true; parent = parentOf(root)) root = parent;
  return root === cache[file] ? undefined : root.filename;
}

/** Node's word for it is deprecated in favour of `require.main` and `module.children`, which do not tell this. */
function parentOf(module: NodeJS.Module): NodeJS.Module | undefined {
  return (Reflect.get(module, 'parent') as NodeJS.Module | null | undefined) ?? undefined;
}

const { cache } = ownRequire;
