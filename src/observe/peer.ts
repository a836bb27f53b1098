/**
 * Packages that integrations are made for: loaded when an integration is first used, and named where they are missing.
 */
import { ownRequire } from '../transport/own/own-require.js';

/** `forWhat`: the entry of this package that needs it. Throws an Error that says what to install. */
export function requirePeer<T>(name: string, forWhat: string): T {
  try {
    return ownRequire(name) as T;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw cause;
    throw new Error(`Cannot use ${forWhat} without ${name}: npm install ${name}`, { cause });
  }
}
