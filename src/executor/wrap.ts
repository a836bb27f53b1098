/**
 * Functions and methods whose every call runs somewhere else.
 */
import { notAFunction } from '../errors.js';
import { wearing } from '../limits/wearing.js';
import { crossAs } from '../transport/functions/alias.js';

type AnyFunction = (...args: never[]) => unknown;

/** An async function in the place of `fn`: `call` gets its arguments, and the `this` of a method. */
export function wrap(fn: AnyFunction, call: (args: unknown[], self: unknown) => Promise<unknown>): AnyFunction {
  if (typeof fn !== 'function') throw notAFunction('wrap', fn);
  const wrapped = wearing(fn, function (this: unknown, ...args: unknown[]) {
    return call(args, this);
  } as AnyFunction);
  // In a thread its calls would run at once, whatever executor they are meant for: there it needs none.
  return crossAs(wrapped, asynchronous(fn));
}

function asynchronous(fn: AnyFunction): AnyFunction {
  return async function (this: unknown, ...args: never[]) {
    return Reflect.apply(fn, this, args);
  };
}

/** Tells a standard decorator's call from a plain one, and refuses TypeScript's legacy decorators, which pass a property descriptor third. */
export function decoratesMethod(context: unknown, third: unknown): context is ClassMethodDecoratorContext {
  if (typeof context === 'string' || typeof context === 'symbol' || third !== undefined) {
    throw new TypeError(
      'Cannot decorate by legacy decorators: turn "experimentalDecorators" off, or wrap the function by a call of wrap(fn)',
    );
  }
  const kind = (context as { kind?: unknown } | undefined)?.kind;
  if (kind === undefined) return false;
  if (kind !== 'method') throw new TypeError(`Cannot decorate a ${String(kind)}: wrap decorates methods that return a promise`);
  return true;
}
