/**
 * What of a file's syntax matters to the functions in it: which parts are strict, and which function and class expressions bear a name.
 * Some numbers, kept once a script: a call may lead to hundreds of functions of one file, and its tree is too large to be kept.
 */
import { childrenOf, type Node, parseFile } from './parse.js';

interface Outline {
  readonly strict: readonly Range[];
  readonly named: readonly (Range & { readonly name: string })[];
}

/** Undefined where the file is too long to parse, or cannot be. */
export function outlineOf(scriptId: string, text: string): Outline | undefined {
  let outline = outlines.get(scriptId);
  if (outline === undefined) {
    outline = draw(text);
    outlines.set(scriptId, outline);
  }
  return outline ?? undefined;
}

/** What begins at `offset` is not around it. */
export function isAround({ start, end }: Range, offset: number): boolean {
  return start < offset && offset < end;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function draw(text: string): Outline | null {
  if (text.length > LONGEST_PARSED) return null;
  const program = parseFile(text, false) ?? parseFile(text, true);
  if (program === undefined) return null;
  const outline = { strict: [], named: [] };
  collect(program, outline);
  return outline;
}

function collect(node: Node, outline: { strict: Range[]; named: (Range & { name: string })[] }): void {
  const { type, start, end } = node;
  if (type.startsWith('Class') || hasDirective(node)) outline.strict.push({ start: type === 'Program' ? -1 : start, end });
  const name = /^(?:Function|Class)Expression$/.test(type) ? (node.id as { name: string } | null)?.name : undefined;
  if (name !== undefined) outline.named.push({ start, end, name });
  for (const child of childrenOf(node)) collect(child, outline);
}

function hasDirective(node: Node): boolean {
  const body = node.type === 'Program' || node.type === 'BlockStatement' ? (node.body as Node[]) : [];
  return body.some((statement) => statement.directive === 'use strict');
}

const outlines = new Map<string, Outline | null>();
/** Characters: parsing takes 0.1 to 0.2 s a million, and longer files are bundles. A guess. */
export const LONGEST_PARSED = 256 * 1024;
