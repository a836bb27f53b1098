/**
 * Functions that a package hangs on its errors: `toJSON` of pug, `addIssue` of zod. They go home by value, as those in results do. But errors come
 * by the thousand, and hardly anybody calls these; where they capture `this`, each takes milliseconds.
 */

import { performance } from '../own/own-globals.js';
import type { Encoded } from '../values/encoded.js';
import { giveUp, isHopeless, type Loss } from './losses.js';

/** `lost`: what errors went without, in the quick way. Undefined where the long one, `encode`, brings nothing of it, or has taken too long lately. */
export function withMethods(lost: Iterable<Loss>, encode: (noteLoss: (what: Loss) => void) => Encoded | undefined): Encoded | undefined {
  const wanted = [...lost].filter((what) => !isHopeless(what));
  if (wanted.length === 0) return undefined;
  const since = performance.now();
  const key = wanted.join();
  const rest = rests.get(key);
  if (rest !== undefined && since < rest - BURST) return undefined;
  const lostAgain = new Set<Loss>();
  let whole: Encoded | undefined;
  try {
    whole = encode((what) => lostAgain.add(what));
  } catch {
    // It goes without them.
  }
  const hopeless = wanted.filter((what) => whole === undefined || lostAgain.has(what));
  hopeless.forEach(giveUp);
  if (rests.size >= MOST_KINDS) rests.clear();
  // What the first of a kind takes is for what is loaded and looked at once.
  rests.set(key, rest === undefined ? since : Math.max(rest, since) + RESTS * (performance.now() - since));
  return hopeless.length < wanted.length ? whole : undefined;
}

/** By kind of error: until when its methods rest for what they have taken, by the clock of `performance`. */
const rests = new Map<string, number>();
/** A flood of failures is held up for a twentieth of its time at most, once it has been for a second. Guesses; the second in ms of rest. */
const RESTS = 20;
const BURST = 20_000;
const MOST_KINDS = 1_000;
