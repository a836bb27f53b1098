/**
 * The program that makes a function again, and its compilation.
 *
 *   (function (supplied…) { "use strict"; let captured…; return [setter, arguments, [ <the user's text> ]]; let dead…; })
 *
 * Everything stands on the line where the text begins, and the column is moved back by what stands before it: lines and columns
 * of stacks and breakpoints are those of the user's file.
 */
import vm from 'node:vm';
import type { RecipeFunction, Slot } from '../protocol.js';

/** One evaluation of a program. */
export interface Instance {
  /** An array or object that holds the function, and nothing else. */
  readonly holder: object;
  setVariables(captures: readonly unknown[]): void;
  readonly outerArguments: ArrayLike<unknown>;
}

export function compileProgram(recipe: RecipeFunction): (supplied: readonly unknown[]) => Instance {
  const { before, after } = program(recipe);
  silenceLoaderWarning();
  if (recipe.sourceMap !== undefined && !mapped.has(recipe.file)) learnSourceMap(recipe.file, recipe.sourceMap);
  const script = new vm.Script(before + recipe.text + after, {
    filename: recipe.file === '' ? `${process.cwd()}/[run-in-executor]` : recipe.file,
    lineOffset: recipe.line,
    columnOffset: recipe.column - before.length,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const make = script.runInThisContext() as (...supplied: unknown[]) => [Instance['setVariables'], ArrayLike<unknown>, object];
  return (supplied) => {
    const [setVariables, outerArguments, holder] = make(...supplied);
    return { setVariables, outerArguments, holder };
  };
}

function program({ text, form, strict, captures, supplied }: RecipeFunction): { before: string; after: string } {
  const values = unused(text, '$values');
  const cells = namesOf(captures, 'cell');
  const [open, close] = brackets(form, strict && cells.length > 0);
  const variables = namesOf(captures, 'variable');
  const dead = namesOf(captures, 'dead zone');
  const before = [
    `(function(${supplied.map(({ name }) => name).join()}){`,
    strict && cells.length === 0 ? '"use strict";' : '',
    variables.length > 0 ? `let ${variables.join()};` : '',
    cells.length > 0 ? inCells(cells, captures, values) : '',
    // With an `arguments` of its own to give away, which the supplied values must not be part of.
    `return(function(){return[(${values})=>{${cells.length > 0 ? `${values}_=${values};` : ''}${assignments(captures, values)}},arguments,${open}`,
  ];
  return { before: before.join(''), after: `\n${close}]})();${dead.length > 0 ? `let ${dead.join()};` : ''}})` };
}

function brackets(form: RecipeFunction['form'], inClass: boolean): readonly [string, string] {
  const [open, close] = form === 'expression' ? ['[', ']'] : ['{', '}'];
  return inClass ? [`class{static 0=${open}`, `${close}}[0]`] : [open, close];
}

/**
 * A shared variable is looked up in an object each time. Only sloppy code may say `with`; strict code may stand inside of it,
 * and a class is always strict.
 */
function inCells(cells: readonly string[], captures: readonly Slot[], values: string): string {
  const accessors = cells.map((name) => {
    const index = captures.findIndex((slot) => slot.to === 'cell' && slot.name === name);
    return `get ${name}(){return ${values}_[${String(index)}].value},set ${name}(v){${values}_[${String(index)}].value=v}`;
  });
  return `let ${values}_;with({__proto__:null,${accessors.join()}})`;
}

function namesOf(captures: readonly Slot[], to: 'variable' | 'dead zone' | 'cell'): string[] {
  return captures.flatMap((slot) => (slot.to === to ? [slot.name] : []));
}

function assignments(captures: readonly Slot[], values: string): string {
  return captures.map((slot, index) => (slot.to === 'variable' ? `${slot.name}=${values}[${String(index)}];` : '')).join('');
}

function unused(text: string, name: string): string {
  return text.includes(name) ? unused(text, `${name}_`) : name;
}

/** Node takes no source maps from `vm`, but from evaluated code that says which file it is. */
function learnSourceMap(file: string, map: string): void {
  mapped.add(file);
  process.setSourceMapsEnabled(true);
  // biome-ignore lint/security/noGlobalEval: the one way in, and it evaluates a zero
  globalThis.eval(`0\n//# sourceURL=${file}\n//# sourceMappingURL=${map}`);
}

/** Node says once a thread that this loader is experimental. It is our choice, not the user's: brought about here, and kept back. */
function silenceLoaderWarning(): void {
  if (silenced) return;
  silenced = true;
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    new vm.Script('import("node:vm")', { importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }).runInThisContext();
  } finally {
    process.emitWarning = emitWarning;
  }
}

const mapped = new Set<string>();
let silenced = false;
