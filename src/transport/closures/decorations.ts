/**
 * Decorators that a compiler applies after a class: `__decorate([IsString()], Dto.prototype, 'name')`. What they do to the class travels
 * with it; what they tell a package's registry (class-validator, class-transformer, reflect-metadata) is known to this process's package
 * alone. So a thread applies those that are imported once more, to the class that it has made, and its own package hears of them.
 *
 * Decorators of the class's own file are left out: what they write down is in variables of that file, which travel.
 */
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { scriptName } from '../inspect/scripts.js';
import type { Supply } from '../protocol.js';
import { type Application, applicationsIn, namesOfClass } from './decorator-calls.js';
import { type Meaning, type Origin, originOf } from './decorator-origins.js';
import { isCompiledFrom, surroundingsOf } from './file.js';
import { type Node, parseFunction } from './parse.js';
import type { Site } from './site.js';
import { usesOf } from './uses.js';

export interface Decorations {
  /** `(Dto)=>{return[[Dto.prototype,"name",0,()=>[IsString()]]]}`: each list is made when the one before it has been applied. */
  readonly text: string;
  /** Variables of the class's file that it uses. */
  readonly names: readonly string[];
  /** Modules that the file requires, and no scope shows any more; imports that a compiler has put behind other statements. */
  readonly supplied: readonly Supply[];
}

/** Undefined for a class without any. Throws Unsendable where the arguments of one cannot be told any more. */
export function decorationsOf(fn: AnyFunction, site: Site, meaningOf: (name: string) => Meaning): Decorations | undefined {
  const { place, original } = site;
  if (place === undefined) return undefined;
  const around = surroundingsOf(place, original) ?? (isCompiledFrom(place, DECORATOR) ? surroundingsOf(place, original, true) : undefined);
  if (around === undefined) return undefined;
  const selves = namesOfClass(around, original);
  const file = { text: around.text, path: scriptName(place.scriptId) };
  const replay = new Replay(fn, file.text, (name) => originOf(name, selves, meaningOf(name), file));
  const lists = [...applicationsIn(around, original, selves)].flatMap((each) => replay.listOf(each) ?? []);
  if (lists.length === 0) return undefined;
  const used = [...replay.used];
  const known = new Set(site.uses.free);
  return {
    text: `(${selves.join()})=>{${used.map(([, origin]) => (origin.from === 'text' ? origin.declaration : '')).join('')}return[${lists.join()}]}`,
    names: used.flatMap(([name, { from }]) => (from === 'scope' && !known.has(name) ? name : [])),
    supplied: used.flatMap(([, origin]) => (origin.from === 'module' ? origin.supply : [])),
  };
}

/** Writes down again what was applied to one class. */
class Replay {
  /** The names in what was written down. */
  readonly used = new Map<string, Origin>();
  readonly #fn: AnyFunction;
  readonly #text: string;
  readonly #find: (name: string) => Origin;
  /** By name: what `#find` found, in the text of a file that may be long. */
  readonly #origins = new Map<string, Origin>();

  constructor(fn: AnyFunction, text: string, find: (name: string) => Origin) {
    this.#fn = fn;
    this.#text = text;
    this.#find = find;
  }

  listOf(application: Application): string | undefined {
    const kept = application.decorators.flatMap((each) => this.#again(each, application) ?? []);
    if (kept.length === 0) return undefined;
    const { self, key, isStatic, isMember } = application;
    return `[${self}${isStatic ? '' : '.prototype'},${key === undefined ? 'void 0' : JSON.stringify(key)},${isMember ? 1 : 0},()=>[${kept.join()}]]`;
  }

  /** The text of a decorator, if the thread is to apply it. */
  #again(decorator: Node, application: Application): string | undefined {
    const [first, second] = (decorator.arguments ?? []) as Node[];
    const root = rootOf(decorator);
    if (root === undefined) return undefined;
    if (first !== undefined && second !== undefined) {
      if (/metadata$/i.test(root) && /^design:/.test(String(first.value))) return this.#metadata(String(first.value), second);
      if (/param$/i.test(root) && typeof first.value === 'number') {
        const inner = this.#again(second, application);
        return inner && `(d=>(t,k)=>d(t,k,${first.value}))(${inner})`;
      }
    }
    const origin = this.#originOf(root);
    if (!('isImport' in origin) || !origin.isImport) return undefined;
    return this.#written(decorator, (name) => this.#refuse(root, name, application));
  }

  /** Types that nothing else leads to are left out: those of a constructor's parameters may be half of the program. */
  #metadata(key: string, type: Node): string | undefined {
    if (Reflect.get(Reflect, 'metadata') === undefined) return undefined;
    const isPlain = this.#freeIn(type).every((name) => ['class', 'global'].includes(this.#originOf(name).from));
    const text = isPlain || key === 'design:type' ? this.#written(type, () => undefined) : undefined;
    return text && `(Reflect.metadata?Reflect.metadata(${JSON.stringify(key)},${text}):()=>{})`;
  }

  /** Undefined where a name of it leads nowhere: then `refuse` has been asked. */
  #written(node: Node, refuse: (name: string) => void): string | undefined {
    const names = this.#freeIn(node);
    const lost = names.find((name) => this.#originOf(name).from === 'nowhere');
    if (lost !== undefined) return void refuse(lost);
    for (const name of names) this.used.set(name, this.#originOf(name));
    return `(${this.#textOf(node)})`;
  }

  #originOf(name: string): Origin {
    let origin = this.#origins.get(name);
    if (origin === undefined) {
      origin = this.#find(name);
      this.#origins.set(name, origin);
    }
    return origin;
  }

  /** A decorator that has changed the member has done what it is for, and that travels; one that has not has told someone. */
  #refuse(decorator: string, name: string, { key, isStatic }: Application): void {
    const home = (isStatic ? this.#fn : this.#fn.prototype) as object;
    const member = key === undefined ? undefined : Object.getOwnPropertyDescriptor(home, key);
    const own = this.#fn.toString();
    const parts = [member?.value as unknown, member?.get, member?.set].filter((part) => typeof part === 'function');
    if (parts.some((part) => !own.includes(Function.prototype.toString.call(part)))) return;
    throw new Unsendable(
      `a class that its file gives to the decorator \`${decorator}\` with \`${name}\`, which cannot be read any more: a thread's copy of the package would not know the class`,
      'declare the class in a module of its own, which threads import',
    );
  }

  #freeIn(node: Node): readonly string[] {
    return usesOf(parseFunction(`()=>(${this.#textOf(node)})`)).free;
  }

  #textOf({ start, end }: Node): string {
    return this.#text.slice(start, end);
  }
}

/** `x` of `x`, `x()`, `x.y()` and `(0, x.y)()`. */
function rootOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name as string;
  if (node?.type === 'CallExpression') return rootOf(node.callee as Node);
  if (node?.type === 'MemberExpression') return rootOf(node.object as Node);
  return node?.type === 'SequenceExpression' ? rootOf((node.expressions as Node[]).at(-1)) : undefined;
}

/** In a file that a compiler has read. Comments have the like behind a star. */
const DECORATOR = /(?:^|[{(;,)])[ \t]*@(?!link)[a-z_$]|decorate/im;
