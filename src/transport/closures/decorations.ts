/**
 * Decorators that a compiler applies after a class: `__decorate([IsString()], Dto.prototype, 'name')`. What they do to the class travels
 * with it; what they tell a package's registry (class-validator, class-transformer, reflect-metadata) is known to this process's package
 * alone. So a thread applies those that are imported once more, to the class that it has made, and its own package hears of them. So it does
 * with those that functions of the file make of imported ones.
 *
 * Other decorators of the class's own file are left out: what they write down is in variables of that file, which travel.
 */
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { scriptName } from '../inspect/scripts.js';
import { queueMicrotask } from '../own/own-globals.js';
import type { Supply } from '../protocol.js';
import { type Node, parseFile } from '../syntax/parse.js';
import { type DecoratedClass, decoratedClass } from './decorator-calls.js';
import { type Meaning, originOf } from './decorator-origins.js';
import { Replay } from './decorator-replay.js';
import { isCompiledFrom, type Surroundings, surroundingsOf } from './file.js';
import { registerOf } from './global-registers.js';
import type { Site } from './site.js';

interface Decorations {
  /** `(Dto)=>{return[[Dto,0,"name","legacy",()=>[IsString()]]]}`: each list is made when the one before it has been applied. */
  readonly text: string;
  /** Variables of the class's file that it uses. */
  readonly names: readonly string[];
  /** Modules that the file requires, and no scope shows any more; imports that a compiler has put behind other statements. */
  readonly supplied: readonly Supply[];
}

/** Undefined for a class without any. Throws Unsendable where the arguments of one cannot be told any more. */
export function decorationsOf(fn: AnyFunction, site: Site, meaningOf: (name: string) => Meaning): Decorations | undefined {
  const found = decoratedAt(site);
  if (found === undefined) return undefined;
  const { names: selves, applications, valueIn, file } = found;
  const replay = new Replay(fn, file.text, (name) => originOf(name, selves, meaningOf(name), { ...file, valueIn }));
  const self = selves[0] ?? '_';
  const lists = applications.flatMap((each) => replay.listOf(each, self) ?? []);
  const register = lists.length === 0 && replay.leftOut ? registerOf(fn) : undefined;
  if (register !== undefined) throw unknownThere(register);
  if (lists.length === 0) return undefined;
  const used = [...replay.used];
  const known = new Set(site.uses.free);
  const parameters = selves.length === 0 ? self : selves.join();
  return {
    text: `(${parameters})=>{${used.map(([, origin]) => (origin.from === 'text' ? origin.declaration : '')).join('')}return[${lists.join()}]}`,
    names: used.flatMap(([name, { from }]) => (from === 'scope' && !known.has(name) ? name : [])),
    supplied: used.flatMap(([name, origin]) => (origin.from === 'module' && !known.has(name) ? origin.supply : [])),
  };
}

function unknownThere(register: string): Unsendable {
  return new Unsendable(
    `a class that is known to \`globalThis.${register}\`, where a package that is bundled into the program has put it: a thread would not know the class`,
    'leave the package out of the bundle (external), or declare the class in a module of its own, which threads import',
  );
}

/** Whether a function is a class of an older kind, which its file gives to decorators. */
export function isDecorated(site: Site): boolean {
  return site.parsed.node.type === 'FunctionExpression' && decoratedAt(site) !== undefined;
}

interface Found extends DecoratedClass {
  readonly file: { readonly text: string; readonly path: string };
}

function decoratedAt(site: Site): Found | undefined {
  if (!known.has(site)) known.set(site, find(site));
  return known.get(site);
}

function find({ place, original }: Site): Found | undefined {
  if (place === undefined) return undefined;
  const around = surroundingsOf(place, original) ?? (isCompiledFrom(place, DECORATOR) ? surroundingsOf(place, original, true) : undefined);
  if (around === undefined || around.text.length > LONGEST_READ || !mayBeDecorated(around, original)) return undefined;
  const program = treeOf(around.text);
  const found = program && decoratedClass(program, around.offset, around.offset + original.length);
  return found && { ...found, file: { text: around.text, path: scriptName(place.scriptId) } };
}

/** A look at the text that spares most files the parser. */
function mayBeDecorated({ text, offset }: Surroundings, original: string): boolean {
  if (!original.startsWith('class')) return APPLIED.test(text.slice(offset + original.length));
  return APPLIED.test(text) || STANDARD.test(text);
}

/** Of the file that was asked about last, until the turn ends. */
function treeOf(text: string): Node | undefined {
  if (last?.text === text) return last.program;
  if (last === undefined) queueMicrotask(() => (last = undefined));
  last = { text, program: parseFile(text, true) ?? parseFile(text, false) };
  return last.program;
}

let last: { readonly text: string; readonly program: Node | undefined } | undefined;
const known = new WeakMap<Site, Found | undefined>();
/** In a file that a compiler has read. Comments have the like behind a star. */
const DECORATOR = /(?:^|[{(;,)])[ \t]*@(?!link)[a-z_$]|decorate/im;
/** `…], Dto.prototype, "name"`, `Dto = __decorate([…`, `(_class.prototype, "name", [_dec]`. */
const APPLIED = /\]\s*,\s*[\w$]+\.prototype\s*,\s*["']|=\s*[\w$.]*(?:\(0,\s*[\w$.]+\))?\(\s*\[|\.prototype\s*,\s*["'][^"'\n]*["']\s*,\s*\[/;
/** TypeScript's, esbuild's, Babel's and SWC's, under whatever names. */
const STANDARD =
  /kind:\s*["'](?:class|field|method|getter|setter|accessor)["']\s*,\s*name:|\(\w+,\s*\d+,\s*["'][^"'\n]*["'],\s*\w+,\s*[\w$]+[,)]|\(\s*this,\s*\[/;
/** Characters: parsing takes 0.1 to 0.2 s a million. A guess. */
const LONGEST_READ = 8 * 1024 * 1024;
