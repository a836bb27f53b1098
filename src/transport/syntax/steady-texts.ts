/**
 * Variables whose text says what they are, for nothing changes them: enums, as compilers write them, constants that are one literal, and
 * functions. Where only decorators use them they are nowhere when those have run.
 */
import { namePattern } from './name-pattern.js';
import { expressionAt, type Node, parseFunction } from './parse.js';
import { usesOf } from './uses.js';

/** A declaration that makes it again. */
export interface Declaration {
  readonly declaration: string;
  /** What a function takes from around it. */
  readonly uses: readonly string[];
}

/** `value`: what it was set to, if that is known. Undefined where its text does not say all. */
export function declarationOf(name: string, text: string, value?: Node): Declaration | undefined {
  const made = isFunction(value) ? value : named(value);
  if (made !== undefined && isLiteral(made)) return constant(`const ${name}=${textOf(made, text)};`);
  // esbuild and SWC: var Role = ((Role2) => {…})(Role || {})
  if (made !== undefined && isEnum(made, name, text)) return constant(`var ${name}=${textOf(made, text)};`);
  // TypeScript: var Role; (function (Role) {…})(Role || (Role = {}))
  const escaped = namePattern(name);
  const called = expressionBehind(text, new RegExp(`(?=\\(function\\s*\\(${escaped}\\)\\s*\\{)`));
  if (called !== undefined && isEnum(called, name, text)) return constant(`var ${name};${textOf(called, text)};`);
  // A class of an older kind is more than its function.
  const isClass = new RegExp(`(?<![\\w$.])(?:new\\s+${escaped}|${escaped}\\.prototype)(?![\\w$])`).test(text);
  return made !== undefined && isFunction(made) && !isClass ? functionFrom(made, name, text) : undefined;
}

function constant(declaration: string): Declaration {
  return { declaration, uses: [] };
}

function functionFrom(node: Node, name: string, text: string): Declaration {
  const { free } = usesOf(parseFunction(`()=>${textOf(node, text)}`));
  return { declaration: `var ${name}=${textOf(node, text)};`, uses: free.filter((each) => each !== name) };
}

function isFunction(node: Node | undefined): boolean {
  return /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node?.type ?? '');
}

/** esbuild may give a function its name by a call: `__name((x) => …, "Short")`. */
function named(node: Node | undefined): Node | undefined {
  const [fn, label] = (node?.type === 'CallExpression' ? node.arguments : []) as (Node | undefined)[];
  return isFunction(fn) && typeof label?.value === 'string' ? fn : node;
}

function expressionBehind(text: string, pattern: RegExp): Node | undefined {
  const found = pattern.exec(text);
  const expression = found === null ? undefined : expressionAt(text, found.index + found[0].length);
  return expression?.type === 'SequenceExpression' ? (expression.expressions as Node[])[0] : expression;
}

function isLiteral(node: Node): boolean {
  if (node.type === 'UnaryExpression') return node.operator === '-' && isLiteral(node.argument as Node);
  return node.type === 'Literal' || (node.type === 'TemplateLiteral' && (node.expressions as Node[]).length === 0);
}

/** It uses nothing but itself. */
function isEnum(node: Node, name: string, text: string): boolean {
  const [given] = (node.arguments ?? []) as Node[];
  if (node.type !== 'CallExpression' || given?.type !== 'LogicalExpression' || (given.left as Node).name !== name) return false;
  return usesOf(parseFunction(`()=>${textOf(node, text)}`)).free.every((each) => each === name);
}

/** In parentheses, which a node does not have. */
function textOf({ start, end }: Node, text: string): string {
  return `(${text.slice(start, end)})`;
}
