/** Writes down again, for a thread, what was applied to one class. */
import type { AnyFunction } from '../any-function.js';
import { Unsendable } from '../described.js';
import { type Node, parseFunction } from '../syntax/parse.js';
import { usesOf } from '../syntax/uses.js';
import type { Application } from './decorator-calls.js';
import type { Origin } from './decorator-origins.js';

export class Replay {
  /** The names in what was written down; those that others need come first. */
  readonly used = new Map<string, Origin>();
  /** Some decorators are no imported ones. */
  leftOut = false;
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

  listOf(application: Application, self: string): string | undefined {
    const kept = application.decorators.flatMap((each) => this.#again(each, application) ?? []);
    if (kept.length === 0) return undefined;
    const { key, isStatic, kind } = application;
    return `[${self},${isStatic ? 1 : 0},${key === undefined ? 'void 0' : JSON.stringify(key)},"${kind}",()=>[${kept.join()}]]`;
  }

  /** The text of a decorator, if the thread is to apply it. */
  #again(decorator: Node, application: Application): string | undefined {
    const [first, second] = (decorator.arguments ?? []) as Node[];
    if (first !== undefined && second !== undefined && decorator.type === 'CallExpression') {
      if (/^design:/.test(String(first.value))) return this.#metadata(String(first.value), second);
      // TypeScript's `__param(0, At('word'))`.
      if (typeof first.value === 'number' && /Call|Identifier|Function/.test(second.type) && this.#isHelper(decorator)) {
        const inner = this.#again(second, application);
        return inner && `(d=>(t,k)=>d(t,k,${first.value}))(${inner})`;
      }
    }
    const teller = /Function/.test(decorator.type) ? decorator : rootOf(decorator);
    const tellers = teller === undefined ? [] : this.#freeIn(teller);
    if (teller === undefined || !tellers.some((name) => this.#tells(name))) {
      this.leftOut = true;
      return undefined;
    }
    const refuse = (name: string): void => this.#refuse(this.#textOf(teller), name, application);
    const kept = tellers.map((name) => this.#keptBy(name)).find((name) => name !== undefined);
    return kept === undefined ? this.#written(decorator, refuse) : void refuse(kept);
  }

  /** A compiler's own, and none that the program imports. */
  #isHelper(decorator: Node): boolean {
    const root = rootOf(decorator);
    const origin = root && this.#originOf(root.name as string);
    return (
      /param$/i.test(String(root?.name)) ||
      (origin?.from === 'module' && 'specifier' in origin.supply && /helpers?\b/.test(origin.supply.specifier)) ||
      origin?.from === 'nowhere'
    );
  }

  /** Whether it leads to what a package exports: that may keep a register. */
  #tells(name: string, on: readonly string[] = []): boolean {
    if (on.includes(name)) return false;
    if (name === 'Reflect') return Reflect.get(Reflect, 'metadata') !== undefined;
    const origin = this.#originOf(name);
    if ('isImport' in origin && origin.isImport) return true;
    return 'uses' in origin && origin.uses.some((each) => this.#tells(each, [...on, name]));
  }

  /** What a function of the file keeps notes in: that crosses as it is now, and would have everything twice. Or what nothing shows any more. */
  #keptBy(name: string, on: readonly string[] = []): string | undefined {
    if (on.includes(name)) return undefined;
    const origin = this.#originOf(name);
    if (origin.from === 'nowhere' || (on.length > 0 && origin.from === 'scope' && origin.isKept)) return name;
    if (!('uses' in origin)) return undefined;
    return origin.uses.map((each) => this.#keptBy(each, [...on, name])).find((each) => each !== undefined);
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
    const lost = names.map((name) => this.#lostIn(name)).find((name) => name !== undefined);
    if (lost !== undefined) return void refuse(lost);
    for (const name of names) this.#use(name);
    return `(${this.#textOf(node)})`;
  }

  #lostIn(name: string, on: readonly string[] = []): string | undefined {
    const origin = this.#originOf(name);
    if (origin.from === 'nowhere') return name;
    if (origin.from !== 'text' || on.includes(name)) return undefined;
    return origin.uses.map((each) => this.#lostIn(each, [...on, name])).find((each) => each !== undefined);
  }

  #use(name: string): void {
    if (this.used.has(name)) return;
    const origin = this.#originOf(name);
    this.used.set(name, origin);
    if (origin.from === 'text') for (const each of origin.uses) this.#use(each);
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
function rootOf(node: Node | undefined): Node | undefined {
  if (node?.type === 'Identifier') return node;
  if (node?.type === 'CallExpression') return rootOf(node.callee as Node);
  if (node?.type === 'MemberExpression') return rootOf(node.object as Node);
  return node?.type === 'SequenceExpression' ? rootOf((node.expressions as Node[]).at(-1)) : undefined;
}
