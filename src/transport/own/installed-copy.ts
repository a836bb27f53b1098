/**
 * The installed package, for a copy of it that a bundler has put into a program: threads run files, and so does Piscina, and a bundle has none of them.
 */
import { dirname, join } from 'node:path';
import { ownRequire } from './own-require.js';

/** A file of `dist/` of the package that lies in `node_modules` around the bundle, if that is this very version. Undefined where there is none. */
export function fromInstalledCopy(file: string, version: string): unknown {
  try {
    const manifest = ownRequire.resolve('run-in-executor/package.json');
    if ((ownRequire(manifest) as { version?: string }).version !== version) return undefined;
    return ownRequire(join(dirname(manifest), 'dist', file));
  } catch {
    return undefined;
  }
}
