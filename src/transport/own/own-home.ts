/**
 * Where this library's own files lie: the folder of `src/` and `workers/`, compiled or not, in one file or in many.
 */
import { fileURLToPath } from 'node:url';

/** A `file:` URL that ends with a slash; undefined where a bundler has put the library into the program's own file. */
export const OWN_HOME: string | undefined = /^(file:.*\/)(?:src|workers)\/.*$/s.exec((import.meta.url as string | undefined) ?? '')?.[1];

/** Whether a file or URL, or a line of a stack, names one of them. */
export function isOwnFile(text: string): boolean {
  return PLACES.some((place) => text.includes(place));
}

const PLACES =
  OWN_HOME === undefined ? [] : ['src/', 'workers/'].flatMap((room) => [`${OWN_HOME}${room}`, fileURLToPath(`${OWN_HOME}${room}`)]);
