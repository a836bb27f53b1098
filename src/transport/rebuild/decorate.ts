/** Applies decorators to a class that was made again, as compilers' helpers do: the last of a list first. */
import type { AnyFunction } from '../any-function.js';

/** What the text of a recipe's decorations gives. */
export type Decorate = (...selves: AnyFunction[]) => readonly Applied[];

type Applied = readonly [target: object, key: string | undefined, isMember: 0 | 1, decorators: () => readonly Decorator[]];
type Decorator = (target: object, key?: string, descriptor?: PropertyDescriptor) => unknown;

/** For the packages that take note of it. The class stays the same, whatever one returns: what decorators made of it travels. */
export function decorate(type: AnyFunction, decorations: Decorate): void {
  const selves = Array.from({ length: decorations.length }, () => type);
  for (const [target, key, isMember, decorators] of decorations(...selves)) {
    let descriptor = isMember === 1 && key !== undefined ? Object.getOwnPropertyDescriptor(target, key) : undefined;
    for (const each of [...decorators()].reverse()) {
      if (key === undefined) each(target);
      else descriptor = (each(target, key, descriptor) as PropertyDescriptor | undefined) ?? descriptor;
    }
    if (descriptor !== undefined && key !== undefined) Object.defineProperty(target, key, descriptor);
  }
}
