/** What results and errors went without, and there is no way home for: to try again takes a hundred times as long as the rest. */

/** Told by its prototype, for the class of an instance; by its name, for a property. */
export type Loss = object | string;

export function isHopeless(what: Loss): boolean {
  return typeof what === 'string' ? hopelessNames.has(what) : hopelessTypes.has(what);
}

export function giveUp(what: Loss): void {
  if (typeof what === 'object') hopelessTypes.add(what);
  else if (hopelessNames.size < MOST_NAMES) hopelessNames.add(what as string);
}

const hopelessTypes = new WeakSet<object>();
const hopelessNames = new Set<string>();

/** A guess: names may be data. */
const MOST_NAMES = 1_000;
