/** How the variables of a function are read at each call. */
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import type { Slot } from '../protocol.js';
import { isNamespaceLike, membersUsed, pickMembers } from '../syntax/members.js';
import type { Environment } from './environment.js';
import { withoutPending } from './module-cache.js';
import { outerArguments } from './outer.js';
import { cellOf, isNeeded } from './shared.js';
import type { Site } from './site.js';

/** Reads what goes into one slot. */
export interface Reader {
  readonly slot: Slot;
  /** For messages: the variable's name. */
  readonly name: string;
  readonly read: (fn: AnyFunction, environment: Environment) => unknown;
  /** What the function is stopped for. */
  readonly asks?: string;
}

/** Each arrow gets them as of the call, so none may write what another should see. */
export function readArguments({ uses }: Site): Reader['read'] {
  if (uses.writesArguments)
    throw new Unsendable('an arrow that writes into `arguments` of the function around it', 'take them as (...rest), and write into that');
  return outerArguments;
}

export function readCell(name: string): Reader['read'] {
  return (fn, now) => {
    const cell = cellOf(fn, name);
    if (cell !== undefined) cell.value = isNeeded(cell) ? now.valueOf(name) : undefined;
    return cell;
  };
}

/** A plan lives as long as the program: none of its readers may hold the value that was there when it was made. */
export function readerOf(name: string, site: Site, environment: Environment): Reader['read'] {
  if (site.uses.scratch.has(name)) return () => undefined;
  const value = environment.valueOf(name);
  if (isNamespaceLike(name, value)) return readMembers(name, membersUsed(site.parsed.node, name) ?? Object.keys(value));
  return isModuleObject(value) ? readModule(name) : readVariable(name);
}

function readMembers(name: string, members: Iterable<string>): Reader['read'] {
  return (_, now) => pickMembers(now.valueOf(name) as object, members);
}

function readModule(name: string): Reader['read'] {
  return (_, now) => ownFieldsOf(now.valueOf(name) as NodeJS.Module);
}

export function readVariable(name: string): Reader['read'] {
  return (_, now) => withoutPending(now.valueOf(name));
}

/** Node's, or that of a test runner that has its own. */
function isModuleObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['exports', 'filename', 'children', 'paths'].every((key) => Object.hasOwn(value, key));
}

/** `module` of a CommonJS file, without the modules around it. */
function ownFieldsOf({ id, path, exports, filename, loaded, paths }: NodeJS.Module): Partial<NodeJS.Module> {
  return { id, path, exports: exports as unknown, filename, loaded, paths, children: [] };
}
