/**
 * What a module exports, read off its syntax: where each exported function was written, in V8's terms, and under which name it can be had.
 *
 * Only what cannot be otherwise: declarations, and constants that are written as functions, classes or literal objects of these.
 */
import type { Node } from '../syntax/parse.js';

/** Offset in the text → path from the namespace. */
export function exportsByPlace(program: Node, text: string): Map<number, readonly string[]> {
  const reader = new Reader(text, topLevelDefinitions(program));
  for (const statement of list(program.body)) reader.read(statement);
  return reader.places;
}

class Reader {
  readonly places = new Map<number, readonly string[]>();
  readonly #text: string;
  readonly #definitions: ReadonlyMap<string, Node>;

  constructor(text: string, definitions: ReadonlyMap<string, Node>) {
    this.#text = text;
    this.#definitions = definitions;
  }

  read(statement: Node): void {
    const declaration = child(statement, 'declaration');
    if (statement.type === 'ExportDefaultDeclaration') this.#add(declaration, ['default']);
    if (statement.type !== 'ExportNamedDeclaration' || child(statement, 'source') !== undefined) return;
    if (declaration !== undefined) for (const name of definitionsOf(declaration).keys()) this.#add(this.#definitions.get(name), [name]);
    for (const specifier of list(statement.specifiers)) {
      const local = nameOf(child(specifier, 'local'));
      const exported = nameOf(child(specifier, 'exported'));
      if (local !== undefined && exported !== undefined) this.#add(this.#definitions.get(local), [exported]);
    }
  }

  /** Members are followed as far as `pathTo` follows them in a live namespace. */
  #add(found: Node | undefined, path: readonly string[]): void {
    const node = found?.type === 'Identifier' ? this.#definitions.get(String(found.name)) : found;
    if (node === undefined) return;
    if (isFunction(node)) this.#place(placeOf(node, this.#text), path);
    if (isClass(node)) for (const member of list(child(node, 'body')?.body)) this.#addMember(member, path);
    if (node.type === 'ObjectExpression') for (const member of list(node.properties)) this.#addMember(member, path);
  }

  #addMember(member: Node, path: readonly string[]): void {
    const key = child(member, 'key');
    const isPlain =
      member.computed !== true && (member.kind === 'init' || member.kind === 'method' || member.type === 'PropertyDefinition');
    const name = nameOf(key);
    if (!isPlain || name === undefined) return;
    const isOfInstances = member.type !== 'Property' && member.static !== true;
    if (isOfInstances && member.type === 'PropertyDefinition') return;
    const way = isOfInstances ? [...path, 'prototype', name] : [...path, name];
    const value = child(member, 'value');
    const node = value?.type === 'Identifier' ? this.#definitions.get(String(value.name)) : value;
    if (node !== undefined && isFunction(node)) this.#place(placeOf(node, this.#text), way);
  }

  #place(offset: number, path: readonly string[]): void {
    if (!this.places.has(offset)) this.places.set(offset, path);
  }
}

/** Where V8 says that the function is: an arrow at its first token, a class at its constructor or, without one, at its keyword, all others at their parameters. */
function placeOf(node: Node, text: string): number {
  if (node.type === 'ArrowFunctionExpression') return node.start;
  if (isClass(node)) {
    const maker = list(child(node, 'body')?.body).find(({ kind }) => kind === 'constructor');
    return maker === undefined ? node.start : text.indexOf('(', child(maker, 'key')?.end);
  }
  return text.indexOf('(', child(node, 'id')?.end ?? node.start);
}

function topLevelDefinitions(program: Node): Map<string, Node> {
  const all = new Map<string, Node>();
  for (const statement of list(program.body)) {
    const declaration = statement.type.startsWith('Export') ? child(statement, 'declaration') : statement;
    if (declaration !== undefined) for (const [name, node] of definitionsOf(declaration)) all.set(name, node);
  }
  return all;
}

function definitionsOf(declaration: Node): Map<string, Node> {
  const name = nameOf(child(declaration, 'id'));
  if (name !== undefined) return new Map([[name, declaration]]);
  const constants = declaration.type === 'VariableDeclaration' ? list(declaration.declarations) : [];
  return new Map(
    constants.flatMap((each) => {
      const constant = nameOf(child(each, 'id'));
      const value = child(each, 'init');
      return constant === undefined || value === undefined ? [] : [[constant, value] as const];
    }),
  );
}

function isFunction(node: Node): boolean {
  return functions.has(node.type) || isClass(node);
}

function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

function nameOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return String(node.name);
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function child(node: Node, key: string): Node | undefined {
  return (node[key] as Node | null | undefined) ?? undefined;
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter((each: Node | null) => each !== null) : [];
}

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
