/**
 * The namespace of an ES module that is loaded, at once: `require()` of a module that `import` loaded hands out that very instance.
 *
 * The caller must know that it is loaded, for one that is not would be evaluated. Where a loader has put itself into `require`
 * (tsx, ts-node, Jest) this would be another copy of the module, so there the answer is undefined.
 */
import { fileURLToPath } from 'node:url';
import { ownRequire } from '../own-require.js';

/** Cost: 0.4 to 1 ms for a module's first time. */
export function loadedNamespace(url: string): object | undefined {
  const known = namespaces.get(url);
  if (known !== undefined) return known;
  if (!isOwnRequire() || url.includes('?') || url.includes('#')) return undefined;
  const namespace = required(fileURLToPath(url));
  if (namespace !== undefined) namespaces.set(url, namespace);
  return namespace;
}

function required(file: string): object | undefined {
  const wasCached = Object.hasOwn(ownRequire.cache, file);
  try {
    const namespace: unknown = ownRequire(file);
    return typeof namespace === 'object' && namespace !== null ? namespace : undefined;
  } catch {
    // It awaits at its top level, or is still being evaluated.
    return undefined;
  } finally {
    // A look must leave no traces: mocking libraries and `require.cache` walkers would see them.
    if (!wasCached) Reflect.deleteProperty(ownRequire.cache, file);
  }
}

/** Node's own loader for `.js` speaks of its primordials; nobody else's can. Deno's is minified, and nobody puts himself before it. */
function isOwnRequire(): boolean {
  if (process.versions.deno !== undefined) return true;
  const load: unknown = ownRequire.extensions?.['.js'];
  return hasFeature && typeof load === 'function' && /StringPrototypeEndsWith/.test(Function.prototype.toString.call(load));
}

const hasFeature = (process.features as { require_module?: boolean }).require_module === true;
const namespaces = new Map<string, object>();
