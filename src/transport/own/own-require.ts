/**
 * `require`, for what is loaded lazily and at once, and for the cache of what is loaded.
 *
 * Bundlers that write CommonJS leave `import.meta` empty: then it stands in their file, or in the working directory. Throwing here would break
 * programs at their start that never run anything in a thread. An import of `createRequire` by its name webpack would replace by nothing;
 * `process.getBuiltinModule` gives Node's own where Jest up to 29 has another, which knows the modules that it loaded.
 */
import * as nodeModule from 'node:module';
import { resolve } from 'node:path';

const createRequire = Reflect.get(nodeModule, 'createRequire') as typeof nodeModule.createRequire;

export const ownRequire = createRequire((import.meta.url as string | undefined) ?? bundlesFile());

function bundlesFile(): string {
  return typeof __filename === 'string' ? __filename : resolve('program.js');
}

/** Whether Node's own loader reads `.js`, and none that a tool has put before it: it speaks of primordials, and nobody else's can. Undefined: there is none to be seen. */
export function isNodesLoader(): boolean | undefined {
  const load: unknown = ownRequire.extensions?.['.js'];
  return typeof load === 'function' ? /StringPrototypeEndsWith/.test(Function.prototype.toString.call(load)) : undefined;
}
