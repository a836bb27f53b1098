/** Applies decorators to a class that was made again, as compilers' helpers do: the last of a list first. */
import type { AnyFunction } from '../any-function.js';

/** What the text of a recipe's decorations gives. */
export type Decorate = (...selves: AnyFunction[]) => readonly Applied[];

type Applied = readonly [type: AnyFunction, isStatic: 0 | 1, key: string | undefined, kind: string, decorators: () => readonly Decorator[]];
type Decorator = (target: unknown, key?: unknown, descriptor?: PropertyDescriptor) => unknown;

/**
 * For the packages that take note of it. The class stays the same, whatever one returns: what decorators made of it travels.
 *
 * `state` is what the class gets of its own when they have been applied: standard ones are told its metadata, which packages know it by.
 */
export function decorate(type: AnyFunction, decorations: Decorate, state: object | undefined): object | undefined {
  const metadata = state && metadataIn(state);
  const before = metadata && Object.getOwnPropertyDescriptors(metadata);
  empty(metadata);
  const selves = Array.from({ length: decorations.length }, () => type);
  for (const [self, isStatic, key, kind, decorators] of decorations(...selves)) {
    const target = isStatic === 1 ? self : (self.prototype as object);
    if (kind.startsWith('legacy')) decorateLegacy(target, key, kind === 'legacy member', decorators());
    else if (kind === 'class') decorateByStandard(self, { kind, name: self.name, metadata }, decorators());
    else decorateByStandard(target, { kind, name: key ?? '', static: isStatic === 1, metadata }, decorators());
  }
  empty(metadata);
  return metadata && Object.defineProperties(metadata, before as PropertyDescriptorMap);
}

/** A later call has another metadata object, with what is in it by then; packages know the class by the first. */
export function withMetadata(state: object | undefined, metadata: object | undefined): void {
  const found = state && metadataIn(state);
  if (found === undefined || metadata === undefined || found === metadata) return;
  empty(metadata);
  Object.defineProperties(metadata, Object.getOwnPropertyDescriptors(found));
  Reflect.set(state as object, metadataKey(), metadata);
}

function decorateLegacy(target: object, key: string | undefined, isMember: boolean, decorators: readonly Decorator[]): void {
  let descriptor = isMember && key !== undefined ? Object.getOwnPropertyDescriptor(target, key) : undefined;
  for (const each of [...decorators].reverse()) {
    if (key === undefined) each(target);
    else descriptor = (each(target, key, descriptor) as PropertyDescriptor | undefined) ?? descriptor;
  }
  if (descriptor !== undefined && key !== undefined) Object.defineProperty(target, key, descriptor);
}

interface Context {
  readonly kind: string;
  readonly name: string;
  readonly static?: boolean;
  readonly metadata: object | undefined;
}

/** Standard decorators. Initialisers that they add are in the class's own state by now. */
function decorateByStandard(target: object, context: Context, decorators: readonly Decorator[]): void {
  const { kind, name } = context;
  const { value, get, set } = (kind === 'class' ? undefined : Object.getOwnPropertyDescriptor(target, name)) ?? {};
  const given: Readonly<Record<string, unknown>> = { class: target, method: value, getter: get, setter: set, accessor: { get, set } };
  const access = {
    has: (it: object) => name in it,
    get: (it: object) => Reflect.get(it, name) as unknown,
    set: (it: object, to: unknown) => Reflect.set(it, name, to),
  };
  const told = kind === 'class' ? context : { ...context, private: false, access };
  for (const each of [...decorators].reverse()) each(given[kind], { ...told, addInitializer: () => undefined });
}

function metadataIn(state: object): object | undefined {
  const found: unknown = Object.getOwnPropertyDescriptor(state, metadataKey())?.value;
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** Until the language has one, compilers agree upon this. */
function metadataKey(): symbol {
  return (Symbol as { metadata?: symbol }).metadata ?? Symbol.for('Symbol.metadata');
}

function empty(metadata: object | undefined): void {
  for (const key of metadata === undefined ? [] : Reflect.ownKeys(metadata)) Reflect.deleteProperty(metadata as object, key);
}
