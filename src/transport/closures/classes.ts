/**
 * What of a class is not made again from its text, because it has happened already: the class that it extends is the live one,
 * static initialisers have run (once, here), computed names have been computed. Their places in the text are blanked.
 */
import type { Node } from './parse.js';
import { childrenOf } from './parse.js';
import type { Patch } from './patches.js';

export interface ClassChanges {
  readonly patches: readonly Patch[];
  /** The class after `extends` is put in afterwards. */
  readonly hasParent: boolean;
  /** Static fields whose initialiser was left in, since their value cannot travel and depends on nothing around. */
  readonly rerun: ReadonlySet<string>;
}

export function classChanges(fn: Function, node: Node, text: string, shift: number, valueOf: ValueOf): ClassChanges {
  const patches: Patch[] = [];
  const rerun = new Set<string>();
  const at = ({ start, end }: Node): { start: number; end: number } => ({ start: start - shift, end: end - shift });
  const parent = node['superClass'] as Node | null;
  // `null` makes the constructor a derived one too, and every class has room for its four letters but `extends A`: it pads.
  if (parent) patches.push({ ...at(parent), with: 'null' });
  for (const member of (node['body'] as Node)['body'] as Node[]) {
    if (member.type === 'StaticBlock') patches.push({ ...at(member), with: 'static{}' });
    else {
      if (member['computed'] === true) patches.push(...computedKey(fn, member, text, at, valueOf));
      const value = member['value'] as Node | null;
      if (member.type !== 'PropertyDefinition' || member['static'] !== true || !value) continue;
      const name = staticName(member);
      if (name !== undefined && keepsNothing(fn, name) && usesOnlyGlobals(value, (name) => valueOf(name) === GLOBAL)) rerun.add(name);
      else if ((member['key'] as Node).type !== 'PrivateIdentifier') patches.push({ ...initialiser(member, value, text, at), with: '' });
    }
  }
  return { patches, hasParent: parent !== null, rerun };
}

/** What a name stands for around the class. */
export type ValueOf = (name: string) => unknown;

export const GLOBAL = Symbol('a global');

type At = (node: Node) => { start: number; end: number };

/** From after the key to the end of the value: ` = 5`. */
function initialiser(member: Node, value: Node, text: string, at: At): { start: number; end: number } {
  const key = at(member['key'] as Node);
  const end = at(value).end;
  return { start: text.indexOf('=', member['computed'] === true ? text.indexOf(']', key.end) : key.end), end };
}

/** A key that was computed from variables is written out as what it came to. */
function computedKey(fn: Function, member: Node, text: string, at: At, valueOf: ValueOf): Patch[] {
  const key = member['key'] as Node;
  if (usesOnlyGlobals(key, (name) => valueOf(name) === GLOBAL)) return [];
  const home: unknown = member['static'] === true ? fn : fn.prototype;
  const own = text.slice(at(member).start, at(member).end).replace(/^static\s+/, '');
  for (const name of Object.getOwnPropertyNames(home)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(home, name) ?? {};
    for (const method of [value, get, set] as unknown[]) {
      if (typeof method === 'function' && Function.prototype.toString.call(method) === own) return [{ ...at(key), with: JSON.stringify(name) }];
    }
  }
  return literalKey(key, text.slice(at(key).start, at(key).end), valueOf).map((name) => ({ ...at(key), with: JSON.stringify(name) }));
}

/** A field's key is kept nowhere: worked out again, where that takes only names and operators. */
function literalKey(key: Node, text: string, valueOf: ValueOf): string[] {
  const names = namesIn(key);
  const values = names?.map(valueOf);
  if (names === undefined || values?.every((value) => typeof value === 'string' || typeof value === 'number') !== true) return [];
  return [String((new Function(...names, `return (${text})`) as (...values: unknown[]) => unknown)(...values))];
}

function namesIn(node: Node): string[] | undefined {
  if (node.type === 'Identifier') return [node['name'] as string];
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
  const key = member['key'] as Node;
  if (member['computed'] === true) return undefined;
  return (key['name'] ?? key['value']) as string | undefined;
}

/** The value's insides are closed to everyone: a WeakMap and its like. */
function keepsNothing(fn: Function, name: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(fn, name)?.value;
  return value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef;
}

function usesOnlyGlobals(node: Node, isGlobal: (name: string) => boolean): boolean {
  if (node.type === 'ThisExpression') return false;
  if (node.type === 'Identifier') return isGlobal(node['name'] as string);
  if (node.type === 'MemberExpression' && node['computed'] !== true) return usesOnlyGlobals(node['object'] as Node, isGlobal);
  for (const child of childrenOf(node)) if (!usesOnlyGlobals(child, isGlobal)) return false;
  return true;
}
