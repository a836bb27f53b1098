/**
 * The seam between values and functions: what encoding a value needs to know about a function in it.
 */
import type { AnyFunction } from './any-function.js';
import type { ProxyParts } from './inspect/proxy.js';
import type { FunctionDescription } from './protocol.js';

/** A function, ready to cross. */
export interface Described {
  /** This process's number for the description; threads keep the loaded description under it. */
  readonly id: number;
  readonly description: FunctionDescription;
  /** What has to be read afresh at each call, in the order in which the thread fills it in. Absent: nothing. */
  readonly captures?: (() => readonly Capture[]) | undefined;
  /** What stops the function costs the less the fewer calls that stands in: it is asked when the walk is back at the top. */
  readonly stops?: Stops | undefined;
  /** A proxy: of this target, by this handler. They cross, and the proxy is made of them. */
  readonly proxy?: ProxyParts | undefined;
  /** What the description itself refers to. */
  readonly needs?: readonly Described[] | undefined;
  /** Nobody else may hold it while the call needs it. */
  readonly keeps?: AnyFunction | undefined;
  /** The class inside of which a thread makes it, for it uses private names of that. */
  readonly home?: AnyFunction | undefined;
  /** It holds for this call only (a captured variable is not initialised yet): describe again at the next. */
  readonly passing?: boolean | undefined;
}

/** What only the stopped function tells. */
export interface Stops {
  /** It was told before. */
  isKnown(): boolean;
  /** Stops the function, once for all of it. */
  ask(): void;
}

/** One variable that a function captures, read now. */
export interface Capture {
  readonly name: string;
  readonly value: unknown;
}

/** 'reference': nothing crosses by value, and the inspector is never opened. */
export type Ways = 'any' | 'reference';

/** Looks at a function of the calling side. Throws `Unsendable` if no way leads it to a thread. */
export type Describe = (fn: AnyFunction) => Described;

/** Thrown inside the transport where something cannot cross; whoever knows the path turns it into the public error. */
export class Unsendable extends Error {
  /** What it is and why it cannot cross: `a native function that no name reaches`. */
  readonly what: string;
  /** What the user does about it: `export it from a module`. */
  readonly wayOut: string;
  /** What other ways than the one that was tried can do something about. */
  readonly for: 'private name' | undefined;

  constructor(what: string, wayOut: string, use?: 'private name') {
    super(what);
    this.what = what;
    this.wayOut = wayOut;
    this.for = use;
  }
}

/** Whether a function was refused for a `#name` of the class around it, which means something in that class alone. */
export function usesPrivateName(error: unknown): boolean {
  return error instanceof Unsendable && error.for === 'private name';
}

/** Thrown inside the transport where functions have to be described again, with what was found out about them, and the call encoded again. */
export class DescribeAgain extends Error {
  readonly functions: readonly AnyFunction[];

  constructor(message: string, functions: readonly AnyFunction[]) {
    super(message);
    this.functions = functions;
  }
}

/** A function made in a thread: the shell first, then its captures, so that cycles close. */
export interface Rebuilt {
  readonly fn: AnyFunction;
  fill(captures: readonly unknown[]): void;
  /** Makes what its arguments refer to, where it has some of that already. */
  readonly rebuild?: ((id: number, self?: number, home?: AnyFunction) => Rebuilt) | undefined;
}

/** Makes the function anew for each call, or hands out the same one where nothing is captured. `home`: see `Described`. */
export type Rebuild = (home?: AnyFunction) => Rebuilt;
