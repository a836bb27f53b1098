/**
 * The program that makes a function again, and its compilation.
 *
 *   function (supplied…, captured…) { "use strict"; return [{ setter }, arguments, [ <the user's text> ]]; let dead…; }
 *
 * All of it stands on the line where the text begins, and the column is moved back by what stands before it: lines and columns
 * of stacks and breakpoints are those of the user's file.
 *
 * Coverage counts characters, and adds up what it finds at the same ones; a debugger maps places by the source map of the script.
 * For these the text stands where it stands in the user's file, amid as many spaces and line breaks as lie before and behind it
 * there. The spaces are in a branch that is never taken, so that they add nothing to what the file itself counts.
 */
import vm from 'node:vm';
import type { AnyFunction } from '../any-function.js';
import type { Evaluate } from '../inspect/enter-class.js';
import type { RecipeFunction, Slot } from '../protocol.js';
import type { Decorate } from './decorate.js';

/** One evaluation of a program. */
export interface Instance {
  /** The function, or an array or object that holds it and nothing else. */
  readonly holder: object;
  setVariables(captures: readonly unknown[]): void;
  readonly decorations: Decorate | undefined;
  /** What an arrow takes for `arguments`; undefined where it takes none. */
  readonly outerArguments: IArguments | undefined;
  /** Of a class that others may be made inside of. */
  readonly evaluate: Evaluate | undefined;
}

export type Make = (supplied: readonly unknown[], home?: AnyFunction) => Instance;

export function compileProgram(recipe: RecipeFunction): Make {
  const { parameters, before, after } = program(recipe);
  prepare(recipe);
  const make = vm.compileFunction(before + recipe.text + after, parameters, {
    filename: recipe.file === '' ? `${process.cwd()}/[run-in-executor]` : recipe.file,
    ...offsets(recipe, before),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as unknown as (...supplied: unknown[]) => Made;
  return (supplied) => instanceOf(recipe, make, supplied);
}

/** What a program needs to have its source map, and its `import()`. */
export function prepare({ sourceMap, file }: RecipeFunction): void {
  silenceLoaderWarning();
  if (sourceMap !== undefined && !mapped.has(file)) learnSourceMap(file, sourceMap);
}

export function instanceOf({ entry }: RecipeFunction, make: (...supplied: unknown[]) => Made, supplied: readonly unknown[]): Instance {
  const inside: { evaluate?: Evaluate } = {};
  const [{ '': setVariables }, outerArguments, holder, decorations] = entry === undefined ? make(...supplied) : make(...supplied, inside);
  if (outerArguments !== undefined) empty(outerArguments);
  return { setVariables, outerArguments, holder, decorations, evaluate: inside.evaluate };
}

export type Made = readonly [
  { '': Instance['setVariables'] },
  outerArguments: IArguments | undefined,
  holder: object,
  decorations: Decorate | undefined,
];

/** What is supplied came as arguments, and is not to be seen as such. */
function empty(args: IArguments): void {
  for (let i = 0; i < args.length; i++) Reflect.deleteProperty(args, i);
  args.length = 0;
}

export function offsets({ line, column }: RecipeFunction, before: string): { lineOffset: number; columnOffset: number } {
  const lines = before.split('\n');
  return { lineOffset: line - (lines.length - 1), columnOffset: lines.length === 1 ? column - before.length : 0 };
}

export interface Program {
  readonly parameters: string[];
  readonly before: string;
  readonly after: string;
}

/** `headOf`: what comes before it, of its parameters. */
export function program(recipe: RecipeFunction, headOf = (_: readonly string[]): string => ''): Program {
  const { text, strict, captures, supplied, decorations = '', entry } = recipe;
  const values = unused(text + decorations, '$');
  const never = `${values}0`;
  const cells = [...namesOf(captures, 'cell'), ...namesOf(captures, 'constant')];
  const variables = namesOf(captures, 'variable');
  const [open, close] = brackets(recipe, strict && cells.length > 0);
  const parameters = [
    ...supplied.map(({ name }, i) => (isAstral(name) ? `${values}s${i}` : name)),
    ...(entry === undefined ? [] : [entry]),
    ...variables.filter((name) => !isAstral(name)),
    never,
  ];
  const before = [
    headOf(parameters),
    strict && cells.length === 0 ? '"use strict";' : '',
    variables
      .filter(isAstral)
      .map((name) => `let ${name};`)
      .join(''),
    supplied.map(({ name }, i) => (isAstral(name) ? `let ${name}=${values}s${i};` : '')).join(''),
    cells.length > 0 ? inCells(captures, values) : '',
    // Without a name: coverage would list it among the user's functions.
    `return[{""(${values}){${cells.length > 0 ? `${values}_=${values};` : ''}${assignments(captures, values)}}},`,
    captures.some(({ to }) => to === 'arguments') ? 'arguments,' : 'void 0,',
  ].join('');
  const dead = namesOf(captures, 'dead zone');
  const end = `${close}${decorations === '' ? '' : `,${decorations}`}]${dead.length > 0 ? `;let ${dead.join()}` : ''}`;
  return {
    parameters,
    before: `${before}${spacesBefore(recipe, before.length, never, open)}`,
    after: `${end}${spacesAfter(recipe, end.length)}`,
  };
}

/** None where there is no room: of a function in the first 50 characters of a file, coverage is not exact. */
function spacesBefore({ script, line, column }: RecipeFunction, taken: number, never: string, bracket: string): string {
  if (script === undefined) return bracket;
  const open = `${never}?`;
  const close = `0:${bracket}`;
  const breaks = '\n'.repeat(line);
  const isClose = column < close.length;
  const end =
    line > 0 && isClose
      ? `${breaks.slice(1)}${close}\n${' '.repeat(column)}`
      : `${breaks}${' '.repeat(line > 0 ? column - close.length : 0)}${close}`;
  const room = script.offset - taken - open.length - end.length;
  return room < 0 ? bracket : `${open}${' '.repeat(room)}${end}`;
}

/** Where nothing follows a `return`, V8 counts the spaces behind it as the function's. */
function spacesAfter({ script, text }: RecipeFunction, taken: number): string {
  if (script === undefined) return '';
  if (script.sourceMap !== undefined) return `\n//# sourceMappingURL=${script.sourceMap}`;
  const [open, close] = [';', '0'];
  const room = script.length - script.offset - text.length - taken - open.length - close.length;
  return room < 0 ? '' : `${open}${' '.repeat(room)}${close}`;
}

/**
 * A property's name becomes the function's, for stacks and coverage, where the text does not name it. As few characters as can be:
 * they count as code that ran.
 */
function brackets({ form, name, text }: RecipeFunction, inClass: boolean): readonly [string, string] {
  const isNamed = /^(?:async\s+)?(?:function\s*\*?|class)\s+(?!extends\b)[\w$]/.test(text);
  const open = form === 'member' ? '{' : isNamed ? '' : name === '' || name === '__proto__' ? '[' : `{${JSON.stringify(name)}:`;
  const close = open === '' ? '' : open === '[' ? ']' : '}';
  return inClass ? [`class{static 0=${open}`, `${close}}[0]`] : [open, close];
}

/**
 * A shared variable, and a constant that is assigned to, are looked up in an object each time. Only sloppy code may say `with`; strict code may stand inside of it,
 * and a class is always strict.
 */
function inCells(captures: readonly Slot[], values: string): string {
  const accessors = captures.flatMap((slot, index) => {
    const value = `${values}_[${String(index)}]`;
    if (slot.to === 'cell') return [`get ${slot.name}(){return ${value}.value},set ${slot.name}(v){${value}.value=v}`];
    return slot.to === 'constant' ? [`get ${slot.name}(){return ${value}},set ${slot.name}(v){${CONSTANT}}`] : [];
  });
  return `let ${values}_;with({__proto__:null,${accessors.join()}})`;
}

/** In V8's words. */
const CONSTANT = 'throw new TypeError("Assignment to constant variable.")';

/** Beyond the first 65,536 characters: V8 ends the process over such a name among the parameters (Node 20). */
function isAstral(name: string): boolean {
  return /[\ud800-\udfff]/.test(name);
}

function namesOf(captures: readonly Slot[], to: 'variable' | 'dead zone' | 'cell' | 'constant'): string[] {
  return captures.flatMap((slot) => (slot.to === to ? [slot.name] : []));
}

function assignments(captures: readonly Slot[], values: string): string {
  return captures.map((slot, index) => (slot.to === 'variable' ? `${slot.name}=${values}[${String(index)}];` : '')).join('');
}

function unused(text: string, name: string): string {
  return text.includes(name) ? unused(text, `${name}_`) : name;
}

/**
 * Node takes no source maps from `vm`, but from evaluated code that says which file it is. It looks before V8 does: code that is
 * none leaves no script behind that coverage would count as the file's.
 */
function learnSourceMap(file: string, map: string): void {
  mapped.add(file);
  process.setSourceMapsEnabled(true);
  try {
    // biome-ignore lint/security/noGlobalEval: the one way in, and nothing is evaluated
    globalThis.eval(`)\n//# sourceURL=${file}\n//# sourceMappingURL=${map}`);
  } catch {
    // As intended.
  }
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
