/**
 * Private state: `#fields` exist only on objects that their class made, and nobody else can read them. A copy would be an
 * object of the class on which every method throws; so such instances are refused.
 */
import type { AnyFunction } from '../any-function.js';
import { childrenOf, type Node, parseFunction } from '../syntax/parse.js';

/** Whether instances of the class itself (not of a base of it) have private fields or accessors, or private methods that others call than the constructor. */
export function hasPrivateNames(type: AnyFunction): boolean {
  let answer = answers.get(type);
  if (answer === undefined) {
    answer = declaresPrivateNames(Function.prototype.toString.call(type));
    answers.set(type, answer);
  }
  return answer;
}

function isPrivate({ key }: Node): boolean {
  return (key as Node | undefined)?.type === 'PrivateIdentifier';
}

function usesPrivateNames(node: Node): boolean {
  if (node.type === 'PrivateIdentifier') return true;
  for (const child of childrenOf(node)) if (usesPrivateNames(child)) return true;
  return false;
}

const answers = new WeakMap<AnyFunction, boolean>();

function declaresPrivateNames(text: string): boolean {
  // Most classes have no `#` at all, and need no parser.
  if (!/^class\b/.test(text) || !/#[\p{ID_Start}$_\\]/u.test(text)) return false;
  try {
    const { body } = parseFunction(text).node;
    const members = [...childrenOf(body as Node)];
    const own = members.filter((member) => isPrivate(member) && member.static !== true);
    // Methods are no state: a copy lacks them, and nobody misses what only the constructor calls.
    if (own.some(({ type, kind }) => type !== 'MethodDefinition' || kind !== 'method')) return true;
    return own.length > 0 && members.some((member) => !isPrivate(member) && member.kind !== 'constructor' && usesPrivateNames(member));
  } catch {
    return true; // a `#` in a class that we cannot read: rather refused than broken
  }
}
