/**
 * Tells how a function would cross, in the words that errors use too.
 */

import { ExecutorError, notAFunction } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { outbound } from '../closures/outbound.js';
import { startCall, throwIfShared } from '../closures/shared.js';
import { type Capture, Unsendable } from '../described.js';
import { isFromModule } from '../functions/from-module.js';
import { ownName } from '../functions/members.js';
import { placeIn } from '../functions/place-in.js';
import type { Packed } from '../packed.js';
import type { FunctionDescription } from '../protocol.js';
import { bytesOf } from '../values/bytes.js';
import { encodeCapture } from '../values/encode.js';
import type { Encoded } from '../values/encoded.js';
import { describe, isToBeRepeated } from './describe.js';

/** How a function would cross; printed as a string, the same in words. */
export interface Explanation {
  /** By name, by reference or by value; 'none': not at all. */
  way: 'name' | 'reference' | 'value' | 'none';
  /** `node:zlib#gzipSync`, `file:///…/report.js#render`, or the source location. */
  from: string;
  /** What goes along with it; empty by name and by reference. */
  captures: ExplainedCapture[];
  /** Why it cannot cross. */
  problem?: string;
  /** The same in words, for a terminal. */
  toString(): string;
}

/** A variable that a function takes along, or what is bound to it. */
export interface ExplainedCapture {
  /** As it is called in the source. */
  name: string;
  /** How its value crosses, if that is a function; data goes by value. */
  way: 'name' | 'reference' | 'value' | 'none';
  /** What it adds to each call's message. */
  bytes?: number;
  /** Why it cannot cross. */
  problem?: string;
}

/** Changes and runs nothing. */
export function explain(fn: AnyFunction): Explanation {
  if (typeof fn !== 'function') throw notAFunction('explain', fn);
  const described = attempt(() => describe(fn));
  if (!('id' in described)) return new Explained(fn, { way: 'none', from: '', captures: [], problem: described.problem });
  // By itself, whatever the last call brought along.
  startCall();
  const captures = described.captures?.() ?? [];
  if (described.description.way === 'bound') return explainBound(fn, captures);
  return new Explained(fn, {
    way: wayOf(described.description),
    from: sourceOf(described.description),
    captures: captures.map((capture) => explainCapture(fn, capture)),
  });
}

function explainBound(fn: AnyFunction, [target, thisArg, ...args]: readonly Capture[]): Explanation {
  const { way, from, captures, problem } = explain(target?.value as AnyFunction);
  const bound = thisArg?.value === undefined || thisArg.value === null ? args : [thisArg, ...args];
  return new Explained(fn, {
    way,
    from,
    captures: [...captures, ...bound.map((each) => explainCapture(fn, each))],
    ...(problem === undefined ? {} : { problem }),
  });
}

function explainCapture(fn: AnyFunction, { name, value }: Capture): ExplainedCapture {
  if (typeof value === 'function') {
    const described = attempt(() => describe(value));
    if (!('id' in described)) return { name, way: 'none', problem: described.problem };
    if (described.captures === undefined) return { name, way: wayOf(described.description) };
  }
  const rootPath = `closure of ${ownName(fn) || '(anonymous)'} → ${name}`;
  const encoded = attempt(() => encodeCapture(value, { ...outbound, describe, rootPath }));
  if ('problem' in encoded) return { name, way: 'none', problem: encoded.problem };
  if (isFoundThere(encoded)) return { name, way: 'reference' };
  const bytes = bytesOf(encoded);
  return { name, way: 'value', ...(bytes === undefined ? {} : { bytes }) };
}

/** The whole value is something that a thread has itself. */
function isFoundThere({ packed, payload }: Encoded): boolean {
  const { specials } = packed ? (payload as Packed) : { specials: [] };
  return specials.length === 1 && specials[0]?.kind === 'reference' && (payload as Packed).root[0] === undefined;
}

/** Refusals are what is being asked for here; anything else is a failure. */
function attempt<T extends object>(look: () => T): T | { problem: string } {
  try {
    startCall();
    const found = look();
    throwIfShared();
    return found;
  } catch (error) {
    if (isToBeRepeated(error)) return attempt(look);
    if (error instanceof Unsendable) return { problem: `it is ${error.what}; ${error.wayOut}` };
    if (error instanceof ExecutorError) return { problem: error.message };
    throw error;
  }
}

function wayOf({ way }: FunctionDescription): Explanation['way'] {
  if (way === 'object' || way === 'callback' || way === 'members') return 'reference';
  if (way === 'each') return 'value';
  return way === 'bound' ? 'value' : way;
}

function sourceOf(description: FunctionDescription): string {
  if (description.way === 'callback') return 'the calling thread';
  if (description.way !== 'value') return placeIn(description);
  return description.file === '' ? 'generated code' : `${description.file}:${description.line + 1}:${description.column + 1}`;
}

class Explained implements Explanation {
  readonly way: Explanation['way'];
  readonly from: string;
  readonly captures: ExplainedCapture[];
  declare readonly problem?: string;
  readonly #name: string;

  constructor(fn: AnyFunction, { way, from, captures, problem }: Pick<Explanation, 'way' | 'from' | 'captures' | 'problem'>) {
    const first = captures.find((capture) => capture.problem !== undefined);
    const cause = problem ?? (first && `its ${first.name}: ${first.problem}`);
    this.way = cause === undefined ? way : 'none';
    this.from = from;
    this.captures = captures;
    if (cause !== undefined) this.problem = cause;
    this.#name = (isFromModule(fn) ? fn.name : ownName(fn)) || 'The function';
  }

  toString(): string {
    const captured = this.captures.map(
      ({ name, way, bytes, problem }) => `  ${name}: ${problem ?? `${inWords[way]}${bytes === undefined ? '' : `, ${sizeOf(bytes)}`}`}`,
    );
    const headline =
      this.problem === undefined
        ? `${this.#name} crosses ${inWords[this.way]}: ${this.from}`
        : `${this.#name} cannot cross to a thread: ${this.problem}`;
    return captured.length === 0 ? headline : [headline, 'It captures, read anew at each call:', ...captured].join('\n');
  }
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

const inWords = {
  name: 'by name',
  reference: 'by reference',
  value: 'by value',
  none: 'not at all',
} as const;
