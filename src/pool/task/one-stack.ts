/**
 * Errors for many tasks that end at one place, such as all that wait when their executor is terminated: what they would say of that place
 * is the same, and to capture and write it down 100,000 times holds the calling thread for seconds.
 */
import { stackOf } from '../../transport/values/errors.js';

/** Makes errors as `make` does, each with the frames of the first. For one turn: not to be kept. */
export function oneStack<T, E extends Error>(make: (of: T) => E): (of: T) => E {
  let frames: string | undefined;
  return (of) => {
    if (frames !== undefined) return withFrames(withoutStack(make, of), frames);
    const first = make(of);
    frames = framesOf(first);
    return first;
  };
}

function withoutStack<T, E>(make: (of: T) => E, of: T): E {
  const limit = Error.stackTraceLimit;
  try {
    // Not by assignment, which throws where the program's `Error` is frozen.
    Reflect.set(Error, 'stackTraceLimit', 0);
    return make(of);
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit);
  }
}

function withFrames<E extends Error>(error: E, frames: string): E {
  error.stack = `${error.name}: ${error.message}${frames}`;
  return error;
}

function framesOf(error: Error): string {
  const stack = stackOf(error) ?? '';
  const start = stack.search(/\n\s+at /);
  return start < 0 ? '' : stack.slice(start);
}
