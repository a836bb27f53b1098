/**
 * The file around a function: what it imports, whether it is strict there, which of its variables never change.
 *
 * The file's text comes from disk if the function still stands in it at its place, which needs no debugger.
 */
import { readFileSync } from 'node:fs';
import { importsAtHead } from '../functions/import-head.js';
import { isTransformedByTestRunner } from '../functions/test-runner.js';
import { listedScript, scriptFile, scriptName, scriptOf } from '../inspect/scripts.js';
import { isTypeScript, offsetIn, sourceOf } from '../inspect/source.js';
import { namePattern } from '../syntax/name-pattern.js';
import { isAround, outlineOf } from '../syntax/outline.js';

export interface Place {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

export interface Import {
  readonly specifier: string;
  /** `default`, `*`, or an export's name. */
  readonly imported: string;
  /** It stands before all other statements, where nothing else reads like it. */
  readonly atHead: boolean;
}

export interface Surroundings {
  readonly scriptId: string;
  readonly text: string;
  /** Where the function begins in it. */
  readonly offset: number;
}

/** Undefined where only the debugger could tell and `evenSlowly` is not asked for. */
export function surroundingsOf(place: Place, fnText: string, evenSlowly = false): Surroundings | undefined {
  // Read only where what was kept does not do: a call may lead to a thousand functions of one long file.
  for (const textFrom of [kept, fromDisk]) {
    const known = evenSlowly && isAsWritten(place, textFrom) ? undefined : textFrom(place);
    const offset = known === undefined ? -1 : startOf(fnText, known, offsetIn(known, scriptOf(place.scriptId), place.line, place.column));
    if (known !== undefined && offset !== -1) return { scriptId: place.scriptId, text: keep(place.scriptId, known), offset };
  }
  if (!evenSlowly) return undefined;
  const script = listedScript(place.scriptId);
  const text = keep(place.scriptId, sourceOf(place.scriptId));
  asCompiled.add(place.scriptId);
  const offset = startOf(fnText, text, offsetIn(text, script, place.line, place.column));
  return offset === -1 ? undefined : { scriptId: place.scriptId, text, offset };
}

/** Node leaves blanks where types were: its functions stand on disk at their places, in a text that no parser of JavaScript reads. */
function isAsWritten({ scriptId }: Place, textFrom: typeof kept): boolean {
  return isTypeScript(scriptName(scriptId)) && !(textFrom === kept && asCompiled.has(scriptId));
}

/** What a module imports, by local names. */
export function importsAround(place: Place, fnText: string): ReadonlyMap<string, Import> {
  const known = imports.get(place.scriptId);
  if (known !== undefined) return known;
  const text = surroundingsOf(place, fnText, true)?.text ?? '';
  const found = new Map([...importsFrom(text, 1), ...importsFrom(text, 0)]);
  imports.set(place.scriptId, found);
  return found;
}

/** From the first import on, those at the head; from the second on, what reads like one. */
function* importsFrom(text: string, first: 0 | 1): Generator<[string, Import]> {
  const starts = first === 0 ? [0] : [...text.matchAll(/^[ \t]*import\b(?!\s*[(.])/gm)].map(({ index }) => index);
  for (const start of starts) {
    for (const { specifier, names } of importsAtHead(text.slice(start))) {
      for (const { imported, local } of names) yield [local, { specifier, imported, atHead: first === 0 }];
    }
  }
}

/** Whether code at `offset` of a script (no module) is strict by a directive or a class around it. */
export function isStrictAt({ scriptId, text, offset }: Surroundings): boolean {
  let strictness = files.get(scriptId);
  if (strictness === undefined) {
    strictness =
      STARTS_STRICT.test(text) || isWrappedStrict(scriptId) || isEvaluatedModule(scriptId, text)
        ? 'strict'
        : /\bclass\b|use strict/.test(text)
          ? 'in parts'
          : 'sloppy';
    files.set(scriptId, strictness);
  }
  if (strictness !== 'in parts') return strictness === 'strict';
  return outlineOf(scriptId, text)?.strict.some((range) => isAround(range, offset)) === true;
}

/** Vite runs all files in strict code, CommonJS too: the text on disk does not have its directive. */
function isWrappedStrict(scriptId: string): boolean {
  return isTransformedByTestRunner(scriptName(scriptId)) && STARTS_STRICT.test(sourceOf(scriptId));
}

/** webpack hands a module to eval() while a program is developed, out of strict code: the module's own text has no directive. */
function isEvaluatedModule(scriptId: string, text: string): boolean {
  return text.includes('__webpack_require__.r(__webpack_exports__)') && scriptFile(scriptId) === undefined;
}

/** Whether a function or class expression around bears the name: scopes do not show it. */
export function isExpressionAround(name: string, { scriptId, text, offset }: Surroundings): boolean {
  const pattern = new RegExp(`\\b(?:function\\s*\\*?|class)\\s+${namePattern(name)}\\b`);
  if (!pattern.test(text)) return false;
  const named = outlineOf(scriptId, text)?.named;
  return named === undefined || named.some((range) => range.name === name && isAround(range, offset));
}

/** Whether what is on disk, which a compiler has made the script of, has something that the pattern finds. */
export function isCompiledFrom(place: Place, pattern: RegExp): boolean {
  return pattern.test(fromDisk(place) ?? '');
}

function kept({ scriptId }: Place): string | undefined {
  return texts.get(scriptId);
}

export function fromDisk({ scriptId }: Place): string | undefined {
  try {
    const file = scriptFile(scriptId);
    return file === undefined ? undefined : readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** The texts of the files that were asked about last: a file's functions are mostly sent in a row. */
function keep(scriptId: string, text: string): string {
  if (texts.get(scriptId) !== text) asCompiled.delete(scriptId);
  texts.delete(scriptId);
  texts.set(scriptId, text);
  if (texts.size > MOST_TEXTS) texts.delete(texts.keys().next().value as string);
  return text;
}

/** V8's place of a function is somewhere in it, by its kind; its text must be found around there. */
function startOf(fnText: string, text: string, inside: number): number {
  if (inside < 0) return -1;
  const from = Math.max(0, inside - fnText.length);
  const start = text.slice(from, inside + fnText.length).lastIndexOf(fnText, inside - from);
  return start === -1 ? -1 : from + start;
}

const texts = new Map<string, string>();
/** Of the scripts whose text is kept, those of which it is V8's. */
const asCompiled = new Set<string>();
const imports = new Map<string, ReadonlyMap<string, Import>>();
const files = new Map<string, 'strict' | 'in parts' | 'sloppy'>();
const MOST_TEXTS = 8;
// A comment ends in one place only: webpack begins files with thousands, and a pattern that could read them in two ways would take for ever.
const STARTS_STRICT = /^(?:#!.*)?(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*['"]use strict['"]/;
