/**
 * The wire protocol, used by both sides of the thread boundary: plain, structured-cloneable data only.
 *
 *   calling side                                   thread
 *   describe(fn) ── FunctionDescription (once) ──▶ load(id, description)
 *   encode(args) ── Payload (each call) ─────────▶ decode
 *   decode       ◀── Payload (each result) ─────── encode
 */

import type { MessagePort } from 'node:worker_threads';
import type { Packed } from './packed.js';
import type { BoundFunction, RecipeFunction, StandInObject } from './recipe.js';
import type { NamedFunction, ReferencedFunction } from './reference.js';

/** How a thread gets hold of a function. Sent once a thread, kept there under its id. */
export type FunctionDescription =
  | NamedFunction
  | ReferencedFunction
  | BoundFunction
  | RecipeFunction
  | StandInObject
  | CallbackFunction
  | EachFunction
  | MembersOfClass;

export type { NamedFunction, ReferencedFunction } from './reference.js';

/** A function that stays on the calling side: in a thread, calling it posts the arguments. */
interface CallbackFunction {
  readonly way: 'callback';
  readonly name: string;
}

/** A function over the items of a chunk, made of another: the other's captures come with it, once a thread. */
export interface EachFunction {
  readonly way: 'each';
  readonly name: string;
  /** The other function, as a call of it without arguments. */
  readonly call: WireCall;
}

/**
 * What the prototype of a class, which crosses by reference, has on the calling side, for the thread's own may lack some: members that the
 * class gets with its first instance, or from a plugin. A thread that lacks one says "missing", and is sent them all.
 */
export interface MembersOfClass {
  readonly way: 'members';
  readonly name: string;
  /** The number of the class. */
  readonly of: number;
  readonly names: readonly string[];
  /** See `printOfMember`: a plugin may have put another in the place of a member. */
  readonly prints: readonly (number | undefined)[];
  /** Not of its prototype, but of the settings that its package keeps under this name on `globalThis`. */
  readonly global?: string | undefined;
  /** An object whose prototype has them. */
  readonly payload?: Packed | undefined;
}
export type { BoundFunction, Form, FoundStandIn, Private, RecipeFunction, Slot, StandIn, StandInObject, Supply } from './recipe.js';

/** A description under the number that both sides know it by. */
export type Delivery = readonly [id: number, description: FunctionDescription];

// ── Lanes: what the calling side and one thread say to each other ───────────────────

/** What a thread is given at its start. */
export interface Lease {
  readonly port: MessagePort;
  readonly claims: SharedArrayBuffer;
  readonly executor: string;
  /** Run once a thread, before its first call. */
  readonly initializer?: WireCall | undefined;
  readonly finalizer?: WireCall | undefined;
  /** 'reference': the thread never opens the inspector either. */
  readonly ways: 'any' | 'reference';
  /** The calling side runs under a test runner, which makes other code of files than threads load. */
  readonly underTest: boolean;
  /** Report the heap in use after each call, MiB. */
  readonly watchHeap: boolean;
  /** See `ExecutorOptions.niceIncrement`. */
  readonly niceIncrement: number;
}

/** Posted beside the lanes: an error that no running call caused, but a timer or a promise that a finished task left behind. */
export interface StrayMessage {
  readonly type: 'run-in-executor:stray';
  readonly text: string;
}

/** One call by itself: an initializer, a warm-up. */
export interface WireCall {
  readonly deliveries: readonly Delivery[];
  /** The function's id, or 0 where the payload holds function and arguments in one graph: `[fn, args]`. */
  readonly fn: number;
  readonly packed: boolean;
  readonly payload: unknown;
}

/** In place of a function's id: the call goes on that parked under the number which is its payload. */
export const RESUME = -1;

/** Calls in the order of their sequence numbers, as parallel arrays: a third of the cost of an array of objects. */
export interface CallsMessage {
  readonly type: 'calls';
  /** The sequence number of the first; the others follow it. */
  readonly first: number;
  deliveries?: readonly Delivery[];
  readonly fns: readonly number[];
  readonly payloads: readonly unknown[];
  /** Positions whose payload is packed. */
  packed?: readonly number[];
  /** Somebody listens to what these calls do: the thread reports the calls that they make. */
  observed?: true;
}

export type ToThread =
  | CallsMessage
  /** There are calls in shared memory. */
  | 0
  /** Nothing to do for now: the resident task ends, the port stays. */
  | { readonly type: 'rest' }
  /** Finalize, and end the thread. */
  | { readonly type: 'retire' }
  /** By the number that the call had first. */
  | { readonly type: 'cancel'; readonly sequence: number; readonly reason: unknown }
  | { readonly type: 'forget'; readonly ids: readonly number[] }
  | { readonly type: 'load'; readonly deliveries: readonly Delivery[] };

export type FromThread =
  /** Calls have ended, and their outcomes lie in shared memory: read them. */
  | 0
  /** `startedAt`: when the thread began, epoch ms. */
  | { readonly type: 'ready'; readonly thread: number; readonly startedAt: number }
  /** Its own code has thrown. */
  | { readonly type: 'broken'; readonly why: string }
  | { readonly type: 'failed'; readonly payload: unknown; readonly packed: boolean; readonly deliveries?: readonly Delivery[] | undefined }
  | {
      readonly type: 'outcome';
      readonly sequence: number;
      readonly ok: boolean;
      readonly packed: boolean;
      readonly payload: unknown;
      readonly deliveries?: readonly Delivery[] | undefined;
    }
  /** The thread found no such members where descriptions said they would be: the call did not run. */
  | { readonly type: 'missing'; readonly sequence: number; readonly fns: readonly number[] }
  /** The call of this number, while it runs, calls a function of the calling side. -1: an initializer does. */
  | {
      readonly type: 'callback';
      readonly sequence: number;
      readonly id: number;
      readonly packed: boolean;
      readonly payload: unknown;
      readonly deliveries?: readonly Delivery[] | undefined;
    }
  /** The call of this number has made one itself, which ran inside of it; epoch ms. */
  | { readonly type: 'nested'; readonly sequence: number; readonly name: string; readonly startedAt: number; readonly endedAt: number }
  | { readonly type: 'loaded' }
  /** The call that first had this number has lent its thread to others, and could go on now. */
  | { readonly type: 'wake'; readonly sequence: number }
  /** The thread ends by itself after the outcome that follows. */
  | { readonly type: 'leaving' }
  | { readonly type: 'finalizing'; readonly now: boolean }
  | { readonly type: 'heap'; readonly mebibytes: number }
  | PrintMessage;

/** What a task, or something that one has left behind, writes to its stdout or stderr: before the outcome, on the same port. */
export interface PrintMessage {
  readonly type: 'print';
  readonly to: 'stdout' | 'stderr';
  readonly chunks: readonly { readonly chunk: string | Uint8Array; readonly encoding: BufferEncoding }[];
}
