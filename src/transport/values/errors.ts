/**
 * Outcomes that are failures: whatever a task throws comes home as itself, and says where it was called from.
 */
import { types } from 'node:util';
import { isOwnFile } from '../own/own-home.js';
import type { Packed } from '../packed.js';
import { type EncodeOptions, encode } from './encode.js';
import type { Encoded } from './encoded.js';

/**
 * Encodes what a task threw: an error with its class, own properties, causes and stack, or any other value. Never throws:
 * of an error what cannot cross is left out, of another value the reason why it cannot cross is sent instead.
 */
export function encodeError(thrown: unknown, options: Omit<EncodeOptions, 'rootPath'>): Encoded {
  const full: EncodeOptions = { orphans: 'plain', ...options, rootPath: 'error' };
  try {
    if (isPlainError(thrown)) return { packed: false, payload: thrown, transfer: undefined, descriptions: [], objects: true };
    return encode(thrown, full);
  } catch (reason) {
    try {
      return encode(reason, full);
    } catch {
      return bareError(thrown);
    }
  }
}

/** Most are: errors of the language that have their words and their stack, and nothing else. Structured clone carries these as they are. */
function isPlainError(thrown: unknown): thrown is Error {
  const name = types.isNativeError(thrown) ? PLAIN.get(Object.getPrototypeOf(thrown)) : undefined;
  if (name === undefined) return false;
  for (const key of Reflect.ownKeys(thrown as Error)) {
    if (key === 'stack') continue;
    const own = key === 'message' ? Object.getOwnPropertyDescriptor(thrown, key) : undefined;
    if (own?.enumerable !== false || typeof own.value !== 'string') return false;
  }
  // Its own name is not among them: no getter of the program's is asked for it.
  return (thrown as Error).name === name && stackOf(thrown as Error) !== undefined;
}

/** By prototype: what structured clone knows an error's class by. */
const PLAIN = new Map<unknown, string>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.prototype, type.name]),
);

/** The last resort, where posting the encoded error failed: its words alone. */
export function bareError(thrown: unknown): Encoded {
  const target = new Error();
  const texts = {
    name: textOf(thrown, 'name') ?? 'Error',
    message: textOf(thrown, 'message') ?? UNREADABLE,
    stack: textOf(thrown, 'stack') ?? '',
  };
  const names = Object.keys(texts);
  const values = Object.values(texts);
  const payload: Packed = {
    root: [target],
    specials: [],
    places: [],
    patches: [{ kind: 'properties', target, own: { names, values, hidden: names.length } }],
  };
  return { packed: true, payload, transfer: undefined, descriptions: [], objects: false };
}

const UNREADABLE = 'A task failed with a value that cannot be read';

function textOf(thrown: unknown, key: string): string | undefined {
  try {
    const text: unknown =
      typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, key) : key === 'message' ? String(thrown) : undefined;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Between the frames of the task and those of its caller: of another thread, or, under an InlineExecutor, of this one. Parsers of stacks pass over lines that are no frames. */
const SEPARATOR = '    ---- called through an executor by ----';

/**
 * Appends the caller's frames to an error that came from a thread; other values are returned as they are.
 *
 * @param callerFrames A `stack`, with or without its first line; undefined where none was kept.
 */
export function withCallerStack<T>(error: T, callerFrames: string | undefined): T {
  if (callerFrames === undefined || !isError(error)) return error;
  setStack(error, { value: joined(stackOf(error) ?? String(error), callerFrames), writable: true });
  return error;
}

/**
 * The same, written when the stack is read: for failures that come by the thousand, of which hardly one is looked at. `caller`: what holds the caller's frames.
 * The own ones are read now; where nobody has asked for them yet, that is what takes long.
 */
export function withCallerStackLater<T>(error: T, caller: { readonly stack?: unknown }): T {
  if (!isError(error)) return error;
  const own = stackOf(error) ?? String(error);
  setStack(error, {
    get(): string {
      const frames = stackOf(caller);
      const stack = frames === undefined ? own : joined(own, frames);
      setStack(this, { value: stack, writable: true });
      return stack;
    },
    set(value: unknown) {
      setStack(this, { value, writable: true });
    },
  });
  return error;
}

function joined(own: string, callerFrames: string): string {
  const frames = callerFrames
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !isOurs(line) && !line.includes('at new Promise (<anonymous>)'));
  const kept = own.split('\n').filter((line) => !isOurs(line));
  return [...kept, ...(frames.length === 0 ? [] : [SEPARATOR, ...frames])].join('\n');
}

function setStack(error: object, descriptor: PropertyDescriptor): void {
  // False for what is frozen by its own class: the task's frames are there, the caller's are a comfort.
  Reflect.defineProperty(error, 'stack', { configurable: true, enumerable: false, ...descriptor });
}

/** A `stack` that is text: `Error.prepareStackTrace` is the program's, and may give its frames as objects, or throw. */
export function stackOf(holder: { readonly stack?: unknown } | undefined): string | undefined {
  try {
    const stack = holder?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** A frame of this library, or of what it calls the task through: noise between the user's own. */
function isOurs(line: string): boolean {
  return /^\s+at /.test(line) && (isOwnFile(line) || line.includes('AsyncLocalStorage.run (node:'));
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof DOMException;
}
