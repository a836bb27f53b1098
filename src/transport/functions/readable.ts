/**
 * Whether a thread can read a file at all. Loaders that are given by flags are given to threads too; those that a program has registered
 * by itself (ts-node, jiti) are not, and then its TypeScript stays on the calling side.
 */
import { readFileSync } from 'node:fs';
import { versions } from '../own/own-globals.js';
import { isNodesLoader, ownRequire } from '../own/own-require.js';
import { isNative, sourceOf } from './fingerprint.js';
import { isInstalled } from './installed.js';

export function isReadableByThreads(file: string): boolean {
  if (inheritsLoader) return true;
  const [ending] = /\.(?:[cm]?tsx?|jsx)$/.exec(file) ?? [];
  return ending === undefined ? !isRewritten(file) : readsByItself(ending);
}

/** Node from 22.18 on, unless a tool stands before it. Bun and Deno always do. */
function readsByItself(ending: string): boolean {
  if (isOtherRuntime) return true;
  return Boolean((process.features as { typescript?: unknown }).typescript) && !(ending in ownRequire.extensions);
}

/**
 * JavaScript of the program's own of which such a loader has made other code (Babel's, ts-node's with `allowJs`): a thread would have
 * what the file says, other classes than those that crossed from here, and some of it as an ES module where this process has CommonJS.
 */
function isRewritten(file: string): boolean {
  if (isOtherRuntime || isNodesLoader() !== false || isInstalled(file)) return false;
  const known = rewritten.get(file);
  const module = ownRequire.cache[file];
  if (known !== undefined || module?.loaded !== true) return known ?? false;
  const answer = isOtherCode(module.exports, file);
  rewritten.set(file, answer);
  return answer;
}

function isOtherCode(exports: unknown, file: string): boolean {
  const written = [exports, ...Object.values(membersOf(exports))]
    .filter((value) => typeof value === 'function')
    .filter((fn) => !isNative(fn));
  if (written.length === 0) return false;
  try {
    const text = readFileSync(file, 'utf8');
    return written.some((fn) => !text.includes(sourceOf(fn)));
  } catch {
    return false;
  }
}

/** Of an accessor, as compilers make for exports, what it gives: those of a program's own modules do no more. */
function membersOf(exports: unknown): object {
  try {
    return { ...(exports as object) };
  } catch {
    return {};
  }
}

/** Bun and Deno compile all that they load, and in threads alike. */
const isOtherRuntime = versions.bun !== undefined || versions.deno !== undefined;

const rewritten = new Map<string, boolean>();

const inheritsLoader = [process.env.NODE_OPTIONS ?? '', ...process.execArgv].some((flag) =>
  /(?:^|\s)(?:-r|--(?:require|import|(?:experimental-)?loader))\b/.test(flag),
);
