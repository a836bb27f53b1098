/**
 * Which captured variables can never change: reading them once is enough. (The objects in them may change, and are copied at each call.)
 *
 * Only the whole file tells, and parsing it costs as much as some hundred reads: it is parsed when that many have been paid for.
 */
import type * as EslintScope from 'eslint-scope';
import { queueMicrotask } from '../own-globals.js';
import { ownRequire } from '../own-require.js';
import { surroundingsOf } from './file.js';
import { LONGEST_PARSED } from './outline.js';
import { type Node, parseFile } from './parse.js';
import type { Site } from './site.js';

/** Undefined: not known, or not yet. Call it once a read. */
export function steadyNames(site: Site): ReadonlySet<string> | undefined {
  const { place, original, reading } = site;
  if (reading.steady !== undefined || place === undefined) return reading.steady;
  if (++reading.times < reading.worthwhile) return undefined;
  const surroundings = surroundingsOf(place, original);
  reading.steady = none;
  if (surroundings === undefined || DYNAMIC.test(surroundings.text)) return none;
  const worthwhile = surroundings.text.length / CHARACTERS_PER_READ;
  if (reading.times < worthwhile) {
    reading.worthwhile = worthwhile;
    reading.steady = undefined;
    return undefined;
  }
  reading.steady = analyse(surroundings.text, surroundings.offset, site.uses.free, isSteady);
  return reading.steady;
}

/** Whether the site's function assigns to a constant, or an import, of this name: that is an error, which it may rely on. Looked up once. */
export function isAssignedConstant(site: Site, name: string): boolean {
  if (!site.uses.assigned.has(name)) return false;
  site.constants ??= constantsOf(site);
  return site.constants.has(name);
}

function constantsOf({ place, original, uses }: Site): ReadonlySet<string> {
  const surroundings = place && surroundingsOf(place, original, true);
  if (surroundings === undefined || surroundings.text.length > LONGEST_PARSED) return none;
  const { text, offset } = surroundings;
  const mayBe = [...uses.assigned].filter((name) =>
    new RegExp(`\\b(?:const|import)\\b[^;]{0,300}?${name.replaceAll('$', '\\$')}`).test(text),
  );
  return mayBe.length === 0 ? none : analyse(text, offset, mayBe, isConstant);
}

/** Those of the names that the file itself declares around `offset`. */
export function declaredAround(text: string, offset: number, names: readonly string[]): ReadonlySet<string> {
  return text.length > LONGEST_PARSED ? none : analyse(text, offset, names, () => true);
}

function analyse(
  text: string,
  offset: number,
  names: readonly string[],
  is: (variable: EslintScope.Variable) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  const innermost = scopeAt(text, offset);
  for (const name of names) {
    for (let scope = innermost; scope; scope = scope.upper) {
      const variable = scope.set.get(name);
      if (variable === undefined) continue;
      if (is(variable)) found.add(name);
      break;
    }
  }
  return found;
}

function isConstant({ defs: [def] }: EslintScope.Variable): boolean {
  return def?.type === 'ImportBinding' || (def?.type === 'Variable' && (def.parent as { kind?: string } | null)?.kind === 'const');
}

/** The scope that the function stands in: the innermost that begins before it and ends after it. */
function scopeAt(text: string, offset: number): EslintScope.Scope | null {
  let innermost: EslintScope.Scope | null = null;
  for (const scope of scopesIn(text)) {
    const [start, end] = scope.block.range as [number, number];
    // The function's own scopes begin where it does, and are not around it.
    if ((start < offset || scope.block.type === 'Program') && offset < end) innermost = scope;
  }
  return innermost;
}

/** Of the file that was asked about last, until the turn ends: many functions of one bundle go in one call, and a tree is a hundred times as large as its text. */
function scopesIn(text: string): readonly EslintScope.Scope[] {
  if (last?.text === text) return last.scopes;
  if (last === undefined) queueMicrotask(forget);
  last = { text, scopes: analyseFile(text) };
  return last.scopes;
}

function forget(): void {
  last = undefined;
}

function analyseFile(text: string): readonly EslintScope.Scope[] {
  const looksLikeModule = /^\s*(?:import|export)\b/m.test(text);
  const program = parseFile(text, looksLikeModule) ?? parseFile(text, !looksLikeModule);
  if (program === undefined) return [];
  // Minified, a module may have all on one line, its imports in the middle.
  const isModule = looksLikeModule || (program.body as Node[]).some(({ type }) => /^(?:Import|Export)\w*Declaration$/.test(type));
  const { analyze } = ownRequire('eslint-scope') as typeof EslintScope;
  return analyze(program as never, { ecmaVersion: 2022, sourceType: isModule ? 'module' : 'script', ignoreEval: true }).scopes;
}

function isSteady({ defs, references }: EslintScope.Variable): boolean {
  const [def] = defs;
  if (def === undefined || defs.length > 1) return false;
  // A `var` in a loop is initialised again and again.
  if (def.type === 'Variable' && (def.parent as { kind?: string } | null)?.kind === 'var') return false;
  return references.every((reference) => !reference.isWrite() || reference.init === true);
}

let last: { readonly text: string; readonly scopes: readonly EslintScope.Scope[] } | undefined;
const none: ReadonlySet<string> = new Set();
/** Code that can change variables that it does not name. */
const DYNAMIC = /\beval\s*\(|\bwith\s*\(|\barguments\s*\[/;
/** A read takes about 60 µs, parsing and analysing a file 0.4 µs a character. */
const CHARACTERS_PER_READ = 150;
