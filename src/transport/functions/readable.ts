/**
 * Whether a thread can read a file at all. Loaders that are given by flags are given to threads too; those that a program has registered
 * by itself (ts-node, jiti) are not, and then its TypeScript stays on the calling side.
 */
import { ownRequire } from '../own-require.js';

export function isReadableByThreads(file: string): boolean {
  const [ending] = /\.(?:[cm]?tsx?|jsx)$/.exec(file) ?? [];
  return ending === undefined || inheritsLoader || readsByItself(ending);
}

/** Node from 22.18 on, unless a tool stands before it. Bun and Deno always do. */
function readsByItself(ending: string): boolean {
  if (process.versions.bun !== undefined || process.versions.deno !== undefined) return true;
  return Boolean((process.features as { typescript?: unknown }).typescript) && !(ending in ownRequire.extensions);
}

const inheritsLoader = [process.env.NODE_OPTIONS ?? '', ...process.execArgv].some((flag) =>
  /(?:^|\s)(?:-r|--(?:require|import|(?:experimental-)?loader))\b/.test(flag),
);
