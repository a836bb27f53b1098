import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant; undefined where none is near. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (given === '' || names.length === 0) return undefined;
  const found = closest(given, names);
  return distance(given, found) <= MOST_SLIPS * Math.max(given.length, found.length) ? found : undefined;
}

/** Of a name's letters: beyond, another name was meant. A guess. */
const MOST_SLIPS = 0.4;
