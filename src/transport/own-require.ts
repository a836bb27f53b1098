/**
 * `require`, for what is loaded lazily and at once, and for the cache of what is loaded.
 *
 * Bundlers that write CommonJS leave `import.meta` empty: then it stands in the working directory. Throwing here would break
 * programs at their start that never run anything in a thread. (An import of `createRequire` webpack would replace by nothing.)
 */
import { resolve } from 'node:path';

export const ownRequire = process
  .getBuiltinModule('node:module')
  .createRequire((import.meta.url as string | undefined) ?? resolve('program.js'));
