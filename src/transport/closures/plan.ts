/**
 * How functions of one site are made again: what the thread is told once (the recipe), and what is read at each call.
 */

import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { sourceOf } from '../functions/fingerprint.js';
import { lastsWith, nextId } from '../functions/ids.js';
import { isCovered } from '../inspect/coverage.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { RecipeFunction, Supply } from '../protocol.js';
import { classChanges, GLOBAL, SUPPLIED, UNKNOWN, type ValueOf } from '../syntax/classes.js';
import type { Node } from '../syntax/parse.js';
import type { Patch } from '../syntax/patches.js';
import { decorationsOf, isDecorated } from './decorations.js';
import type { Meaning } from './decorator-origins.js';
import type { Environment } from './environment.js';
import { isExpressionAround, surroundingsOf } from './file.js';
import { shapeKeyOf, shapeReaders } from './given-shape.js';
import { remindOf } from './kept-private.js';
import { outerHome, outerName, outerNewTarget, outerThis, refuseSuper } from './outer.js';
import { ownReaders, parentOf, stateKeyOf, staticPrivates } from './own-state.js';
import { type Reader, readArguments, readCell, readerOf, readVariable } from './readers.js';
import { nameOf, recipeOf } from './recipe-of.js';
import { cellOf } from './shared.js';
import { placeOfName, type Site } from './site.js';
import { symbolStandIn } from './stand-ins.js';
import { isAssignedConstant } from './steady.js';
import { supplyOf } from './supplies.js';

export interface Plan {
  readonly id: number;
  readonly recipe: RecipeFunction;
  readonly readers: readonly Reader[];
  /** Some variable is not initialised yet: it may be at the next call. */
  readonly passing: boolean;
}

/** Throws Unsendable. */
export function planFor(site: Site, fn: AnyFunction, environment: Environment): Plan {
  // One a class: its instances come back in results, and must find their way to it.
  const names = site.uses.free.map((name) => resolve(name, site, fn, environment));
  site.usualName ??= nameOf(fn);
  if (isClass(site) || isDecorated(site)) return makePlan(site, fn, environment, names);
  const key = `${stateKeyOf(fn)}${shapeKeyOf(fn, site, site.usualName)}${names.map(keyOf).join('')}`;
  const known = plansOf(site).get(key);
  if (known !== undefined) return known;
  const plan = makePlan(site, fn, environment, names);
  plansOf(site).set(key, plan);
  return plan;
}

/** One a set of variables in their dead zone and the like: mostly one. */
function plansOf(site: Site): Map<string, Plan> {
  let known = plans.get(site);
  if (known === undefined) {
    known = new Map();
    plans.set(site, known);
  }
  return known;
}

const plans = new WeakMap<Site, Map<string, Plan>>();

interface Resolved {
  readonly name: string;
  readonly found: 'global' | 'dead zone' | 'captured' | 'constant' | 'cell' | 'inside' | 'itself' | 'own name' | Supply;
}

function resolve(name: string, site: Site, fn: AnyFunction, environment: Environment): Resolved {
  const found = environment.find(name);
  if (cellOf(fn, name) !== undefined) return { name, found: 'cell' };
  if (found === 'global' && name === site.ownName) return { name, found: isExpressionsOwn(name) ? 'own name' : 'itself' };
  if (name === site.ownName && typeof found === 'object' && !isVariableOf(fn, found.value)) return { name, found: 'own name' };
  const isHidden = found === 'global' || environment.isPerhapsHidden(name, site.original);
  if (isHidden && isNameOfOuterExpression(name, site)) return { name, found: 'inside' };
  if (typeof found === 'string') return { name, found };
  if (isAssignedConstant(site, name)) return { name, found: 'constant' };
  return { name, found: supplyOf(name, found, site) ?? 'captured' };
}

/** A declaration's, or what it has put into that in its own place, as Babel's helpers do. Any other variable of its name is hidden by it. */
function isVariableOf(fn: AnyFunction, value: unknown): boolean {
  return value === fn || (typeof value === 'function' && sourceOf(fn).includes(sourceOf(value as AnyFunction)));
}

/** Scopes show the variable of a declaration, or the global object does; the name of an expression is nobody's variable. */
function isExpressionsOwn(name: string): boolean {
  return inspectorAvailable() && !(name in globalThis);
}

/** Looked up once a name: only names that nothing else explains come here. */
function isNameOfOuterExpression(name: string, { place, original, outerNames }: Site): boolean {
  if (name in globalThis || place === undefined) return false;
  let answer = outerNames.get(name);
  if (answer === undefined) {
    const surroundings = surroundingsOf(place, original, true);
    answer = surroundings !== undefined && isExpressionAround(name, surroundings);
    outerNames.set(name, answer);
  }
  return answer;
}

function keyOf({ found }: Resolved): string {
  if (found === 'captured') return '';
  return typeof found === 'string' ? ` ${found}` : ` ${Object.values(found).join()}`;
}

function makePlan(site: Site, fn: AnyFunction, environment: Environment, names: readonly Resolved[]): Plan {
  const readers: Reader[] = [];
  const isType = isClass(site) || isDecorated(site);
  const decorations = isType ? decorationsOf(fn, site, (name) => meaningOf(resolve(name, site, fn, environment), environment)) : undefined;
  const supplied: Supply[] = [...(decorations?.supplied ?? [])];
  const decorating = (decorations?.names ?? []).map((name) => resolve(name, site, fn, environment));
  for (const { name, found } of [...names, ...decorating]) {
    if (name === 'arguments') readers.push({ slot: { to: 'arguments' }, name, read: readArguments(site) });
    else if (found === 'captured') readers.push({ slot: { to: 'variable', name }, name, read: readerOf(name, site, environment) });
    else if (found === 'constant') readers.push({ slot: { to: 'constant', name }, name, read: readVariable(name) });
    else if (found === 'cell') readers.push({ slot: { to: 'cell', name }, name, read: readCell(name) });
    else if (found === 'dead zone') readers.push({ slot: { to: 'dead zone', name }, name, read: () => undefined });
    else if (found === 'itself') readers.push({ slot: { to: 'variable', name }, name, read: (it) => it });
    else if (found === 'inside') readers.push({ slot: { to: 'variable', name }, name, read: outerName(name), asks: name });
    else if (typeof found === 'object') supplied.push(found);
  }
  planWords(site, supplied, readers);
  const own = planOwnState(site, fn, environment, readers, supplied);
  const patches = [...site.words.patches, ...own.patches, ...fixedKey(site), ...givenName(site, names)];
  const id = nextId();
  const slots = readers.map(({ slot }) => slot);
  const recipe = {
    ...recipeOf(site, fn, environment, patches, slots, supplied),
    decorations: decorations?.text,
    entry: own.entry,
    inside: insideClass(site, names),
  };
  const plan = { id, recipe, readers, passing: readers.some(({ slot }) => slot.to === 'dead zone') };
  lastsWith(plan, id);
  return plan;
}

function isClass({ parsed }: Site): boolean {
  return parsed.node.type === 'ClassExpression';
}

/** Of a name in a decorator's arguments. */
function meaningOf({ name, found }: Resolved, environment: Environment): Meaning {
  if (typeof found === 'object') return found;
  if (found === 'global') return name in globalThis ? 'global' : 'hidden';
  if (found !== 'captured' && found !== 'cell' && found !== 'constant') return 'hidden';
  const value = environment.valueOf(name);
  return typeof value === 'object' && value !== null ? 'kept' : 'captured';
}

function planWords({ parsed, words, uses }: Site, supplied: Supply[], readers: Reader[]): void {
  const [self, target, meta] = [words.variables.get('this'), words.variables.get('new.target'), words.variables.get('import.meta')];
  if (self !== undefined) readers.push({ slot: { to: 'variable', name: self }, name: 'this', read: outerThis, asks: 'this' });
  if (target !== undefined)
    readers.push({ slot: { to: 'variable', name: target }, name: 'new.target', read: outerNewTarget, asks: 'new.target' });
  if (meta !== undefined) supplied.push({ what: 'import.meta', name: meta });
  if (uses.outerSuper.length === 0) return;
  if (parsed.node.type === 'ArrowFunctionExpression') refuseSuper();
  readers.push({ slot: { to: 'home' }, name: 'super', read: outerHome });
}

function planOwnState(site: Site, fn: AnyFunction, environment: Environment, readers: Reader[], supplied: Supply[]): OwnState {
  const { parsed } = site;
  const isType = isClass(site);
  // Coverage would count an entry among the class's functions.
  const changes = isType
    ? classChanges(fn, parsed, valuesIn(environment, supplied), (symbol) => supplyKey(symbol, site, environment, supplied), !isCovered())
    : undefined;
  const parent = parentOf(fn);
  if (changes?.hasParent === true || (!isType && parent !== undefined)) {
    readers.push({
      slot: { to: 'parent', construct: isType },
      name: 'extends',
      read: isType ? extendedBy : parentOf,
    });
  }
  if (changes?.privates !== undefined) {
    const { names, setter } = changes.privates;
    readers.push({ slot: { to: 'private fields', setter }, name: 'its private fields', read: (it) => staticPrivates(it, names) });
  }
  readers.push(...ownReaders(fn, changes?.rerun), ...shapeReaders(fn, site, isType ? nameOf(fn) : (site.usualName ?? '')));
  return changes ?? { patches: [], entry: undefined };
}

interface OwnState {
  readonly patches: readonly Patch[];
  readonly entry: string | undefined;
}

/** There all is strict code, which has no way to look a variable up in an object. */
function insideClass({ uses }: Site, names: readonly Resolved[]): RecipeFunction['inside'] {
  const [name] = uses.outerPrivate;
  if (name === undefined) return undefined;
  const shared = names.find(({ found }) => found === 'cell' || found === 'constant');
  if (shared !== undefined) {
    throw new Unsendable(
      `a function that uses the private name #${name} of a class around it, and the variable ${shared.name}, which is assigned to`,
      'keep what changes in an object, or in a field of the class',
    );
  }
  const isGlobal = ({ name, found }: Resolved): boolean => found === 'global' && name in globalThis && !uses.assigned.has(name);
  return { name, globals: names.filter(isGlobal).map((each) => each.name) };
}

/** A class that extends null inherits from `Function.prototype` all the same. */
function extendedBy(type: AnyFunction): unknown {
  return Object.getPrototypeOf(type.prototype) === null ? null : Object.getPrototypeOf(type);
}

function valuesIn(environment: Environment, supplied: readonly Supply[]): ValueOf {
  return (name) => {
    if (supplied.some((supply) => supply.name === name)) return SUPPLIED;
    if (environment.find(name) !== 'global') return environment.valueOf(name);
    return name in globalThis ? GLOBAL : UNKNOWN;
  };
}

/** The name of a variable for it, which the text does not use. */
function supplyKey(symbol: symbol, { place, parsed }: Site, environment: Environment, supplied: Supply[]): string {
  if (place !== undefined) remindOf(symbol, place.scriptId, environment.scopes);
  let name = `$k${supplied.length}`;
  while (parsed.text.includes(name)) name = `${name}_`;
  supplied.push({ name, ...symbolStandIn(symbol) });
  return name;
}

/** A computed name of a method was computed where it was written: any name does, the thread puts the function's own onto it. */
function fixedKey({ parsed: { form, node, shift } }: Site): Patch[] {
  if (form !== 'member' || node.computed !== true) return [];
  const key = node.key as Node;
  return [{ start: key.start - shift, end: key.end - shift, with: '0' }];
}

/** An expression's own name, which was taken out of the text: to assign to it is in vain there as here. */
function givenName(site: Site, names: readonly Resolved[]): Patch[] {
  const at = names.some(({ found }) => found === 'own name') ? placeOfName(site) : undefined;
  return at === undefined ? [] : [{ start: at, end: at + (site.ownName ?? '').length, with: site.ownName ?? '' }];
}
