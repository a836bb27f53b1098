/**
 * Errors that cannot be read as they are: a `message` whose getter throws, a `name` that is a symbol. V8 asks both for the first line of a stack,
 * which then throws as well.
 */
import { wordsOf } from '../words-of.js';

/** What stands for a property of an error that cannot cross, where people look for what went wrong. */
export function wordsInstead(error: object, key: string | symbol): string | undefined {
  if (key === 'stack') return framesOf(error);
  if (key !== 'message' && key !== 'name') return undefined;
  try {
    return String(Reflect.get(error, key));
  } catch (reason) {
    return key === 'name' ? undefined : `(its message cannot be read: ${wordsOf(reason)})`;
  }
}

/** The frames, in a format that asks for no words. */
function framesOf(error: object): string | undefined {
  const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    const first = `Error: ${wordsInstead(error, 'message')}`;
    const value = (_: Error, frames: NodeJS.CallSite[]) => [first, ...frames.map((frame) => `    at ${frame}`)].join('\n');
    Object.defineProperty(Error, 'prepareStackTrace', { value, configurable: true, writable: true });
    const stack: unknown = Reflect.get(error, 'stack');
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  } finally {
    if (own === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', own);
  }
}
