/**
 * The text of a function, as a syntax tree.
 *
 * `toString` gives an arrow, a function or a class as an expression, but a method, a getter or a private method as a piece of
 * the object or class that it stands in; alone it is no program. The wrapping that makes it one is part of its form.
 */
import type * as Acorn from 'acorn';
import { Unsendable } from '../described.js';
import { ownRequire } from '../own/own-require.js';
import type { Form } from '../protocol.js';

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface ParsedFunction {
  /** As `toString` gave it; of a private method without its `#`, which only a class may hold. */
  readonly text: string;
  readonly form: Form;
  readonly program: Node;
  /** The arrow, function or class; of a method, the `Property` around it. */
  readonly node: Node;
  /** Positions in the tree are positions in the text plus this. */
  readonly shift: number;
}

/** Throws Unsendable if no wrapping makes a program of the text. */
export function parseFunction(text: string): ParsedFunction {
  const parsed = parseAs('expression', text) ?? parseAs('member', text) ?? parseAs('member', withoutHash(text));
  if (parsed === undefined) throw new Unsendable('a function whose source text cannot be read', 'write it out as a function in a file');
  return parsed;
}

function parseAs(form: Form, text: string): ParsedFunction | undefined {
  const [before, after] = wrappings[form];
  const program = tryParse(before + text + after);
  const node = program && innermost(form, program);
  return node && { text, form, program, node, shift: before.length };
}

function withoutHash(text: string): string {
  const member = ((tryParse(`(class{${text}\n})`)?.body as Node[] | undefined)?.[0]?.expression as Node | undefined)?.body as
    | Node
    | undefined;
  const key = (member?.body as Node[] | undefined)?.[0]?.key as Node | undefined;
  if (key?.type !== 'PrivateIdentifier') return text;
  const hash = key.start - '(class{'.length;
  return `${text.slice(0, hash)} ${text.slice(hash + 1)}`;
}

/** Parses a whole file; undefined if it is none that we can read. */
export function parseFile(text: string, isModule: boolean): Node | undefined {
  return tryParse(text, isModule ? 'module' : 'script');
}

/** The first expression from there on, whatever follows it. */
export function expressionAt(text: string, start: number): Node | undefined {
  try {
    return parser().parseExpressionAt(text, start, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
    }) as unknown as Node;
  } catch {
    return undefined;
  }
}

/** Whether the text of a function could stand in strict code. */
export function isStrictCode(text: string): boolean {
  return Object.values(wrappings).some(([before, after]) => tryParse(before + text + after, 'module') !== undefined);
}

/** The node's children, whatever the type. */
export function* childrenOf(node: Node): Generator<Node> {
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function tryParse(text: string, sourceType: 'script' | 'module' = 'script'): Node | undefined {
  try {
    return parser().parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      allowImportExportEverywhere: true,
      allowReturnOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowHashBang: true,
      checkPrivateFields: false,
      // What the scope analyser tells positions by.
      ranges: true,
    }) as unknown as Node;
  } catch {
    return undefined;
  }
}

function innermost(form: Form, program: Node): Node | undefined {
  const body = program.body as Node[];
  const wrapper = body[0]?.expression as Node | undefined;
  if (body.length !== 1 || wrapper === undefined) return undefined;
  if (form === 'expression') return expressions.has(wrapper.type) ? wrapper : undefined;
  const members = wrapper.properties as Node[] | undefined;
  const [member, another] = members ?? [];
  return member !== undefined && another === undefined && isMethod(member) ? member : undefined;
}

function isMethod(property: Node): boolean {
  return property.method === true || property.kind === 'get' || property.kind === 'set';
}

/** A function's text never says what surrounded it: `new.target` in an arrow is fine where the arrow came from. */
function parser(): typeof Acorn.Parser {
  if (lenient !== undefined) return lenient;
  const { Parser } = ownRequire('acorn') as typeof Acorn;
  lenient = class extends Parser {
    get allowNewDotTarget(): boolean {
      return true;
    }
  };
  return lenient;
}

let lenient: typeof Acorn.Parser | undefined;

const expressions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression']);

const wrappings: Readonly<Record<Form, readonly [before: string, after: string]>> = {
  expression: ['(', '\n)'],
  member: ['({', '\n})'],
};
