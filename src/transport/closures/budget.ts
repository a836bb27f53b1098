/**
 * How much may be looked at for one call. A captured object can lead to a whole library's insides (a compiled expression, to the engine
 * that compiled it): seconds of looking on the calling thread, at every call. Such a call is refused instead, with the way out.
 */

import { Unsendable } from '../described.js';
import { isInstalled } from '../functions/installed.js';
import { scriptOf } from '../inspect/scripts.js';
import { performance, queueMicrotask } from '../own/own-globals.js';

/** What is spent from here on is another call's. */
export function startLooking(): void {
  functions = 0;
  isOver = false;
  usedBefore = undefined;
  since = undefined;
}

/** The same call is looked at again, with what was found out: it may lead to as many functions, in the time that is left. */
export function lookAgain(): void {
  functions = 0;
}

/** A function's captures are read; `scriptId`: where it stands. Throws `Unsendable` where the call leads to too many. */
export function countFunction(scriptId?: string): void {
  if (functions++ === 0) queueMicrotask(startLooking);
  if (functions <= MOST_FUNCTIONS) return;
  const most = scriptId === undefined || isInstalled(scriptOf(scriptId).url) ? MOST_FUNCTIONS : MOST_OWN_FUNCTIONS;
  if (functions > most) throw tooMuch(`the call leads to more than ${most} functions that would have to be copied`);
}

/** A function is looked at that was not known before. Throws `Unsendable` where looking takes too long. */
export function watchTime(): void {
  if (since === undefined) {
    since = performance.now();
    queueMicrotask(startLooking);
    return;
  }
  const took = performance.now() - since;
  if (took < UNASKED) return;
  usedBefore ??= process.cpuUsage();
  // Of the clock's time and the processor's: on a busy machine, or of a process that was stopped, the clock tells of others.
  if (took > LONGEST_LOOK && usedSince(usedBefore) > LONGEST_LOOK - UNASKED) {
    isOver = true;
    throw tooMuch(`to look at all that the call leads to has held up this thread for ${LONGEST_LOOK / 1000} s`);
  }
}

/** Why a call of this description was refused for the time that it took; for as long as it would hold up the thread too often. */
export function refusalOf(id: number): unknown {
  const refusal = refusals.size > 0 ? refusals.get(id) : undefined;
  if (refusal === undefined) return undefined;
  if (performance.now() < refusal.until) return refusal.error;
  refusals.delete(id);
  return undefined;
}

/** The call failed: so will the next ones, if it was for the time that it took. */
export function rememberRefusal(id: number, error: unknown): void {
  if (!isOver) return;
  if (refusals.size >= MOST_REFUSALS) refusals.clear();
  refusals.set(id, { error, until: performance.now() + RESTS * LONGEST_LOOK });
}

/** ms. */
function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function tooMuch(what: string): Unsendable {
  return new Unsendable(
    `one function too many: ${what}`,
    'let the thread make what needs them: in a function that a module exports, or after an import() inside the function that you pass; a package inside a bundle goes by import once the bundler leaves it out (external)',
  );
}

const refusals = new Map<number, { readonly error: unknown; readonly until: number }>();
let usedBefore: NodeJS.CpuUsage | undefined;
let isOver = false;
let functions = 0;
let since: number | undefined;
/** A copy of each crosses at each call. A guess: closures of programs lead to some dozens, an instance of a large class to some hundreds. */
const MOST_FUNCTIONS = 2_000;
/** Those of a bundle have packages in them (a schema of zod leads to all of its classes), and a thread cannot import one. A guess. */
const MOST_OWN_FUNCTIONS = 5_000;
/** ms, once: what was looked at is known afterwards. A guess, far beyond what 2,000 functions of one's own take (1 s): a busy machine must not refuse calls. */
const LONGEST_LOOK = 3_000;
/** The thread is held up for a twentieth of the time at most; captures may be others by then. */
const RESTS = 20;
const MOST_REFUSALS = 1_000;
/** ms: shorter looks need not ask how much of it the processor took. */
const UNASKED = 100;
