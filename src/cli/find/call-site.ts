/**
 * Where a function calls another, and how that line would read. The profile tells who called, not where: so the caller's tree is asked.
 */
import { tokenizer } from 'acorn';
import { nameOf, namesIn, type Wanted } from './aliases.js';
import { offsetOf, type Place } from './offsets.js';
import type { Call, Rewrite } from './rewrites.js';
import { type Caller, isFunction, isModuleAt, ownNodes } from './syntax.js';
import { toBeChanged } from './waiting.js';

/** The lines to change, before and after: mostly one. */
export interface Change {
  readonly file: string;
  readonly line: number;
  /** Further lines of the same function that call it, too. */
  readonly also: readonly number[];
  readonly before: string;
  readonly after: string;
  /** What the changed line needs at the head of its file. */
  readonly imports: readonly string[];
  /** The function that the line stands in waits for nothing yet. */
  readonly needsAsync: boolean;
  /** Where that is, in words: 'a function that has to become async', 'a callback of map(): …'. */
  readonly within: string | undefined;
}

/** The text in which V8's positions count, and the one that the user wrote, in which the line is. */
export interface Texts {
  readonly url: string;
  readonly file: string;
  /** From a place in what V8 ran to one in `source`; undefined where nobody knows. */
  original(place: number): Place | undefined;
  readonly source: string;
}

/** The call of one of `wanted` in the caller itself. Undefined where none is found beyond doubt. */
export function changedCall(
  caller: Caller,
  wanted: Wanted,
  { url, file, original, source }: Texts,
  rewrite: (call: Call) => Rewrite | undefined,
): Change | undefined {
  const names = namesIn(caller.program, wanted, url);
  const spans = callsIn(caller, names).flatMap(({ start, name }) => {
    const place = original(start);
    const span = place && spanAt(source, offsetOf(source, place), name, names);
    return span === undefined ? [] : [{ ...span, name }];
  });
  const [first, ...others] = spans;
  if (first === undefined) return undefined;
  const { start, open, close } = first;
  const callee = source.slice(start, open).trim();
  const rewritten = rewrite({ callee, args: source.slice(open + 1, close), name: first.name });
  if (rewritten === undefined) return undefined;
  const isModule = isModuleAt(caller.program, url);
  const within = toBeChanged(caller, isModule);
  const line = lineOf(source, start);
  return {
    file,
    line,
    also: [...new Set(others.map((span) => lineOf(source, span.start)))].filter((other) => other !== line),
    ...edited(source, first, rewritten),
    imports: rewritten.imports.map(([name, from]) =>
      isModule || /^\s*(import|export)\b/m.test(source) ? `import { ${name} } from '${from}';` : `const { ${name} } = require('${from}');`,
    ),
    needsAsync: within !== undefined,
    within,
  };
}

function callsIn({ node }: Caller, names: ReadonlyMap<string, string>): { start: number; name: string }[] {
  const calls: { start: number; name: string; isDefault: boolean }[] = [];
  const body = isFunction(node) ? node.body : node;
  for (const { node: call } of [{ node: body }, ...ownNodes(body)]) {
    if (call.type !== 'CallExpression') continue;
    // Compilers write `(0, module.fn)(…)`.
    const callee = call.callee.type === 'SequenceExpression' ? (call.callee.expressions.at(-1) ?? call.callee) : call.callee;
    const called = nameOf(callee.type === 'MemberExpression' && !callee.computed ? callee.property : callee);
    const name = names.get(called);
    if (name !== undefined) calls.push({ start: call.start, name, isDefault: false });
    else if (called === 'default' && callee.type === 'MemberExpression')
      calls.push({ start: call.start, name: [...names.values()][0] ?? '', isDefault: true });
  }
  const named = calls.filter(({ isDefault }) => !isDefault);
  return (named.length > 0 || calls.length > 1 ? named : calls).sort((a, b) => a.start - b.start);
}

interface Span {
  readonly start: number;
  readonly open: number;
  readonly close: number;
}

/** By the tokens: the user's text may be TypeScript, of which there is no tree. */
function spanAt(source: string, offset: number, name: string, names: ReadonlyMap<string, string>): Span | undefined {
  // Not every map knows where the call itself begins; it does know its line.
  const near = source.slice(offset, offset + NEAR);
  for (const [text, callee = ''] of [CALLEE.exec(near) ?? [], ...near.matchAll(ANY_CALLEE)]) {
    const last = /#?([\w$]+)!?$/.exec(callee)?.[1];
    if (text === undefined || last === undefined || !(names.has(last) || isAlias(source, name, last))) continue;
    const start = offset + near.indexOf(text);
    const open = start + text.length - 1;
    const close = closing(source, open);
    return close === undefined ? undefined : { start, open, close };
  }
  return undefined;
}

/** Compilers write the names of imports out: in what the user wrote they are others. */
function isAlias(source: string, name: string, last: string): boolean {
  return new RegExp(String.raw`\b${name}\s*(?:as|:)\s*${last}\b|\bimport\s+${last}\b`.replaceAll('$', String.raw`\$`)).test(source);
}

const CHAIN = String.raw`((?:[\w$]+(?:\?\.|!?\.))*#?[\w$]+!?)\s*(?:<[^()]*>)?\(`;
const CALLEE = new RegExp(`^${CHAIN}`);
const ANY_CALLEE = new RegExp(String.raw`(?<![\w$.#])${CHAIN}`, 'g');
const NEAR = 200;

/** The offset of the parenthesis that closes the one at `open`. */
function closing(source: string, open: number): number | undefined {
  let depth = 0;
  try {
    for (const { type, start } of tokenizer(source.slice(open), { ecmaVersion: 'latest' })) {
      if (/^(\(|\[|\{|\$\{)$/.test(type.label)) depth++;
      else if (/^[)\]}]$/.test(type.label) && --depth === 0) return open + start;
    }
  } catch {
    // What only TypeScript knows, such as a decorator: no line is better than a wrong one.
  }
  return undefined;
}

function edited(source: string, { start, close }: Span, { text }: Rewrite): Pick<Change, 'before' | 'after'> {
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const end = source.indexOf('\n', close);
  const to = end === -1 ? source.length : end;
  const before = source.slice(from, start).replace(/\bawait\s+$/, '');
  const rest = source.slice(close + 1, to);
  const binds = /^\s*(\.(?!\.)|\?\.|\[|\(|`|\*\*|!(?!=))/.test(source.slice(close + 1)) && text.startsWith('await');
  return { before: outdented(source.slice(from, to)), after: outdented(before + (binds ? `(${text})` : text) + rest) };
}

/** Without the indentation that all lines share. */
function outdented(text: string): string {
  const lines = text.trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
