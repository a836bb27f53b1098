/**
 * What a task returns, made ready for the way back: as it is, packed, or with functions that only its own side has.
 */

import { isAbsolute } from 'node:path';
import type { AnyFunction } from '../any-function.js';
import { type Described, Unsendable } from '../described.js';
import { isInstalled } from '../functions/installed.js';
import type { FunctionDescription } from '../protocol.js';
import { type EncodeOptions, encodeAsItIs, encodePacked } from '../values/encode.js';
import type { Encoded } from '../values/encoded.js';
import { withMethods } from './error-methods.js';
import { encodeHomeward } from './homeward.js';
import { giveUp, isHopeless, type Loss } from './losses.js';

export interface ResultOptions extends EncodeOptions {
  /** What came from the calling side is known there. */
  readonly descriptionOf: (fn: AnyFunction) => Described | undefined;
}

/**
 * Functions of this side go by value only where a result would be nothing without them, or arrive without something: to describe them takes
 * a hundred times as long as the rest. Throws ValueNotSendableError or FunctionNotSendableError.
 */
export function encodeResult(result: unknown, options: ResultOptions): Encoded {
  const plain = encodeAsItIs(result, options);
  if (plain !== undefined) return plain;
  const { encoded, refusal, lost, methods, locals } = tryWithoutLocals(result, options);
  const { descriptionOf } = options;
  if (encoded !== undefined && lost.every(isHopeless))
    return withMethods(methods, (noteLoss) => encodeHomeward(result, { descriptionOf, noteLoss, orphans: 'plain' })) ?? encoded;
  if (encoded === undefined && (locals === 'of the program' || (locals === 'none' && lost.length === 0))) throw refusal;
  try {
    const whole = encodeHomeward(result, { descriptionOf, noteLoss: giveUp });
    if (whole !== undefined) return whole;
  } catch (error) {
    if (encoded === undefined && locals !== 'none') throw error;
    lost.forEach(giveUp);
  }
  if (encoded === undefined) throw refusal;
  return encoded;
}

/** Throws: nothing on the calling side stands for this function. */
export function refuseLocal(fn: AnyFunction, { description }: Described): never {
  throw new LocalFunction(isClosureOfProgram(fn, description));
}

export class LocalFunction extends Unsendable {
  readonly isOfProgram: boolean;

  constructor(isOfProgram: boolean) {
    super('a function that no module exports, and only those cross back from a thread', 'return what it computes, or export it');
    this.isOfProgram = isOfProgram;
  }
}

/** What packages make of texts has no file, and instances need their class. */
function isClosureOfProgram(fn: AnyFunction, description: FunctionDescription): boolean {
  if (description.way !== 'value' || isInstalled(description.file)) return false;
  const hasFile = description.file.startsWith('file:') || isAbsolute(description.file);
  return hasFile && !/^class\b/.test(Function.prototype.toString.call(fn));
}

/** What a result is without functions of this side. */
interface Trial {
  readonly encoded?: Encoded;
  /** Why there is none. */
  readonly refusal?: unknown;
  /** What it would arrive without: the classes of instances, by their prototypes; a property that no loop shows, by its name. */
  readonly lost: readonly Loss[];
  /** Functions of packages that errors in it would arrive without. */
  readonly methods: readonly Loss[];
  /** The last function of this side that was met: there is no other way for one of the program's own. */
  readonly locals: 'none' | 'of packages' | 'of the program';
}

function tryWithoutLocals(result: unknown, options: ResultOptions): Trial {
  const lost = new Set<Loss>();
  let locals: Trial['locals'] = 'none';
  const methods = new Set<Loss>();
  const accessors = new Set<AnyFunction>();
  let lastLocal: AnyFunction | undefined;
  const describe = (fn: AnyFunction): Described => {
    try {
      const known = accessors.has(fn) ? options.descriptionOf(fn) : undefined;
      if (known?.description.way === 'value') refuseLocal(fn, known);
      return options.describe(fn);
    } catch (error) {
      if (error instanceof LocalFunction) {
        lastLocal = fn;
        locals = error.isOfProgram ? 'of the program' : 'of packages';
      }
      throw error;
    }
  };
  const noteLoss = (what: Loss, method?: AnyFunction): void => {
    if (method === undefined) lost.add(what);
    // An error is whole without a closure of the program.
    else if (method !== lastLocal || locals !== 'of the program') methods.add(what);
  };
  try {
    return {
      encoded: encodePacked(result, { ...options, describe, noteLoss, noteAccessor: (fn) => accessors.add(fn) }),
      lost: [...lost],
      methods: [...methods],
      locals,
    };
  } catch (refusal) {
    return { refusal, lost: [...lost], methods: [], locals };
  }
}
