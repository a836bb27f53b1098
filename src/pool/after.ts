import { setTimeout as ownSetTimeout } from '../transport/own/own-globals.js';

/** What timers can count, about 25 days: for anything longer Node would call back at once. */
const LONGEST = 2 ** 31 - 1;

/** Calls back after so many ms; never, if that is longer than timers can count. */
export function after(ms: number, callback: () => void): NodeJS.Timeout | undefined {
  return ms > LONGEST ? undefined : ownSetTimeout(callback, ms);
}

/** The same by the clock of the day, which a unit test may have replaced: for what runs on this thread. */
export function afterHere(ms: number, callback: () => void): NodeJS.Timeout | undefined {
  return ms > LONGEST ? undefined : setTimeout(callback, ms);
}
