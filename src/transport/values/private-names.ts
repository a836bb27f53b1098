/**
 * Private state: `#fields` exist only on objects that their class made, and nobody else can read them. A copy would be an object of the
 * class on which every method throws.
 */
import type { AnyFunction } from '../any-function.js';
import type { PrivateNames } from '../packed.js';
import { childrenOf, type Node, parseFunction } from '../syntax/parse.js';

/** Whether instances of the class itself (not of a base of it) have private fields or accessors, or private methods that others call than the constructor. */
export function hasPrivateNames(type: AnyFunction): boolean {
  return answerFor(type) !== undefined;
}

/** Undefined for classes without, and for what cannot be read. */
export function privateNamesOf(type: AnyFunction): PrivateNames | undefined {
  const answer = answerFor(type);
  return typeof answer === 'object' ? answer : undefined;
}

function answerFor(type: AnyFunction): PrivateNames | 'unreadable' | undefined {
  if (!answers.has(type)) answers.set(type, declaredBy(Function.prototype.toString.call(type)));
  return answers.get(type);
}

const answers = new WeakMap<AnyFunction, PrivateNames | 'unreadable' | undefined>();

function declaredBy(text: string): PrivateNames | 'unreadable' | undefined {
  // Most classes have no `#` at all, and need no parser.
  if (!/^class\b/.test(text) || !/#[\p{ID_Start}$_\\]/u.test(text)) return undefined;
  try {
    const { node } = parseFunction(text);
    const members = [...childrenOf(node.body as Node)];
    const own = members.filter((member) => isPrivate(member) && member.static !== true);
    return isState(own, members) ? namesOf(node, own, members) : undefined;
  } catch {
    return 'unreadable'; // a `#` in a class that we cannot read: rather refused than broken
  }
}

/** Methods are no state: a copy lacks them, and nobody misses what only the constructor calls. */
function isState(own: readonly Node[], members: readonly Node[]): boolean {
  if (own.some(({ type, kind }) => type !== 'MethodDefinition' || kind !== 'method')) return true;
  return own.length > 0 && members.some((member) => !isPrivate(member) && member.kind !== 'constructor' && usesPrivateNames(member));
}

function namesOf(node: Node, own: readonly Node[], members: readonly Node[]): PrivateNames {
  const named = (isField: boolean): string[] => [
    ...new Set(own.filter(({ type }) => (type === 'PropertyDefinition') === isField).map(({ key }) => (key as Node).name as string)),
  ];
  const isWritten = members.some(({ kind }) => kind === 'constructor');
  return { fields: named(true), members: named(false), isRoot: node.superClass === null, isWritten };
}

function isPrivate({ key }: Node): boolean {
  return (key as Node | undefined)?.type === 'PrivateIdentifier';
}

function usesPrivateNames(node: Node): boolean {
  if (node.type === 'PrivateIdentifier') return true;
  for (const child of childrenOf(node)) if (usesPrivateNames(child)) return true;
  return false;
}
