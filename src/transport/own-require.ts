/**
 * `require`, for what is loaded lazily and at once, and for the cache of what is loaded.
 *
 * Bundlers that write CommonJS leave `import.meta` empty: then it stands in the working directory. Throwing here would break
 * programs at their start that never run anything in a thread.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export const ownRequire = createRequire((import.meta.url as string | undefined) ?? resolve('program.js'));
