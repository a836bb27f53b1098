/**
 * A function by value, on the thread: recipe → program → as many instances as there are calls.
 *
 * The program is compiled once, under the original file's name and position. Each instance is a fresh evaluation of it with its
 * own variables, so that no call sees what an earlier one did to them.
 */

import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import type { Rebuild, Rebuilt } from '../described.js';
import { labelOf } from '../functions/label.js';
import { canEnter } from '../inspect/enter-class.js';
import { isPromise } from '../own/own-globals.js';
import type { RecipeFunction, Slot } from '../protocol.js';
import { type Decorate, decorate, withMetadata } from './decorate.js';
import { importModule } from './import-module.js';
import { compileInside } from './recipe-inside.js';
import { compileProgram, type Instance, type Make } from './recipe-program.js';
import { supply } from './recipe-supplies.js';
import type { Give } from './stand-in.js';

/** Asynchronous only where the function uses imports. Rejects or throws as the import, or the compilation, does. */
export function loadRecipe(recipe: RecipeFunction): Rebuild | Promise<Rebuild> {
  if (recipe.after !== undefined) {
    return importModule(pathToFileURL(recipe.after).href)
      .then(undefined, () => undefined)
      .then(() => loadRecipe({ ...recipe, after: undefined }));
  }
  const make = recipe.inside === undefined ? compileProgram(recipe) : compileInside(recipe, recipe.inside);
  const supplied = recipe.supplied.map((each) => supply(each, recipe.file));
  return supplied.some((give) => isPromise(give))
    ? Promise.all(supplied).then((gives) => loadedRecipe(recipe, make, gives))
    : loadedRecipe(recipe, make, supplied as Give[]);
}

/** An instance costs less than 1 µs, and one that served twice would show the second call what the first did to the function. */
export function loadedRecipe(recipe: RecipeFunction, make: Make, gives: readonly Give[]): Rebuild {
  const again: Rebuild = (home) =>
    rebuild(
      recipe,
      make(
        gives.map((give) => give()),
        home,
      ),
    );
  if (recipe.decorations === undefined) return again;
  let one: Rebuilt | undefined;
  return (home) => (one ??= again(home));
}

function rebuild(recipe: RecipeFunction, { holder, setVariables, outerArguments, decorations, evaluate }: Instance): Rebuilt {
  const fn = functionIn(holder);
  if (evaluate !== undefined) canEnter(fn, evaluate);
  if (labelOf(fn) !== recipe.name) named(fn, recipe.name);
  let isDecorated = decorations === undefined;
  let metadata: object | undefined;
  const fill = (captures: readonly unknown[]): void => {
    setVariables(captures);
    const state = recipe.decorations && captures[recipe.captures.findIndex(({ to }) => to === 'properties')];
    if (!isDecorated) metadata = decorate(fn, decorations as Decorate, state as object | undefined);
    else if (metadata !== undefined) withMetadata(state as object | undefined, metadata);
    isDecorated = true;
    // What decorators have made of the class here stands in the place of what they made of it now.
    for (const [index, slot] of recipe.captures.entries()) fillSlot(slot, captures[index], { fn, holder, outerArguments });
  };
  if (!isDecorated && recipe.captures.length === 0) fill([]);
  return { fn, fill };
}

function functionIn(holder: object): AnyFunction {
  if (typeof holder === 'function') return holder as AnyFunction;
  const [key] = Reflect.ownKeys(holder);
  if (key === undefined) throw new Error('Cannot find the function in its program. This is a bug in run-in-executor');
  const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
  return (value ?? get ?? set) as AnyFunction;
}

function named(fn: AnyFunction, name: string): void {
  // A class with a static member `name` has taken the place.
  if (Object.getOwnPropertyDescriptor(fn, 'name')?.configurable !== false)
    Object.defineProperty(fn, 'name', { value: name, configurable: true });
}

interface Shell {
  readonly fn: AnyFunction;
  readonly holder?: object;
  readonly outerArguments?: object | undefined;
}

/** Variables have been set: this is what goes elsewhere. */
export function fillSlot(slot: Slot, value: unknown, { fn, holder, outerArguments }: Shell): void {
  switch (slot.to) {
    case 'arguments':
      Object.assign(outerArguments as object, value, { length: (value as unknown[]).length });
      return;
    case 'private fields':
      (fn as unknown as Record<string, (values: unknown) => void>)[slot.setter]?.(value);
      Reflect.deleteProperty(fn, slot.setter);
      return;
    case 'properties':
      assign(fn, value as object);
      return;
    case 'prototype':
      assign(fn.prototype as object, value as object);
      return;
    case 'given prototype':
      Reflect.set(fn, 'prototype', value);
      return;
    case 'given nature':
      Object.setPrototypeOf(fn, value as object | null);
      return;
    case 'accessors':
      for (const [isOwn, name, get, set] of value as [boolean, string | symbol, () => unknown, (value: unknown) => void][]) {
        Object.defineProperty(isOwn ? fn : fn.prototype, name, { get, set, configurable: true });
      }
      return;
    case 'parent':
      if (slot.construct && value !== null) Object.setPrototypeOf(fn, value as object);
      Object.setPrototypeOf(fn.prototype, value === null ? null : ((value as AnyFunction).prototype as object | null));
      return;
    case 'home':
      Object.setPrototypeOf(holder as object, homeOf(value as readonly [object | null, boolean]));
      return;
  }
}

function homeOf([from, itsPrototype]: readonly [from: object | null, itsPrototype: boolean]): object | null {
  return itsPrototype ? ((from as AnyFunction).prototype as object) : from;
}

/** Defines rather than sets: a setter of the class must not run. */
function assign(target: object, state: object): void {
  for (const key of Reflect.ownKeys(state)) {
    const property = Object.getOwnPropertyDescriptor(state, key) as PropertyDescriptor;
    const own = Object.getOwnPropertyDescriptor(target, key);
    if (own?.configurable !== false) Object.defineProperty(target, key, property);
    else if (own.writable === true) Reflect.set(target, key, property.value);
  }
}
