/**
 * What a function's text needs from around it: the variables that it uses and does not define, and the words (`this`, `super`,
 * `import.meta` …) that mean something else elsewhere.
 */
import type * as EslintScope from 'eslint-scope';
import { ownRequire } from '../own/own-require.js';
import { childrenOf, type Node, type ParsedFunction, parseFile } from './parse.js';
import { scratchVariables } from './scratch.js';

export interface Uses {
  /** Used and not defined, each once; globals among them. */
  readonly free: readonly string[];
  /** Those among `free` that the function assigns to. */
  readonly assigned: ReadonlySet<string>;
  /** Those among `assigned` whose values from before do not matter. */
  readonly scratch: ReadonlySet<string>;
  /** Nodes where an arrow takes the word from what surrounds it. */
  readonly outerThis: readonly Node[];
  readonly outerNewTarget: readonly Node[];
  readonly outerSuper: readonly Node[];
  readonly importMeta: readonly Node[];
  /** The `#names` that no class in the text declares. */
  readonly outerPrivate: readonly string[];
  /** Into `arguments` of what surrounds it. */
  readonly writesArguments: boolean;
  readonly directEval: boolean;
}

export function usesOf({ form, program, node }: ParsedFunction): Uses {
  const found = {
    outerThis: [],
    outerNewTarget: [],
    outerSuper: [],
    importMeta: [],
    outerPrivate: new Set<string>(),
    evaluated: new Set<string>(),
    writesArguments: false,
    directEval: false,
  };
  // A method that is the text itself has its home (what `super` starts from) outside of it.
  if (form === 'expression') collect(node, outside, found);
  else descend(node, outside, found);
  const { free, assigned, scratch } = freeVariables(program);
  return {
    ...found,
    free: [...new Set([...free, ...found.evaluated])],
    assigned,
    scratch: found.directEval || found.evaluated.size > 0 ? new Set() : scratch,
    outerPrivate: [...found.outerPrivate],
  };
}

function freeVariables(program: Node): Pick<Uses, 'free' | 'assigned' | 'scratch'> {
  // `eval` is refused and `with` sees the same variables: neither may make the analysis give up on the names around it.
  const scopes = scopeAnalysis().analyze(program as never, { ecmaVersion: 2022, sourceType: 'script', ignoreEval: true });
  const free = new Set<string>();
  const assigned = new Set<string>();
  for (const reference of scopes.globalScope?.through ?? []) {
    const { name } = reference.identifier as { name: string };
    free.add(name);
    if (reference.isWrite()) assigned.add(name);
  }
  const scratch = assigned.size === 0 ? assigned : scratchVariables(scopes.globalScope?.through ?? []);
  return { free: [...free], assigned, scratch };
}

interface Found {
  outerThis: Node[];
  outerNewTarget: Node[];
  outerSuper: Node[];
  importMeta: Node[];
  outerPrivate: Set<string>;
  /** Free in code that is evaluated. */
  evaluated: Set<string>;
  writesArguments: boolean;
  directEval: boolean;
}

/** `own`: inside something that has its own `this`; `home`: that has its own `super`. */
interface Around {
  readonly own: boolean;
  readonly home: boolean;
  readonly privates: ReadonlySet<string>;
}

function collect(node: Node, around: Around, found: Found): void {
  switch (node.type) {
    case 'ThisExpression':
      if (!around.own) found.outerThis.push(node);
      return;
    case 'Super':
      if (!around.home) found.outerSuper.push(node);
      return;
    case 'MetaProperty':
      if ((node.meta as Node).name === 'import') found.importMeta.push(node);
      else if (!around.own) found.outerNewTarget.push(node);
      return;
    case 'PrivateIdentifier':
      if (!around.privates.has(node.name as string)) found.outerPrivate.add(node.name as string);
      return;
    case 'CallExpression': {
      const callee = node.callee as Node;
      if (callee.type === 'Identifier' && callee.name === 'eval') lookIntoEval(node, around, found);
      break;
    }
    case 'AssignmentExpression':
    case 'UpdateExpression':
      if (!around.own && isArgument((node.left ?? node.argument) as Node)) found.writesArguments = true;
      break;
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      descend(node, { ...around, own: true }, found);
      return;
    case 'StaticBlock':
      descend(node, { ...around, own: true, home: true }, found);
      return;
    case 'ClassExpression':
    case 'ClassDeclaration':
      descend(node, { ...around, privates: withDeclared(node, around.privates) }, found);
      return;
    case 'PropertyDefinition':
      collectMember(node, { ...around, own: true, home: true }, around, found);
      return;
    case 'MethodDefinition':
      collectMember(node, { ...around, home: true }, around, found);
      return;
    case 'Property':
      if (node.method !== true && node.kind === 'init') break;
      collectMember(node, { ...around, home: true }, around, found);
      return;
  }
  descend(node, around, found);
}

/** Code that is written out shows what it uses; any other might use everything. */
function lookIntoEval(call: Node, { own }: Around, found: Found): void {
  const [code] = call.arguments as Node[];
  const program = code?.type === 'Literal' && typeof code.value === 'string' ? parseFile(code.value, false) : undefined;
  if (program === undefined) found.directEval = true;
  else for (const name of freeVariables(program).free) if (!own || name !== 'arguments') found.evaluated.add(name);
}

/** `arguments[0]`. */
function isArgument({ type, object }: Node): boolean {
  return type === 'MemberExpression' && (object as Node).name === 'arguments';
}

function descend(node: Node, around: Around, found: Found): void {
  for (const child of childrenOf(node)) collect(child, around, found);
}

/** A computed key is evaluated outside, the value inside. */
function collectMember(node: Node, inside: Around, around: Around, found: Found): void {
  const value = node.value as Node | null;
  if (node.computed === true) collect(node.key as Node, around, found);
  if (value) collect(value, inside, found);
}

function withDeclared(node: Node, outer: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(outer);
  for (const member of (node.body as Node).body as Node[]) {
    const key = member.key as Node | undefined;
    if (key?.type === 'PrivateIdentifier') names.add(key.name as string);
  }
  return names;
}

function scopeAnalysis(): typeof EslintScope {
  analysis ??= ownRequire('eslint-scope') as typeof EslintScope;
  return analysis;
}

const outside: Around = { own: false, home: false, privates: new Set() };

let analysis: typeof EslintScope | undefined;
