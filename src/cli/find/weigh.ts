import { deserialize, serialize } from 'node:v8';
import type { Weight } from './recording.js';

/** What values weigh as one message: written and read once, as sending would. Getters run, as they would. */
export function weigh(values: readonly unknown[]): Weight {
  const start = process.hrtime.bigint();
  try {
    const message = serialize(values);
    deserialize(message);
    return { bytes: message.byteLength, micros: Number((process.hrtime.bigint() - start) / 1_000n) };
  } catch {
    return { bytes: 0, micros: 0, problem: offender(values) };
  }
}

/** The first of the values that cannot be written, by its kind. */
function offender(values: readonly unknown[]): string {
  for (const value of values) {
    try {
      serialize(value);
    } catch {
      if (typeof value === 'function') return 'a function';
      if (typeof value === 'symbol') return 'a symbol';
      const { name } = (value as object).constructor ?? {};
      return name === undefined || name === 'Object' || name === 'Array' ? 'an object with functions in it' : `of class ${name}`;
    }
  }
  return 'something that cannot be copied';
}
