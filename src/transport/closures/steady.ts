/**
 * Which captured variables can never change: reading them once is enough. (The objects in them may change, and are copied at each call.)
 *
 * Only the whole file tells, and parsing it costs as much as some hundred reads: it is parsed when that many have been paid for, by one
 * function of it or by many.
 */
import type * as EslintScope from 'eslint-scope';
import { queueMicrotask } from '../own/own-globals.js';
import { ownRequire } from '../own/own-require.js';
import { namePattern } from '../syntax/name-pattern.js';
import { LONGEST_PARSED } from '../syntax/outline.js';
import { type Node, parseFile } from '../syntax/parse.js';
import { type Surroundings, surroundingsOf } from './file.js';
import type { Site, SteadyNames } from './site.js';

/** Undefined: not known, or not yet. Call it once a read. */
export function steadyNames(site: Site): SteadyNames | undefined {
  const { place, original, reading } = site;
  if (reading.steady !== undefined || place === undefined) return reading.steady;
  const reads = (readsOf.get(place.scriptId) ?? 0) + 1;
  readsOf.set(place.scriptId, reads);
  if (++reading.times < 2 || (reads < reading.worthwhile && !ranges.has(place.scriptId))) return undefined;
  const surroundings = surroundingsOf(place, original);
  if (surroundings === undefined) {
    reading.steady = new Map();
    return reading.steady;
  }
  reading.worthwhile = surroundings.text.length / CHARACTERS_PER_READ;
  if (reads < reading.worthwhile && !ranges.has(place.scriptId)) return undefined;
  reading.steady = steadyAt(rangesOf(surroundings), surroundings.offset, site.uses.free);
  return reading.steady;
}

function steadyAt(around: readonly Range[], offset: number, names: readonly string[]): SteadyNames {
  const found = new Map<string, 'always' | 'once set'>();
  const outwards = around.filter((range) => range.start < offset && offset < range.end).reverse();
  for (const name of names) {
    const how = outwards.find(({ variables }) => variables.has(name))?.variables.get(name);
    if (how !== undefined) found.set(name, how);
  }
  return found;
}

/** Kept for the files that were parsed last: names, where the tree is a hundred times as large as the text. */
function rangesOf({ scriptId, text }: Surroundings): readonly Range[] {
  const known = ranges.get(scriptId);
  if (known !== undefined) return known;
  readsOf.delete(scriptId);
  const read = analyseFile(text)
    .filter(({ set }) => set.size > 0)
    .map(rangeOf);
  ranges.set(scriptId, read);
  if (ranges.size > MOST_FILES) ranges.delete(ranges.keys().next().value as string);
  return read;
}

function rangeOf(scope: EslintScope.Scope): Range {
  const [start, end] = scope.block.type === 'Program' ? [-1, Number.POSITIVE_INFINITY] : (scope.block.range as [number, number]);
  return { start, end, variables: new Map([...scope.set].map(([name, variable]) => [name, howSteady(variable)])) };
}

function howSteady(variable: EslintScope.Variable): 'always' | 'once set' | undefined {
  if (!isSteady(variable)) return undefined;
  return variable.defs[0]?.type === 'Parameter' || variable.defs[0]?.type === 'FunctionName' ? 'always' : 'once set';
}

/** What lies in it sees its variables. What begins at `start` is not in it. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly variables: ReadonlyMap<string, 'always' | 'once set' | undefined>;
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
  const mayBe = [...uses.assigned].filter((name) => new RegExp(`\\b(?:const|import)\\b[^;]{0,300}?${namePattern(name)}`).test(text));
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

function isSteady({ defs, references, scope }: EslintScope.Variable): boolean {
  const [def] = defs;
  if (def === undefined || defs.length > 1) return false;
  // A `var` in a loop is initialised again and again.
  if (
    def.type === 'Variable' &&
    isVar(def.parent as unknown as Node | null) &&
    !isStatementOf(scope.block as Node, def.parent as unknown as Node)
  )
    return false;
  return references.every((reference) => !reference.isWrite() || reference.init === true) && !mayChangeUnnamed(scope, def.type);
}

function isVar(declaration: Node | null): boolean {
  return declaration?.kind === 'var';
}

/** It runs once each time that the scope is entered. */
function isStatementOf({ body }: Node, declaration: Node): boolean {
  const statements = (Array.isArray(body) ? body : ((body as Node | undefined)?.body ?? [])) as readonly Node[];
  return Array.isArray(statements) && statements.some((each) => each === declaration || each.declaration === declaration);
}

/** Code that can change variables that it does not name: `eval`, `with`, and `arguments` of a sloppy function. */
function mayChangeUnnamed(scope: EslintScope.Scope, kind: string): boolean {
  const isSloppy = kind === 'Parameter' && !scope.isStrict;
  return hasDynamicCode(scope) || (isSloppy && (scope.set.get('arguments')?.references.length ?? 0) > 0);
}

function hasDynamicCode(scope: EslintScope.Scope): boolean {
  let answer = dynamic.get(scope);
  if (answer === undefined) {
    answer =
      (scope.type as string) === 'with' ||
      scope.references.some(({ identifier }) => (identifier as { name?: string }).name === 'eval') ||
      scope.childScopes.some(hasDynamicCode);
    dynamic.set(scope, answer);
  }
  return answer;
}

const ranges = new Map<string, readonly Range[]>();
/** A program's closures come from few files at a time. A guess. */
const MOST_FILES = 8;
const dynamic = new WeakMap<EslintScope.Scope, boolean>();
/** Of functions of the script that may be steady, since it was last parsed for them. */
const readsOf = new Map<string, number>();
let last: { readonly text: string; readonly scopes: readonly EslintScope.Scope[] } | undefined;
const none: ReadonlySet<string> = new Set();
/** A read takes about 60 µs, parsing and analysing a file 0.4 µs a character. */
const CHARACTERS_PER_READ = 150;
