/**
 * Whether a function can wait where it stands, for a call that now blocks becomes one to wait for.
 */
import type { AnyNode, CallExpression } from 'acorn';
import type { Caller } from './syntax.js';

/** Undefined: it waits already, or may. Else what has to change first, in words that stand behind "in". */
export function toBeChanged(caller: Caller, isModule: boolean): string | undefined {
  const { node, around } = caller;
  if (node.type === 'Program') return isModule ? undefined : 'CommonJS, which cannot wait outside a function: move it into one';
  if (node.async || isAsyncOnce(caller)) return undefined;
  const parent = around.at(-1);
  if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') return 'a constructor, which cannot wait: do it before';
  if ((parent?.type === 'MethodDefinition' || parent?.type === 'Property') && parent.kind !== 'method' && /^[gs]et$/.test(parent.kind))
    return `a ${parent.kind}ter, which cannot wait: make it a method`;
  if (node.generator) return 'a generator, which has to become async';
  const iteration = iterationOf(parent, node);
  if (iteration === 'map' || iteration === 'flatMap')
    return `a callback of ${iteration}(): make it async, and wait for Promise.all of them`;
  if (iteration !== undefined) return `a callback of ${iteration}(), which waits for nothing: write a loop`;
  return 'a function that has to become async';
}

/** What compilers make of an async function for older engines: a generator that a helper of theirs drives. */
function isAsyncOnce({ node, around }: Caller): boolean {
  const parent = around.at(-1);
  return node.type !== 'Program' && node.generator && parent?.type === 'CallExpression' && /await|async/i.test(calleeName(parent) ?? '');
}

/** The method of arrays that the function is given to. */
function iterationOf(parent: AnyNode | undefined, fn: AnyNode): string | undefined {
  if (parent?.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === fn)) return undefined;
  const name = calleeName(parent);
  return parent.callee.type === 'MemberExpression' && name !== undefined && iterations.has(name) ? name : undefined;
}

function calleeName({ callee }: CallExpression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

const iterations = new Set(
  'map flatMap forEach filter reduce reduceRight some every find findIndex findLast findLastIndex sort toSorted replace replaceAll'.split(
    ' ',
  ),
);
