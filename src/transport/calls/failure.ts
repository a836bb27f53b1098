/**
 * What a task throws, made ready for the way back: never less than its words, and with the methods that a package has hung on it.
 */

import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import type { Encoded } from '../values/encoded.js';
import { encodeError } from '../values/errors.js';
import { withMethods } from './error-methods.js';
import { encodeHomeward } from './homeward.js';
import type { Loss } from './losses.js';
import { LocalFunction, type ResultOptions } from './result.js';

/** Never throws. Functions of this side go by value where a package made them; closures of the program's own are left out, as all that cannot cross. */
export function encodeFailure(thrown: unknown, options: Omit<ResultOptions, 'rootPath'>): Encoded {
  const ofProgram = new Set<AnyFunction>();
  const lost = new Set<Loss>();
  const describe = (fn: AnyFunction): Described => {
    try {
      return options.describe(fn);
    } catch (error) {
      if (error instanceof LocalFunction && error.isOfProgram) ofProgram.add(fn);
      throw error;
    }
  };
  const noteLoss = (what: Loss, method?: AnyFunction): void => {
    if (method !== undefined && !ofProgram.has(method)) lost.add(what);
  };
  const encoded = encodeError(thrown, { ...options, describe, noteLoss });
  if (lost.size === 0) return encoded;
  const descriptionOf = (fn: AnyFunction): Described | undefined => (ofProgram.has(fn) ? options.describe(fn) : options.descriptionOf(fn));
  const how = { descriptionOf, rootPath: 'error', orphans: 'plain' } as const;
  return withMethods(lost, (noteLossAgain) => encodeHomeward(thrown, { ...how, noteLoss: noteLossAgain })) ?? encoded;
}
