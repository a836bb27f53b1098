/**
 * The package as users get it: packed, and installed in an empty folder beside two other packages.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the programs use; in the versions that the repository has installed, so that npm finds them in its cache. */
const companions = ['lodash', 'bcryptjs', 'tsx', 'typescript', '@types/node', '@types/lodash'];

/** The folder; it is the caller's to remove. */
export function installTarball(): string {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-tarball-'));
  // Without scripts: they would build once more, under the feet of the tests that run beside this one.
  const [tarball = ''] = npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder).trim().split('\n').slice(-1);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(
    folder,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    join(folder, tarball),
    ...companions.map(pinned),
  );
  return folder;
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function pinned(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
  return `${name}@${version}`;
}
