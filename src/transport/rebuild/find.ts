/**
 * The function that a name or a reference leads to on this thread.
 */

import { fileURLToPath } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { fingerprint } from '../functions/fingerprint.js';
import { INTRINSIC, intrinsic } from '../functions/intrinsics.js';
import type { NamedFunction, ReferencedFunction } from '../protocol.js';
import { importModule, requireModule } from './import-module.js';

/** Undefined: there is none, or it is another function than the one described. Rejects or throws with what the module's evaluation throws. */
export function find(description: NamedFunction | ReferencedFunction): AnyFunction | undefined | Promise<AnyFunction | undefined> {
  if (description.way === 'name') return check(named(description), description);
  const { module, path, loader, after } = description;
  if (loader === 'require')
    return check(
      walk(
        unlessOtherwise(description, () => requireModule(module, after)),
        path,
      ),
      description,
    );
  return importModule(module, after).then(
    (namespace) => check(exported(namespace, path), description),
    (error: unknown) => unlessOtherwise(description, () => rethrow(error)) as undefined,
  );
}

function check(found: unknown, { source }: NamedFunction | ReferencedFunction): AnyFunction | undefined {
  if (typeof found !== 'function') return undefined;
  return source === undefined || source === fingerprint(found) ? found : undefined;
}

function named({ path: [root, ...members] }: NamedFunction): unknown {
  if (root === INTRINSIC) return intrinsic(members[0] ?? '');
  return walk(root === 'globalThis' ? globalThis : process.getBuiltinModule(root), members);
}

/** What a CommonJS module exports under names that `import` does not see is in its default export. */
function exported(namespace: object, path: readonly string[]): unknown {
  const found = walk(namespace, path);
  return found === undefined && 'default' in namespace ? walk(namespace.default, path) : found;
}

function walk(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const key of path) {
    if (at === null || at === undefined) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/**
 * What the calling side has loaded and a thread cannot is no failure, and the function goes by value: a file that was deleted since, or
 * one that only a loader of the calling side can read (jiti, or whatever a program registers by itself).
 * Its own missing imports are one, and so is all that keeps a thread from a module that the calling side has not loaded (`fromModule`).
 */
function unlessOtherwise<T>({ module, source }: ReferencedFunction, load: () => T): T | undefined {
  try {
    return load();
  } catch (error) {
    if (isGone(error, module) || (source !== undefined && isUnreadable(error))) return undefined;
    throw error;
  }
}

function isGone(error: unknown, module: string): boolean {
  const { code, url, message } = error as { code?: unknown; url?: unknown; message?: unknown };
  if (code === 'ERR_MODULE_NOT_FOUND') return url === module;
  return code === 'MODULE_NOT_FOUND' && String(message).startsWith(`Cannot find module '${fileURLToPath(module)}'`);
}

/** Refused by Node before it ran: a SyntaxError of what the module itself does (`JSON.parse`) begins elsewhere. */
function isUnreadable(error: unknown): boolean {
  const { code, stack } = error as { code?: unknown; stack?: unknown };
  if (unreadable.includes(String(code))) return true;
  return error instanceof SyntaxError && /^\s+at .*$/m.exec(String(stack))?.[0].includes('node:internal/') === true;
}

function rethrow(error: unknown): never {
  throw error;
}

const unreadable = ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_INVALID_TYPESCRIPT_SYNTAX', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'];
