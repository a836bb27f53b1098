import { ValueNotSendableError } from '../errors.js';

/** Refuses an initializer's arguments under their own name: whoever hears of it has made a call with `args` of its own. */
export function asInitializer<T>(prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    if (!(error instanceof ValueNotSendableError)) throw error;
    throw new ValueNotSendableError(underOwnName(error.message), { path: underOwnName(error.path), cause: error.cause });
  }
}

/** The first is the path's. */
function underOwnName(text: string): string {
  return text.replace('args', 'initializerArgs');
}
