/**
 * The class inside of which a function was written that uses a private name (`() => this.#x`) and is no method of it. No scope tells it:
 * it is looked for among what the function can see, and known by its place in the file.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { sourceOf } from '../functions/fingerprint.js';
import { placeOf } from '../inspect/look.js';
import { isObject } from '../is-object.js';
import { childrenOf, type Node, parseFunction } from '../syntax/parse.js';
import { refusePrivate } from '../syntax/words.js';
import type { Environment } from './environment.js';
import { type Place, surroundingsOf } from './file.js';
import { outerThis } from './outer.js';
import type { Site } from './site.js';

/** Throws Unsendable. Cost: once a class and place it is parsed. */
export function homeOf(fn: AnyFunction, site: Site, environment: Environment): AnyFunction {
  const { place, uses } = site;
  if (place !== undefined) {
    const homes = new Set<AnyFunction>();
    if (uses.outerThis.length > 0) collect(outerThis(fn), site, place, homes);
    if (homes.size === 0) for (const value of environment.values()) collect(value, site, place, homes);
    const [home, another] = homes;
    if (home !== undefined && another === undefined) return home;
    if (home !== undefined) {
      throw new Unsendable(
        `a function that uses the private name #${uses.outerPrivate[0] ?? ''}, which several classes have that were made at one place`,
        'call a method of the class in it instead',
      );
    }
  }
  refusePrivate(uses, WAY_OUT);
  throw new Error('Cannot tell which private name is meant. This is a bug in run-in-executor');
}

/** What leads to its class: the class itself, an instance. */
function collect(value: unknown, site: Site, place: Place, homes: Set<AnyFunction>): void {
  for (let at = value; isObject(at) && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const type: unknown = typeof at === 'function' ? at : Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof type === 'function' && !types.isProxy(type) && isHome(type as AnyFunction, site, place)) homes.add(type as AnyFunction);
  }
}

function isHome(type: AnyFunction, site: Site, place: Place): boolean {
  let known = answers.get(type);
  if (known === undefined) {
    known = new WeakMap();
    answers.set(type, known);
  }
  let answer = known.get(site);
  if (answer === undefined) {
    answer = isAround(type, site, place);
    known.set(site, answer);
  }
  return answer;
}

function isAround(type: AnyFunction, { original, uses }: Site, place: Place): boolean {
  const text = sourceOf(type);
  if (!text.startsWith('class') || !text.includes(original)) return false;
  const around = placeOf(type);
  if (around === undefined || around.scriptId !== place.scriptId) return false;
  const [inner, outer] = [surroundingsOf(place, original, true), surroundingsOf(around, text, true)];
  if (inner === undefined || outer === undefined || inner.text !== outer.text) return false;
  const offset = inner.offset - outer.offset;
  if (offset < 0 || offset + original.length > text.length) return false;
  const { node, shift } = parseFunction(text);
  return innermostWith(uses.outerPrivate, node, offset + shift) === node;
}

/** Of the classes around a place those that have one of the names, and of these the innermost. */
function innermostWith(names: readonly string[], from: Node, at: number): Node | undefined {
  let found: Node | undefined;
  for (let node: Node | undefined = from; node !== undefined; node = childAround(node, at)) if (declares(node, names)) found = node;
  return found;
}

function childAround(node: Node, at: number): Node | undefined {
  // What begins there may be the function itself.
  for (const child of childrenOf(node)) if (child.start < at && at < child.end) return child;
  return undefined;
}

function declares({ type, body }: Node, names: readonly string[]): boolean {
  if (type !== 'ClassExpression' && type !== 'ClassDeclaration') return false;
  return [...childrenOf(body as Node)].some(({ key }) => {
    const { type: kind, name } = (key ?? {}) as Partial<Node>;
    return kind === 'PrivateIdentifier' && names.includes(name as string);
  });
}

/** Whether a class is around the functions of a place, and the one that they mean. */
const answers = new WeakMap<AnyFunction, WeakMap<Site, boolean>>();

const WAY_OUT =
  'use `this` or the name of the class in it, for these tell the class; or send an object of that class and call a method of it there';
