/**
 * Named arguments, matched to a function's parameters.
 */

import { NamedArgumentError, nounOf } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { boundParts } from '../inspect/bound.js';
import { inspectorAvailable } from '../inspect/session.js';
import { isNative } from './fingerprint.js';
import { isFromModule } from './from-module.js';
import { ownName } from './members.js';
import { type Parameter, parametersOf } from './parameters.js';
import { partialParts } from './partial-parts.js';

/**
 * The arguments in the order of the parameters. A parameter with a default may be left out; a rest parameter takes an array;
 * a function whose one parameter is an object pattern takes `named` whole.
 *
 * @throws {NamedArgumentError} For unknown names, missing ones, and functions whose parameters nobody can read. It lists what the function takes.
 */
export function matchNamed(fn: AnyFunction, named: Readonly<Record<string, unknown>>): unknown[] {
  checkNamed(fn, named);
  const parameters = openParameters(fn);
  if (parameters === undefined) throw unreadable(fn);
  const [only] = parameters;
  if (parameters.length === 1 && only?.isObjectPattern === true) return [named];
  checkNames(fn, parameters, named);
  return trimmed(parameters.flatMap((parameter) => argumentsFor(fn, parameter, parameters, named)));
}

/** Whether the names can only be matched in a thread, where the function is loaded. */
export function isMatchedInThread(fn: AnyFunction): boolean {
  const target = partialParts(fn)?.target;
  return target === undefined ? isFromModule(fn) : isMatchedInThread(target);
}

/** Those that are not bound yet. */
function openParameters(fn: AnyFunction): readonly Parameter[] | undefined {
  const parts = partialParts(fn) ?? (isNative(fn) && inspectorAvailable() ? boundParts(fn) : undefined);
  if (parts !== undefined) return after(openParameters(parts.target), parts.args.length);
  try {
    return parametersOf(fn);
  } catch (error) {
    if (error instanceof Unsendable) return undefined;
    throw error;
  }
}

/** A rest parameter takes any number of bound arguments and stays. */
function after(parameters: readonly Parameter[] | undefined, bound: number): readonly Parameter[] | undefined {
  return parameters?.filter(({ kind }, index) => index >= bound || kind === 'rest');
}

function checkNames(fn: AnyFunction, parameters: readonly Parameter[], named: object): void {
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = Object.keys(named).filter((name) => !known.has(name));
  if (unknown.length > 0) throw refused(fn, parameters, `it has no parameter ${listed(unknown)}`, wayOut(unknown, parameters));
  const missing = parameters.filter(({ kind, name }) => kind === 'required' && !(name !== undefined && Object.hasOwn(named, name)));
  const unnamed = missing.find(({ name }) => name === undefined);
  if (unnamed !== undefined)
    throw refused(fn, parameters, `its parameter ${unnamed.text} has no name, so it takes positional arguments only`);
  if (missing.length > 0)
    throw refused(fn, parameters, `${listed(missing.map(({ name }) => name ?? ''))} ${missing.length > 1 ? 'are' : 'is'} missing`);
}

function argumentsFor(
  fn: AnyFunction,
  { name, kind }: Parameter,
  parameters: readonly Parameter[],
  named: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const given = name !== undefined && Object.hasOwn(named, name);
  const value = given ? named[name] : undefined;
  if (kind !== 'rest') return [value];
  if (!given) return [];
  if (!Array.isArray(value)) throw refused(fn, parameters, `its rest parameter ${name} takes an array`);
  return value;
}

/** Left-out arguments at the end are left out, so that `arguments.length` is what a caller by position would make it. */
function trimmed(args: unknown[]): unknown[] {
  while (args.length > 0 && args.at(-1) === undefined) args.pop();
  return args;
}

function checkNamed(fn: AnyFunction, named: unknown): void {
  if (typeof named === 'object' && named !== null && !Array.isArray(named)) return;
  throw new NamedArgumentError(
    `Cannot call ${called(fn)} with named arguments: they come as an object, { name: value }, received ${nounOf(named)}`,
  );
}

function unreadable(fn: AnyFunction): NamedArgumentError {
  return new NamedArgumentError(
    `Cannot call ${called(fn)} with named arguments: it is native, its parameters have no readable names; pass positional arguments`,
  );
}

/** esbuild, and so tsx, gives a parameter a number where its name is that of a variable of the file. */
function wayOut(unknown: readonly string[], parameters: readonly Parameter[]): string {
  const numbered = unknown.filter((name) => parameters.some((parameter) => parameter.name?.replace(/\d+$/, '') === name));
  if (numbered.length === 0) return '';
  return `; a compiler may have renamed ${listed(numbered)}, which is the name of a variable of the file, too: give one of them another name`;
}

function refused(fn: AnyFunction, parameters: readonly Parameter[], why: string, wayOut = ''): NamedArgumentError {
  return new NamedArgumentError(
    `Cannot call ${called(fn)} with these named arguments: ${why}; it takes (${parameters.map(({ text }) => text).join(', ')})${wayOut}`,
  );
}

function called(fn: AnyFunction): string {
  return ownName(fn) || 'an anonymous function';
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
