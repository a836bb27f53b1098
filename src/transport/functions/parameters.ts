/**
 * The parameters of a function, read off its source text by a parser.
 */
import type { AnyFunction } from '../any-function.js';
import { type Node, parseFunction } from '../syntax/parse.js';
import { isNative, sourceOf } from './fingerprint.js';

export interface Parameter {
  /** Absent for a pattern, which has no name of its own: `function f({ width, height }) {}`. */
  readonly name?: string;
  readonly kind: 'required' | 'optional' | 'rest';
  /** As the source has it, for messages. */
  readonly text: string;
  readonly isObjectPattern: boolean;
}

/**
 * Undefined if nobody can read them: native functions, addons, proxies.
 * A class has those of its constructor, or of its parent's.
 *
 * Cost: about 50 µs a function the first time (and once a process, 5 to 10 ms for the parser).
 */
export function parametersOf(fn: AnyFunction): readonly Parameter[] | undefined {
  if (isNative(fn)) return undefined;
  const text = sourceOf(fn);
  const known = parametersByText.get(text);
  if (known !== undefined) return known;
  const { node, shift } = parseFunction(text);
  const nodes = parameterNodes(node);
  if (nodes === undefined) return inherited(fn);
  const parameters = nodes.map((each) => parameter(each, text, shift));
  if (parametersByText.size >= MOST_TEXTS) parametersByText.clear();
  parametersByText.set(text, parameters);
  return parameters;
}

/** Undefined for a class without a constructor. */
function parameterNodes(node: Node): readonly Node[] | undefined {
  if (node.params !== undefined) return node.params as Node[];
  if (node.value !== undefined) return parameterNodes(node.value as Node);
  const members = (node.body as Node).body as readonly Node[];
  const own = members.find((member) => member.kind === 'constructor');
  return own && parameterNodes(own);
}

function inherited(type: AnyFunction): readonly Parameter[] | undefined {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype ? parametersOf(parent) : [];
}

function parameter(node: Node, text: string, shift: number): Parameter {
  const kind = node.type === 'AssignmentPattern' ? 'optional' : node.type === 'RestElement' ? 'rest' : 'required';
  const target = kind === 'required' ? node : ((node.left ?? node.argument) as Node);
  return {
    ...(target.type === 'Identifier' ? { name: String(target.name) } : {}),
    kind,
    text: text.slice(node.start - shift, node.end - shift).replace(/\s+/g, ' '),
    isObjectPattern: target.type === 'ObjectPattern',
  };
}

/** By text: two functions of one text have the same parameters (but a class without a constructor, which has its parent's). */
const parametersByText = new Map<string, readonly Parameter[]>();
const MOST_TEXTS = 1_000;
