/**
 * The namespace of an ES module that is loaded, at once: `require()` of a module that `import` loaded hands out that very instance.
 *
 * The caller must know that it is loaded, for one that is not would be evaluated. Where a loader has put itself before `require`
 * (tsx, ts-node) that would make another copy of the module: there Node's own step behind it is asked. Jest has modules of its own.
 */
import { readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { fileURLToPath } from 'node:url';
import { versions } from '../own/own-globals.js';
import { isNodesLoader, ownRequire } from '../own/own-require.js';
import { isTransformedByJest } from './test-runner.js';

/** Cost: 0.4 to 1 ms for a module's first time. */
export function loadedNamespace(url: string): object | undefined {
  const known = namespaces.get(url);
  if (known !== undefined) return known;
  if (url.includes('?') || url.includes('#')) return undefined;
  const namespace = namespaceOf(fileURLToPath(url));
  if (namespace !== undefined) namespaces.set(url, namespace);
  return namespace;
}

function namespaceOf(file: string): object | undefined {
  const look = isOwnRequire() ? required : compilesModules(file) ? compiled : undefined;
  try {
    const namespace: unknown = look?.(file);
    return typeof namespace === 'object' && namespace !== null ? namespace : undefined;
  } catch {
    // It awaits at its top level, or is still being evaluated.
    return undefined;
  }
}

function required(file: string): unknown {
  const wasCached = Object.hasOwn(ownRequire.cache, file);
  try {
    return ownRequire(file);
  } finally {
    // A look must leave no traces: mocking libraries and `require.cache` walkers would see them.
    if (!wasCached) Reflect.deleteProperty(ownRequire.cache, file);
  }
}

/** What Node's `require` does with an ES module once it has its text: of one that is loaded, it takes no notice of the text. */
function compiled(file: string): unknown {
  const module = new NodeModule(file);
  module.filename = file;
  module._compile(readFileSync(file, 'utf8'), file, 'module');
  return module.exports;
}

/** Deno's is minified, and nothing stands before it. */
function isOwnRequire(): boolean {
  return versions.deno !== undefined || (hasFeature && isNodesLoader() === true);
}

function compilesModules(file: string): boolean {
  const compile: unknown = NodeModule.prototype._compile;
  return (
    hasFeature &&
    // What a loader makes of TypeScript is not what the file says.
    /\.m?js$/.test(file) &&
    !isTransformedByJest('') &&
    typeof compile === 'function' &&
    /loadESMFromCJS\(this, filename, format, content\)/.test(Function.prototype.toString.call(compile))
  );
}

const NodeModule = Module as unknown as { new (file: string): Compiling; prototype: Compiling };
type Compiling = Module & { _compile(text: string, file: string, format: 'module'): void };

const hasFeature = (process.features as { require_module?: boolean }).require_module === true;
const namespaces = new Map<string, object>();
