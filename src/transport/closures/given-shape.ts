/**
 * A name and a number of parameters that a function was given: by `Object.defineProperty`, as those do that curry or wrap functions, or
 * by a key that is computed anew for each function of a place. Neither is in its text.
 */
import type { AnyFunction } from '../any-function.js';
import type { Node } from '../syntax/parse.js';
import type { OwnReader } from './own-state.js';
import type { Site } from './site.js';

/** The same for all functions of one site that were given the same kinds of it. `usualName`: that of the site's others. */
export function shapeKeyOf(fn: AnyFunction, site: Site, usualName: string): string {
  return `${isNamedOtherwise(fn, usualName) ? ' named' : ''}${hasGivenLength(fn, site) ? ' length' : ''}`;
}

/** For the function, and others that have the same key. */
export function shapeReaders(fn: AnyFunction, site: Site, usualName: string): OwnReader[] {
  const keys = [...(isNamedOtherwise(fn, usualName) ? ['name'] : []), ...(hasGivenLength(fn, site) ? ['length'] : [])];
  if (keys.length === 0) return [];
  return [{ slot: { to: 'properties' }, name: 'its properties', read: (it) => propertiesOf(it, keys) }];
}

function propertiesOf(fn: AnyFunction, keys: readonly string[]): object {
  const state = {};
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(fn, key);
    if (property !== undefined) Object.defineProperty(state, key, property);
  }
  return state;
}

function isNamedOtherwise(fn: AnyFunction, usualName: string): boolean {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name !== usualName;
}

/** A static member of the name is in the class's text. */
function hasGivenLength(fn: AnyFunction, { parsed: { node } }: Site): boolean {
  const property = Object.getOwnPropertyDescriptor(fn, 'length');
  return property !== undefined && property.writable === false && property.value !== lengthIn(node);
}

function lengthIn(node: Node): number {
  const params = (codeOf(node)?.params ?? []) as Node[];
  const optional = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return optional === -1 ? params.length : optional;
}

/** Of a class, its constructor's. */
function codeOf(node: Node): Node | undefined {
  if (node.type !== 'ClassExpression') return node.type === 'Property' ? (node.value as Node) : node;
  const maker = ((node.body as Node).body as Node[]).find(({ kind }) => kind === 'constructor');
  return maker?.value as Node | undefined;
}
