/** The program of a function that uses private names, as code that the class which has them evaluates inside of itself. */
import { ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { insideOf } from '../inspect/enter-class.js';
import type { RecipeFunction } from '../protocol.js';
import { instanceOf, type Made, type Make, offsets, prepare, program } from './recipe-program.js';

export function compileInside(recipe: RecipeFunction, { name, globals }: NonNullable<RecipeFunction['inside']>): Make {
  prepare(recipe);
  const [amidOwn, amidForeign] = [codeOf(recipe, []), codeOf(recipe, globals)];
  return (supplied, home) => {
    const inside = insideOf(home as AnyFunction, name);
    if (inside === undefined) throw refusal(name, (home as AnyFunction).name || 'a class');
    const { evaluate, isForeign } = inside;
    let make: (...supplied: unknown[]) => Made;
    try {
      make = evaluate(isForeign ? amidForeign : amidOwn) as typeof make;
    } catch (error) {
      // --disallow-code-generation-from-strings
      throw error instanceof EvalError ? refusal(name, (home as AnyFunction).name || 'a class') : error;
    }
    const hidden = isForeign ? globals.map((global) => Reflect.get(globalThis, global) as unknown) : [];
    return instanceOf(recipe, make, [...hidden, ...supplied]);
  };
}

function refusal(name: string, type: string): ValueNotSendableError {
  return new ValueNotSendableError(
    `Cannot send a function that uses the private name #${name} of ${type}: the other thread cannot make it inside of that class; call a method of the class in the function instead`,
    { path: type },
  );
}

function codeOf(recipe: RecipeFunction, hidden: readonly string[]): string {
  const { before, after } = program(recipe, (parameters) => `(function(${[...hidden, ...parameters].join()}){`);
  // A name with spaces in it would be none.
  const name = /^\S+$/.test(recipe.file) ? `\n//# sourceURL=${recipe.file}` : '';
  return `${placed(recipe, before)}${recipe.text}${after}})${name}`;
}

/** Evaluated code begins at the first line: what comes before it is blank. */
function placed(recipe: RecipeFunction, before: string): string {
  const { lineOffset, columnOffset } = offsets(recipe, before);
  if (Math.abs(lineOffset) + Math.abs(columnOffset) > MOST_BLANKS || lineOffset < 0) return before;
  if (columnOffset >= 0) return `${'\n'.repeat(lineOffset)}${' '.repeat(columnOffset)}${before}`;
  return lineOffset === 0 ? before : `${'\n'.repeat(lineOffset - 1)}${before}\n${' '.repeat(recipe.column)}`;
}

/** They are read again for each new class. A guess. */
const MOST_BLANKS = 64 * 1024;
