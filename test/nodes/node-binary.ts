/**
 * Other versions of Node and of TypeScript, from the npm packages that carry them, kept in `.cache/` between runs.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** The oldest version that is supported, and the newest of each later line that is, besides the one that runs the tests. */
export const otherNodes = ['20.19', '22', '24', '26'].filter((version) => !process.versions.node.startsWith(`${version}.`));

/** Undefined where the packages carry no binary for this machine. */
export const binaryPackage = ['linux-x64', 'linux-arm64'].includes(`${process.platform}-${process.arch}`)
  ? `node-${process.platform}-${process.arch}`
  : undefined;

/** The path of that Node's executable. */
export function nodeBinary(version: string): string {
  return join(cached(`node-${version}`, `${binaryPackage}@${version}`), 'node_modules', `${binaryPackage}`, 'bin', 'node');
}

/** The path of that TypeScript's compiler, a script for Node. */
export function compiler(major: number): string {
  return join(cached(`typescript-${major}`, `typescript@${major}`), 'node_modules', 'typescript', 'bin', 'tsc');
}

function cached(name: string, ...packages: string[]): string {
  const folder = join(cache, name);
  if (!existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', ...packages], {
      stdio: 'pipe',
    });
  }
  return folder;
}
