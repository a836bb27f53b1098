/**
 * The loaded ES modules of installed packages, as the inspector lists them.
 *
 * Only packages: a program's own modules may be listed and not have begun to run, and asking for their namespace would run them.
 */
import { fileURLToPath } from 'node:url';
import { listedModules } from '../inspect/scripts.js';
import { manifestIn, resolveImport } from './resolve-import.js';

/** The package's main module first, where it is loaded: users know its functions from there, and it may do things to them. Then `url`, then some others. */
export function modulesOfPackage(url: string): readonly string[] {
  const home = homeOf(url);
  if (home === undefined) return [url];
  const main = mainOf(home);
  return [...new Set([...(main === undefined ? [] : [main]), url, ...siblingsIn(home)])].slice(0, MOST_SIBLINGS);
}

/** The main modules of all packages that are loaded. Once a listing, for the same reason as below. */
export function mainModules(): readonly string[] {
  const listed = listedModules();
  if (listed !== mainsOf) {
    mainsOf = listed;
    const homes = new Set([...listed].flatMap((url) => homeOf(url) ?? []));
    loadedMains = [...homes].slice(0, MOST_PACKAGES).flatMap((home) => mainOf(home) ?? []);
  }
  return loadedMains;
}

/** Those among them whose packages depend on the one that `url` is of, and through others, too. */
export function mainsUsing(url: string): readonly string[] {
  const home = homeOf(url);
  if (home === undefined) return [];
  const listed = listedModules();
  if (listed !== usersIn) {
    usersIn = listed;
    users = usersAmong([...new Set([...listed].flatMap((each) => homeOf(each) ?? []))].slice(0, MOST_PACKAGES));
    mainsUsed.clear();
  }
  let mainsOfUsers = mainsUsed.get(home);
  if (mainsOfUsers === undefined) {
    mainsOfUsers = usersOf(home).flatMap((each) => mainOf(each) ?? []);
    mainsUsed.set(home, mainsOfUsers);
  }
  return mainsOfUsers;
}

/** Which of the packages depend on one of a name. */
function usersAmong(homes: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const home of homes) {
    const { dependencies, peerDependencies, optionalDependencies } = manifestIn(fileURLToPath(home).slice(0, -1)) ?? {};
    for (const name of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }))
      found.set(name, [...(found.get(name) ?? []), home]);
  }
  return found;
}

function usersOf(home: string): readonly string[] {
  const found = new Set([home]);
  // It grows meanwhile.
  for (const each of found) for (const user of users.get(nameOf(each)) ?? []) found.add(user);
  return [...found].slice(1);
}

function nameOf(home: string): string {
  return home.slice(home.lastIndexOf(NODE_MODULES) + NODE_MODULES.length, -1);
}

/** The folder of the package, as a URL with a slash at its end. */
export function homeOf(url: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(url)?.[0];
}

/** Undefined if it is not loaded. */
export function mainOf(home: string): string | undefined {
  if (!mains.has(home)) mains.set(home, resolveImport(nameOf(home), fileURLToPath(`${home}package.json`)));
  const main = mains.get(home);
  return main !== undefined && listedModules().has(main) ? main : undefined;
}

/** Once a package and listing: many of its functions are asked for in a row. */
function siblingsIn(home: string): readonly string[] {
  const listed = listedModules();
  if (listed !== siblingsOf) {
    siblingsOf = listed;
    siblings.clear();
  }
  let found = siblings.get(home);
  if (found === undefined) {
    found = [...listed].filter((each) => each.startsWith(home)).slice(0, MOST_SIBLINGS);
    siblings.set(home, found);
  }
  return found;
}

const mains = new Map<string, string | undefined>();
const siblings = new Map<string, readonly string[]>();
let siblingsOf: ReadonlySet<string> | undefined;
let usersIn: ReadonlySet<string> | undefined;
let users: ReadonlyMap<string, readonly string[]> = new Map();
const mainsUsed = new Map<string, readonly string[]>();
let mainsOf: ReadonlySet<string> | undefined;
let loadedMains: readonly string[] = [];
const NODE_MODULES = '/node_modules/';
/** A namespace costs up to a millisecond once. Guesses: packages of hundreds of modules have one function in each, which is found where it is written. */
const MOST_SIBLINGS = 30;
/** A test suite of 200 packages loads some 500; its own may be the last. */
const MOST_PACKAGES = 2_000;
