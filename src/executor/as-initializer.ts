import { ValueNotSendableError } from '../errors.js';

/** Refuses an initializer's arguments under their own name: whoever hears of it has made a call with `args` of its own. */
export function asInitializer<T>(prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    if (!(error instanceof ValueNotSendableError)) throw error;
    const path = error.path.replace(/^args/, 'initializerArgs');
    throw new ValueNotSendableError(error.message.replace(error.path, path), { path, cause: error.cause });
  }
}
