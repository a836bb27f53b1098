/**
 * What V8 ran, as a tree: which function stands at a place of the profile's, and what it may do there.
 */
import {
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type Options,
  type Program,
  parse,
} from 'acorn';
import { offsetOf, type Place } from './offsets.js';

type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** A function, or a module's own code, with what stands around it: the innermost last. */
export interface Caller {
  readonly program: Program;
  readonly node: FunctionNode | Program;
  readonly around: readonly AnyNode[];
}

/** Undefined where the text cannot be read, or no function begins there: fields of a class are set by one that nobody wrote. */
export function callerAt(text: string, place: Place): Caller | undefined {
  const program = parsed(text);
  if (program === undefined) return undefined;
  const offset = offsetOf(text, place);
  let found: Caller | undefined;
  const visit = (node: AnyNode, around: readonly AnyNode[]): void => {
    if (offset < node.start || offset > node.end) return;
    // V8 names the place where the parameters begin.
    if (isFunction(node) && offset <= node.body.start) found = { program, node, around };
    for (const child of childrenOf(node)) visit(child, [...around, node]);
  };
  visit(program, []);
  // A module that waits has no place of its own.
  return found ?? (offset <= 0 ? { program, node: program, around: [] } : undefined);
}

export function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** Whatever the type. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node) as unknown[])
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) yield item;
}

/** Those of a function itself, not those of functions inside it. */
export function* ownNodes(node: AnyNode): Generator<{ node: AnyNode; parent: AnyNode }> {
  for (const child of childrenOf(node)) {
    yield { node: child, parent: node };
    if (!isFunction(child)) yield* ownNodes(child);
  }
}

/** Whether it asks for `this`, or for what only a method has. */
export function knowsThis(node: AnyNode): boolean {
  for (const child of childrenOf(node)) {
    if (child.type === 'ThisExpression' || child.type === 'Super') return true;
    const isItsOwn = child.type === 'FunctionDeclaration' || child.type === 'FunctionExpression';
    if (!isItsOwn && knowsThis(child)) return true;
  }
  return false;
}

export function isModuleAt({ body }: Program, url: string): boolean {
  return /\.m[jt]s$/.test(url) || body.some(({ type }) => /^(Import|Export)/.test(type));
}

/** The same few scripts are asked about again and again. */
function parsed(text: string): Program | undefined {
  if (!programs.has(text)) programs.set(text, parsedAs('module', text) ?? parsedAs('script', text));
  return programs.get(text);
}

const programs = new Map<string, Program | undefined>();

function parsedAs(sourceType: 'module' | 'script', text: string): Program | undefined {
  const options: Options = { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true, allowHashBang: true };
  try {
    return parse(text, options);
  } catch {
    return undefined;
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';
}
