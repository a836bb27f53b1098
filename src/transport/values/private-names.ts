/**
 * Private state: `#fields` exist only on objects that their class made, and nobody else can read them. A copy would be an
 * object of the class on which every method throws; so such instances are refused.
 */
import { childrenOf, parseFunction, type Node } from '../closures/parse.js';

/** Whether instances of the class itself (not of a base of it) have private fields, methods or accessors. */
export function hasPrivateNames(type: Function): boolean {
  let answer = answers.get(type);
  if (answer === undefined) answers.set(type, (answer = declaresPrivateNames(Function.prototype.toString.call(type))));
  return answer;
}

const answers = new WeakMap<Function, boolean>();

function declaresPrivateNames(text: string): boolean {
  // Most classes have no `#` at all, and need no parser.
  if (!/^class\b/.test(text) || !/#[\p{ID_Start}$_\\]/u.test(text)) return false;
  try {
    const { node } = parseFunction(text);
    const body = node['body'] as Node;
    for (const member of childrenOf(body)) {
      if ((member['key'] as Node | undefined)?.type === 'PrivateIdentifier' && member['static'] !== true) return true;
    }
    return false;
  } catch {
    return true; // a `#` in a class that we cannot read: rather refused than broken
  }
}
