/**
 * Variables whose text says what they are, for nothing changes them: enums, as compilers write them, and constants that are one literal.
 * Where only decorators use them they are nowhere when those have run.
 */
import { expressionAt, type Node, parseFunction } from './parse.js';
import { usesOf } from './uses.js';

/** A declaration that makes it again. */
export function declarationOf(name: string, text: string): string | undefined {
  const escaped = name.replaceAll('$', '\\$');
  const literal = behind(text, new RegExp(`(?<![\\w$.])const\\s+${escaped}\\s*=\\s*`));
  if (literal !== undefined && isLiteral(literal)) return `const ${name}=${textOf(literal, text)};`;
  // esbuild and SWC: var Role = ((Role2) => {…})(Role || {})
  const assigned = behind(text, new RegExp(`(?<![\\w$.])(?:var|let)\\s+${escaped}\\s*=\\s*(?:/\\*[^*]*\\*/\\s*)?`));
  if (assigned !== undefined && isEnum(assigned, name, text)) return `var ${name}=${textOf(assigned, text)};`;
  // TypeScript: var Role; (function (Role) {…})(Role || (Role = {}))
  const called = behind(text, new RegExp(`(?=\\(function\\s*\\(${escaped}\\)\\s*\\{)`));
  return called !== undefined && isEnum(called, name, text) ? `var ${name};${textOf(called, text)};` : undefined;
}

function behind(text: string, pattern: RegExp): Node | undefined {
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
