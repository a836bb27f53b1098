/** What cannot cross becomes the public error, with the path to where the walk stands. */
import { Unsendable } from '../described.js';
import type { Walk } from './walk.js';

export function translated<T>(walk: Walk, read: () => T, before = ''): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unsendable) throw walk.refusal(before + error.what, error.wayOut);
    throw error;
  }
}
