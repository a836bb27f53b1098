/**
 * Private state: `#fields` exist only on objects that their class made, and nobody else can read them. A copy would be an
 * object of the class on which every method throws; so such instances are refused.
 */
import type { AnyFunction } from '../any-function.js';
import { childrenOf, type Node, parseFunction } from '../closures/parse.js';

/** Whether instances of the class itself (not of a base of it) have private fields, methods or accessors. */
export function hasPrivateNames(type: AnyFunction): boolean {
  let answer = answers.get(type);
  if (answer === undefined) {
    answer = declaresPrivateNames(Function.prototype.toString.call(type));
    answers.set(type, answer);
  }
  return answer;
}

const answers = new WeakMap<AnyFunction, boolean>();

function declaresPrivateNames(text: string): boolean {
  // Most classes have no `#` at all, and need no parser.
  if (!/^class\b/.test(text) || !/#[\p{ID_Start}$_\\]/u.test(text)) return false;
  try {
    const { body } = parseFunction(text).node;
    for (const { key, static: isStatic } of childrenOf(body as Node)) {
      if ((key as Node | undefined)?.type === 'PrivateIdentifier' && isStatic !== true) return true;
    }
    return false;
  } catch {
    return true; // a `#` in a class that we cannot read: rather refused than broken
  }
}
