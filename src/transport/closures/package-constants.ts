/**
 * Instances that the modules of a package export, themselves or as members of what they export: `EMPTY` of rxjs, `RRule.MO`,
 * `tokTypes.name` of acorn.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { isInstalled } from '../functions/installed.js';
import { loadedThrough } from '../functions/load-order.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { exportedMember } from '../functions/members.js';
import { homeOf, modulesOfPackage } from '../functions/package-modules.js';
import { isObject } from '../is-object.js';
import { ownRequire } from '../own/own-require.js';
import type { FunctionDescription, ReferencedFunction } from '../protocol.js';
import { namesIn } from './scope-paths.js';

interface ExportedConstant {
  readonly value: object;
  readonly of: ReferencedFunction;
  /** What the module exports that holds it; '': it is exported itself. */
  readonly within: string;
  readonly name: string;
}

/** Those of a class's package that inherit from `prototype`. Cost: once a package and as many of its modules as are loaded. */
export function constantsBeside(description: FunctionDescription, prototype: object): readonly ExportedConstant[] {
  const url = moduleUrl(description);
  const home = url === undefined || !isInstalled(url) ? undefined : homeOf(url);
  if (url === undefined || home === undefined) return [];
  const files = Object.keys(cache).length;
  let known = packages.get(home);
  if (known?.files !== files) {
    known = { files, constants: grouped(constantsIn(home, url)) };
    packages.set(home, known);
  }
  return known.constants.get(prototype) ?? [];
}

function moduleUrl(description: FunctionDescription): string | undefined {
  if (description.way === 'reference') return description.module;
  if (description.way === 'value') return description.file.startsWith('file:') ? description.file : pathToFileURL(description.file).href;
  const isPrivate = description.way === 'object' && description.standIn.what === 'private';
  return isPrivate ? pathToFileURL((description.standIn as { readonly file: string }).file).href : undefined;
}

function* constantsIn(home: string, url: string): Generator<ExportedConstant> {
  const folder = fileURLToPath(home);
  for (const file of Object.keys(cache)) {
    if (!file.startsWith(folder) || cache[file]?.loaded !== true) continue;
    const module = pathToFileURL(file).href;
    yield* constantsOf(cache[file]?.exports, { way: 'reference', module, path: [], loader: 'require', after: loadedThrough(file) });
  }
  for (const module of modulesOfPackage(url)) {
    if (cache[fileURLToPath(module)] === undefined)
      yield* constantsOf(loadedNamespace(module), { way: 'reference', module, path: [], loader: 'import' });
  }
}

function* constantsOf(exports: unknown, of: ReferencedFunction): Generator<ExportedConstant> {
  for (const [within, holder] of membersOf(exports)) {
    if (isInstance(holder)) yield { value: holder, of, within: '', name: within };
    else for (const [name, value] of membersOf(holder)) if (isInstance(value)) yield { value, of, within, name };
  }
}

function* membersOf(holder: unknown): Generator<[name: string, value: unknown]> {
  if (!isObject(holder)) return;
  for (const name of namesIn(holder)) yield [name, exportedMember(holder, name)];
}

/** Of a class of somebody's own. */
function isInstance(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype !== null && prototype !== Object.prototype && prototype !== Array.prototype;
}

function grouped(constants: Iterable<ExportedConstant>): ReadonlyMap<object, readonly ExportedConstant[]> {
  const groups = new Map<object, ExportedConstant[]>();
  for (const each of constants) {
    const prototype = Object.getPrototypeOf(each.value) as object;
    const group = groups.get(prototype);
    if (group === undefined) groups.set(prototype, [each]);
    else group.push(each);
  }
  return groups;
}

const { cache } = ownRequire;
const packages = new Map<string, { readonly files: number; readonly constants: ReadonlyMap<object, readonly ExportedConstant[]> }>();
