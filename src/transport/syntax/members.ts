/**
 * Namespaces of modules that no thread can import: they import the program itself, or a test runner, a bundler or a compiler to
 * CommonJS made them. What the function uses of them goes by value, member by member.
 */
import { types } from 'node:util';
import { childrenOf, type Node } from './parse.js';

export function isNamespaceLike(name: string, value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (types.isModuleNamespaceObject(value) || /^__vite_ssr_import_\d+__$/.test(name)) return true;
  return !types.isProxy(value) && Object.getOwnPropertyDescriptor(value, '__esModule')?.value === true;
}

/** The members of `name` that the text uses; undefined if it uses the namespace itself. */
export function membersUsed(node: Node, name: string): ReadonlySet<string> | undefined {
  const members = new Set<string>();
  return collect(node, name, members) ? members : undefined;
}

/** Their values now; one that is not initialised yet is left out. */
export function pickMembers(namespace: object, members: Iterable<string>): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const member of members) {
    try {
      if (member in namespace) picked[member] = Reflect.get(namespace, member);
    } catch {
      // Its module is still being evaluated.
    }
  }
  return picked;
}

function collect(node: Node, name: string, members: Set<string>): boolean {
  if (node.type === 'MemberExpression' && isNamed(node.object as Node, name)) {
    const { name: written, value } = node.property as Node;
    // Bundlers write `lib["default"]`.
    const member = node.computed === true ? value : written;
    if (typeof member === 'string') members.add(member);
    return typeof member === 'string';
  }
  if (isNamed(node, name)) return false;
  for (const child of childrenOf(node)) if (!collect(child, name, members)) return false;
  return true;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
