/**
 * What of a class is not made again from its text, because it has happened already: the class that it extends is the live one,
 * static initialisers have run (once, here), computed names have been computed. Their places in the text are blanked.
 */
import vm from 'node:vm';
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { childrenOf, type Node, type ParsedFunction } from './parse.js';
import { type Patch, unusedNames } from './patches.js';

interface ClassChanges {
  readonly patches: readonly Patch[];
  /** The class after `extends` is put in afterwards. */
  readonly hasParent: boolean;
  /** Static fields whose initialiser was left in, since their value cannot travel and depends on nothing around. */
  readonly rerun: ReadonlySet<string>;
  /** Static private fields, and the static method that was added to set them. */
  readonly privates: { readonly names: readonly string[]; readonly setter: string } | undefined;
  /** See `RecipeFunction`. */
  readonly entry: string | undefined;
}

/** The same class as if `extends` and static initialisers were not there: what a new evaluation needs. */
export function withoutPast(parsed: ParsedFunction): ParsedFunction {
  const { node, program } = parsed;
  if (node.type !== 'ClassExpression') return parsed;
  const body = node.body as Node;
  const members = membersOf(node).filter(({ type }) => type !== 'StaticBlock');
  const present = {
    ...node,
    superClass: null,
    body: { ...body, body: members.map((member) => (isStaticField(member) ? { ...member, value: null } : member)) },
  };
  const statement = (program.body as Node[])[0] as Node;
  return { ...parsed, node: present, program: { ...program, body: [{ ...statement, expression: present }] } };
}

/** `supplyKey` gives the name of a variable that holds the symbol in a thread. */
export function classChanges(
  fn: AnyFunction,
  { node, text, shift }: ParsedFunction,
  meaningOf: ValueOf,
  supplyKey: (symbol: symbol) => string,
  mayBeEntered: boolean,
): ClassChanges {
  const patches: Patch[] = [];
  const rerun = new Set<string>();
  const taken = new Set<unknown>();
  const at: At = ({ start, end }) => ({ start: start - shift, end: end - shift });
  const parent = node.superClass as Node | null;
  // `null` makes the constructor a derived one, too. Nearly every parent's name has room for its four letters.
  if (parent) patches.push({ ...at(parent), with: 'null' });
  for (const member of membersOf(node)) {
    const key = member.computed === true ? computedKey(fn, member, { text, at, meaningOf, supplyKey, taken }) : [];
    patches.push(...key);
    if (isStaticField(member) && key[0]?.with === '') continue;
    if (member.type === 'StaticBlock') patches.push({ ...at(member), with: 'static{}' });
    else if (isStaticField(member) && member.value !== null) {
      const name = staticName(member);
      if (name !== undefined && isMadeAnew(fn, name, member.value as Node, meaningOf)) rerun.add(name);
      else patches.push({ ...initialiser(member, text, at), with: '' });
    }
  }
  const privates = privateSetter(node, text, shift);
  if (privates !== undefined) patches.push(privates.patch);
  const entry = mayBeEntered && mayHaveGuests(node, text) ? entryName(text) : undefined;
  const end = (node.body as Node).end - 1 - shift;
  if (entry !== undefined) patches.push({ start: end, end, with: `;static{${entry}.evaluate=function(){return eval(arguments[0])}}` });
  return { patches, hasParent: parent !== null, rerun, privates, entry };
}

/** Functions in it that are no methods of it may be sent by themselves, and be made inside of it. */
function mayHaveGuests(node: Node, text: string): boolean {
  return (
    membersOf(node).some(({ key }) => (key as Node | undefined)?.type === 'PrivateIdentifier') &&
    /=>|\bfunction\b|\bclass\b.*\bclass\b/s.test(text)
  );
}

function entryName(text: string, name = '$e'): string {
  return text.includes(name) ? entryName(text, `${name}_`) : name;
}

/** Only the class itself can set its static private fields: it gets a method that does, for a moment. */
function privateSetter(
  node: Node,
  text: string,
  shift: number,
): (NonNullable<ClassChanges['privates']> & { readonly patch: Patch }) | undefined {
  const names = membersOf(node).flatMap((member) =>
    isStaticField(member) && isPrivate(member) ? [(member.key as Node).name as string] : [],
  );
  if (names.length === 0) return undefined;
  const setter = unusedNames(text).next().value;
  const start = (node.body as Node).start + 1 - shift;
  const assignments = names.map((name, index) => `this.#${name}=v[${String(index)}];`).join('');
  return { names, setter, patch: { start, end: start, with: `static ${setter}(v){${assignments}}` } };
}

function membersOf(node: Node): readonly Node[] {
  return (node.body as Node).body as Node[];
}

function isStaticField(member: Node): boolean {
  return member.type === 'PropertyDefinition' && member.static === true;
}

function isPrivate(member: Node): boolean {
  return (member.key as Node).type === 'PrivateIdentifier';
}

function isMadeAnew(fn: AnyFunction, name: string, value: Node, meaningOf: ValueOf): boolean {
  return keepsNothing(fn, name) && usesOnlyGlobals(value, (free) => meaningOf(free) === GLOBAL);
}

/** What a name stands for around the class. */
export type ValueOf = (name: string) => unknown;

export const GLOBAL = Symbol('a global');
/** No scope shows it any more, and it is no global. */
export const UNKNOWN = Symbol('a variable of its own');
/** A thread has it by itself. */
export const SUPPLIED = Symbol('an import');

function isSupplied(meaning: unknown): boolean {
  return meaning === SUPPLIED;
}

interface Around {
  readonly text: string;
  readonly at: At;
  readonly meaningOf: ValueOf;
  readonly supplyKey: (symbol: symbol) => string;
  /** Methods whose place is known: several may have one text. */
  readonly taken: Set<unknown>;
}

type At = (node: Node) => { start: number; end: number };

/** From after the key to before the semicolon: ` = (5)`, whose parentheses are not the value's. */
function initialiser(member: Node, text: string, at: At): { start: number; end: number } {
  const key = at(member.key as Node);
  const { end } = at(member);
  const start = text.indexOf('=', member.computed === true ? text.indexOf(']', key.end) : key.end);
  return { start, end: text[end - 1] === ';' ? end - 1 : end };
}

/** A key that was computed from variables is written out as what it came to; a symbol is supplied. */
function computedKey(fn: AnyFunction, member: Node, { text, at, meaningOf, supplyKey, taken }: Around): Patch[] {
  const key = member.key as Node;
  if (
    usesOnlyGlobals(key, (name) => meaningOf(name) === GLOBAL) ||
    (key.type === 'Identifier' && isSupplied(meaningOf(key.name as string)))
  )
    return [];
  const home: unknown = member.static === true ? fn : fn.prototype;
  const own = text.slice(at(member).start, at(member).end).replace(/^static\s+/, '');
  const found = Reflect.ownKeys(home as object).find((name) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(home, name) ?? {};
    return [value, get, set].some((method) => isMethod(method, own) && !taken.has(method));
  });
  if (found !== undefined) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(home, found) ?? {};
    taken.add([value, get, set].find((method) => isMethod(method, own) && !taken.has(method)));
  }
  const name = found ?? workedOut(key, text.slice(at(key).start, at(key).end), meaningOf);
  if (name !== undefined) return [{ ...at(key), with: written(name, supplyKey) }];
  // A static field's value is put onto the class by its name.
  if (isStaticField(member)) return [{ ...at(member), with: '' }];
  throw new Unsendable(
    'a class with a field whose computed name cannot be told any more',
    'compute the name into a const before the class, or export the class from a module',
  );
}

function isMethod(value: unknown, text: string): boolean {
  return typeof value === 'function' && Function.prototype.toString.call(value) === text;
}

/** A field's key is kept nowhere: worked out again, where that takes only names and operators. */
function workedOut(key: Node, text: string, meaningOf: ValueOf): string | symbol | undefined {
  if (key.type === 'Identifier') {
    const value = meaningOf(key.name as string);
    if (value === UNKNOWN || value === GLOBAL) return undefined;
    return typeof value === 'symbol' ? value : String(value);
  }
  const names = namesIn(key);
  const values = names?.map(meaningOf);
  if (names === undefined || values?.every((value) => typeof value === 'string' || typeof value === 'number') !== true) return undefined;
  // Not `new Function`, which a program may have forbidden.
  return String((vm.compileFunction(`return (${text})`, names) as ValueOf)(...(values as [string])));
}

function written(name: string | symbol, supplyKey: (symbol: symbol) => string): string {
  if (typeof name === 'string') return JSON.stringify(name);
  const registered = Symbol.keyFor(name);
  if (registered !== undefined) return `Symbol.for(${JSON.stringify(registered)})`;
  const wellKnown = Object.getOwnPropertyNames(Symbol).find((key) => Reflect.get(Symbol, key) === name);
  return wellKnown === undefined ? supplyKey(name) : `Symbol.${wellKnown}`;
}

function namesIn(node: Node): string[] | undefined {
  if (node.type === 'Identifier') return [node.name as string];
  if (!['TemplateLiteral', 'TemplateElement', 'BinaryExpression', 'Literal'].includes(node.type)) return undefined;
  const names = new Set<string>();
  for (const child of childrenOf(node)) {
    const inner = namesIn(child);
    if (inner === undefined) return undefined;
    for (const name of inner) names.add(name);
  }
  return [...names];
}

function staticName(member: Node): string | undefined {
  const key = member.key as Node;
  if (member.computed === true || isPrivate(member)) return undefined;
  return (key.name ?? key.value) as string | undefined;
}

/** The value's insides are closed to everyone: a WeakMap and its like. */
function keepsNothing(fn: AnyFunction, name: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(fn, name)?.value;
  return value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef;
}

function usesOnlyGlobals(node: Node, isGlobal: (name: string) => boolean): boolean {
  if (node.type === 'ThisExpression') return false;
  if (node.type === 'Identifier') return isGlobal(node.name as string);
  if (node.type === 'MemberExpression' && node.computed !== true) return usesOnlyGlobals(node.object as Node, isGlobal);
  for (const child of childrenOf(node)) if (!usesOnlyGlobals(child, isGlobal)) return false;
  return true;
}
