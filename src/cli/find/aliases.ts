/**
 * By which names a function is called in a file: imports and declarations give it others.
 */
import type { AnyNode, Program } from 'acorn';
import { childrenOf } from './syntax.js';

/** What is looked for: the function's own names, and the module that it stands in. */
export interface Wanted {
  readonly names: readonly string[];
  readonly url: string;
}

/** Each name in the file, with the own name that it stands for. */
export function namesIn(program: Program, wanted: Wanted, url: string): Map<string, string> {
  const names = new Map(wanted.names.map((name) => [name, name]));
  const [main = ''] = wanted.names;
  const visit = (node: AnyNode): void => {
    if (node.type === 'ImportDeclaration') {
      const isIts = isSameModule(String(node.source.value), url, wanted.url);
      for (const specifier of node.specifiers) {
        if (specifier.type === 'ImportNamespaceSpecifier') continue;
        const imported = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
        if (wanted.names.includes(imported)) names.set(specifier.local.name, imported);
        else if (imported === 'default' && isIts) names.set(specifier.local.name, main);
      }
    }
    if (node.type === 'VariableDeclarator') declared(node);
    for (const child of childrenOf(node)) visit(child);
  };
  const declared = ({ id, init }: AnyNode & { type: 'VariableDeclarator' }): void => {
    if (id.type === 'ObjectPattern')
      for (const property of id.properties) {
        if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
        const own = nameOf(property.key);
        if (wanted.names.includes(own)) names.set(property.value.name, own);
      }
    if (id.type !== 'Identifier' || !init) return;
    if (init.type === 'MemberExpression' && wanted.names.includes(nameOf(init.property))) names.set(id.name, nameOf(init.property));
    const required = requiredBy(init);
    if (required !== undefined && isSameModule(required, url, wanted.url)) names.set(id.name, main);
  };
  visit(program);
  return names;
}

/** Whether `holder.fn` is a member of a module, which its functions need not be bound to. */
export function isNamespace(program: Program, holder: string): boolean {
  return program.body.some((statement) => {
    if (statement.type === 'ImportDeclaration')
      return statement.specifiers.some(({ type, local }) => type === 'ImportNamespaceSpecifier' && local.name === holder);
    return (
      statement.type === 'VariableDeclaration' &&
      statement.declarations.some(({ id, init }) => id.type === 'Identifier' && id.name === holder && requiredBy(init) !== undefined)
    );
  });
}

export function nameOf(node: AnyNode): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
}

function requiredBy(node: AnyNode | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || nameOf(node.callee) !== 'require') return undefined;
  const [specifier] = node.arguments;
  return specifier?.type === 'Literal' ? String(specifier.value) : undefined;
}

/** Extensions may be left out, and TypeScript names what it becomes; a package is compared by nothing but its name. */
function isSameModule(specifier: string, from: string, url: string): boolean {
  if (!/^[./]/.test(specifier)) return specifier !== '' && url.includes(`/node_modules/${specifier}/`);
  try {
    const base = /^file:/.test(from) ? from : `file://${from}`;
    const target = /^file:/.test(url) ? url : `file://${url}`;
    return bare(new URL(specifier, base).href) === bare(target);
  } catch {
    return false;
  }
}

function bare(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/(\/index)?\.[cm]?[jt]sx?$/, '');
}
