/**
 * Variables that a function always writes before it reads them: what compilers keep values in for a moment (Babel's generators for ES5,
 * TypeScript's `_a`). What one happens to hold now is left over from an earlier run, and may be nothing that could cross.
 */
import type * as EslintScope from 'eslint-scope';
import { childrenOf, type Node } from './parse.js';

/** Among the variables that `references`, all there are in the text, come from outside of. */
export function scratchVariables(references: readonly EslintScope.Reference[]): ReadonlySet<string> {
  const users = new Map<string, Map<EslintScope.Scope, EslintScope.Reference[]>>();
  for (const reference of references) {
    const { name } = reference.identifier as { name: string };
    const functions = users.get(name) ?? new Map<EslintScope.Scope, EslintScope.Reference[]>();
    const { variableScope } = reference.from;
    users.set(name, functions.set(variableScope, [...(functions.get(variableScope) ?? []), reference]));
  }
  const isScratch = (functions: ReadonlyMap<EslintScope.Scope, EslintScope.Reference[]>): boolean =>
    [...functions].every(([scope, own]) => beginsWithWrite(scope.block as unknown as Node, own));
  return new Set([...users].filter(([, functions]) => isScratch(functions)).map(([name]) => name));
}

function beginsWithWrite(code: Node, references: readonly EslintScope.Reference[]): boolean {
  const [first] = [...references].sort((a, b) => momentOf(a) - momentOf(b));
  return first?.isWriteOnly() === true && isAlwaysReached(code, (first.identifier as unknown as Node).start);
}

/** What is written is computed first. */
function momentOf({ identifier, writeExpr }: EslintScope.Reference): number {
  return Math.max((identifier as unknown as Node).end, (writeExpr as unknown as Node | null)?.end ?? 0);
}

/** Before anything that comes after it in the text. */
function isAlwaysReached(node: Node, position: number): boolean {
  const skipped = SOMETIMES[node.type] ?? [];
  if (skipped.some((key) => [node[key]].flat().some((child) => holds(child as Node | null, position)))) return false;
  for (const child of childrenOf(node)) if (holds(child, position)) return isAlwaysReached(child, position);
  return true;
}

function holds(node: Node | null | undefined, position: number): boolean {
  return node !== null && node !== undefined && node.start <= position && position < node.end;
}

/** The children that are not evaluated each time, or later than what comes after them. */
const SOMETIMES: Readonly<Record<string, readonly string[]>> = {
  AssignmentPattern: ['right'],
  ChainExpression: ['expression'],
  ConditionalExpression: ['consequent', 'alternate'],
  ForInStatement: ['left', 'body'],
  ForOfStatement: ['left', 'body'],
  ForStatement: ['update', 'body'],
  IfStatement: ['consequent', 'alternate'],
  LabeledStatement: ['body'],
  LogicalExpression: ['right'],
  SwitchStatement: ['cases'],
  TryStatement: ['block', 'handler'],
  WhileStatement: ['body'],
};
